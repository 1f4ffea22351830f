import { endpoint } from "#lib/commands/endpoint";
import { othersThan } from "#lib/commands/methods";
import { reading } from "#lib/commands/reading";
import { ok } from "#lib/errors/error";
import { noQuery } from "#lib/pagination";
import { endOtherSessions } from "#lib/sessions/commands/end-others";
import { listOwnSessions } from "#lib/sessions/queries";

export const GET = reading(noQuery, async (viewer) => ok(await listOwnSessions(viewer)), { unproven: true });
export const DELETE = endpoint(endOtherSessions);
export const { POST, PUT, PATCH, OPTIONS } = othersThan("GET", "DELETE");
