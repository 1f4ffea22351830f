import type { Viewer } from "#lib/access/viewer";
import { database } from "#lib/db/client";
import { readPolicies } from "#lib/db/policies";
import { USER_COLUMNS } from "#lib/db/users";
import { ok, type Result, refuse } from "#lib/errors/error";
import { type UserView, userView } from "./view";

/** Who asks, as a user object: everybody may see themselves. The operator at the command line is no user. */
export async function findMe(viewer: Viewer): Promise<Result<UserView>> {
  if (viewer.kind === "cli" || viewer.kind === "system") return refuse("not_found", "You are no user of the portal.");
  const row = await database().user.findUnique({ where: { id: viewer.userId }, select: USER_COLUMNS });
  if (row === null) return refuse("not_found", "You are no user of the portal (any more).");
  return ok(userView(row, await readPolicies(database())));
}
