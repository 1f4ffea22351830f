import { mustProve, proven } from "#lib/access/second-factor";
import type { Actor, SessionViewer, Viewer } from "#lib/access/viewer";
import { ok, type Result, refuse } from "#lib/errors/error";

/** `unproven` is somebody signed in whose role needs a second factor that this session has not proved yet. */
export type ActorKind = Actor["kind"] | "unproven";

/** The actors of these kinds. */
export type ActorOf<Kind extends ActorKind> =
  | Extract<Actor, { readonly kind: Kind }>
  | (Kind extends "unproven" ? SessionViewer : never);

/** The usual door: everybody who is somebody. What each of them may do is for `allows`. */
export const VIEWERS = ["session", "token", "cli", "system"] as const satisfies readonly Viewer["kind"][];

const WORDS: Readonly<Record<ActorKind, string>> = {
  session: "somebody signed in to the portal",
  unproven: "somebody who sets up their second factor",
  token: "a script with a token",
  itself: "a token about itself",
  cli: "the operator at the command line",
  system: "Latchkey itself",
  visitor: "somebody who is not signed in",
};

const kindOf = (actor: Actor): ActorKind => (actor.kind === "session" && mustProve(actor) ? "unproven" : actor.kind);

const stands = <Kind extends ActorKind>(actor: Actor, door: readonly Kind[]): actor is ActorOf<Kind> =>
  door.some((kind) => kind === kindOf(actor));

const isReadOnly = (actor: Actor): boolean => actor.kind === "token" && actor.access === "read";

/**
 * Lets an actor in, or not. A token that may only read comes to no door behind which something changes.
 * @param reads nothing does change there
 * @returns the actor as the command knows them; `unauthenticated` or `forbidden`
 */
export function throughDoor<Kind extends ActorKind>(
  actor: Actor,
  door: readonly Kind[],
  reads = false,
): Result<ActorOf<Kind>> {
  if (!stands(actor, door)) {
    const kinds: readonly ActorKind[] = door;
    if (actor.kind === "visitor") return refuse("unauthenticated", "Sign in to do this.");
    if (actor.kind === "token" && kinds.includes("session")) {
      return refuse("forbidden", "A token can never do this. Do it in the portal, signed in.");
    }
    const shown = kinds.includes("session") ? proven(actor) : ok(undefined);
    if (!shown.ok) return shown;
    return refuse("forbidden", `Only ${kinds.map((kind) => WORDS[kind]).join(" or ")} does this.`);
  }
  return isReadOnly(actor) && !reads
    ? refuse("forbidden", "This token may only read. Use one that may write.")
    : ok(actor);
}
