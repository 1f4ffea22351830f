import type { Actor } from "./viewer";

/** How rows name who did something: `created_by`, `deactivated_by` and the like. */
export function actorName(actor: Actor): string {
  switch (actor.kind) {
    case "session":
    case "token":
      return actor.username;
    case "itself":
      return actor.ownerName;
    case "cli":
      return actor.osUser;
    case "system":
      return actor.name;
    case "visitor":
      return "visitor";
  }
}
