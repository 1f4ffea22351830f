import { z } from "zod";
import { reading } from "#lib/commands/reading";
import { ok } from "#lib/errors/error";
import { listOwnSessions } from "#lib/sessions/queries";

export const GET = reading(z.strictObject({}), async (viewer) => ok(await listOwnSessions(viewer)));
