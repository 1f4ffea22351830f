import { othersThan } from "#lib/commands/methods";
import { reading } from "#lib/commands/reading";
import { ok } from "#lib/errors/error";
import { noQuery } from "#lib/pagination";
import { listOwnSessions } from "#lib/sessions/queries";

export const GET = reading(noQuery, async (viewer) => ok(await listOwnSessions(viewer)));
export const { POST, PUT, PATCH, DELETE, OPTIONS } = othersThan("GET");
