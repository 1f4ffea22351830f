import { ok, type Result, refuse } from "#lib/errors/error";
import type { Actor, SessionViewer } from "./viewer";

/**
 * Whether this session may do nothing but set up a second factor: its person has a role, and none was proved in it.
 * Judged by the session and not by what the person owns, so that a session from before the role, or from before the
 * factor, has no power of either.
 */
export const mustProve = ({ role, secondFactor }: Pick<SessionViewer, "role" | "secondFactor">): boolean =>
  role !== "user" && !secondFactor;

/** Refuses a session that has to prove a second factor first. Scripts and the operator are not concerned. */
export function proven(actor: Actor): Result<void> {
  if (actor.kind !== "session" || !mustProve(actor)) return ok(undefined);
  return refuse("forbidden", "Your role needs a second factor. Open the portal and set one up, then do it again.");
}
