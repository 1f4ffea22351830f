import type { Actor, Viewer } from "#lib/access/viewer";
import { ok, type Result, refuse } from "#lib/errors/error";

export type ActorKind = Actor["kind"];

/** The actors of these kinds. */
export type ActorOf<Kind extends ActorKind> = Extract<Actor, { readonly kind: Kind }>;

/** The usual door: everybody who is somebody. What each of them may do is for `allows`. */
export const VIEWERS = ["session", "token", "cli", "system"] as const satisfies readonly Viewer["kind"][];

const WORDS: Readonly<Record<ActorKind, string>> = {
  session: "somebody signed in to the portal",
  token: "a script with a token",
  cli: "the operator at the command line",
  system: "Latchkey itself",
  visitor: "somebody who is not signed in",
};

const stands = <Kind extends ActorKind>(actor: Actor, door: readonly Kind[]): actor is ActorOf<Kind> =>
  door.some((kind) => kind === actor.kind);

const isReadOnly = (actor: Actor): boolean => actor.kind === "token" && actor.access === "read";

/**
 * Lets an actor in, or not. A token that may only read comes to no door: behind each, something changes.
 * @returns the actor as the command knows them; `unauthenticated` or `forbidden`
 */
export function throughDoor<Kind extends ActorKind>(actor: Actor, door: readonly Kind[]): Result<ActorOf<Kind>> {
  if (!stands(actor, door)) {
    const kinds: readonly ActorKind[] = door;
    if (actor.kind === "visitor") return refuse("unauthenticated", "Sign in to do this.");
    if (actor.kind === "token" && kinds.includes("session")) {
      return refuse("forbidden", "A token can never do this. Do it in the portal, signed in.");
    }
    return refuse("forbidden", `Only ${kinds.map((kind) => WORDS[kind]).join(" or ")} does this.`);
  }
  return isReadOnly(actor) ? refuse("forbidden", "This token may only read. Use one that may write.") : ok(actor);
}
