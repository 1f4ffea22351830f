import { can } from "#lib/access/can";
import type { Actor } from "#lib/access/viewer";
import { ok, type Result, refuse } from "#lib/errors/error";
import { type Group, LOCAL } from "./group";

/** Whether this actor may add people to this group and take them out: administrators, and local groups only. */
export function mayChangeMembers(actor: Actor, { source }: Pick<Group, "source">): Result<void> {
  if (!can(actor, "groups.write")) return refuse("forbidden", "Only administrators change who is in a group.");
  return source === LOCAL
    ? ok(undefined)
    : refuse("forbidden", "The members of this group come from its directory. Change them there.");
}
