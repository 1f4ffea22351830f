import { ok, type Result, refuse } from "#lib/errors/error";
import type { Actor } from "./viewer";

/** How long a proof of presence counts. */
export const STEP_UP_MS = 10 * 60_000;

/**
 * Whether somebody in a browser has just proved that it is them. Concerns cookies only: scripts and the operator have
 * shown what they hold.
 * @param now epoch milliseconds
 * @returns `step_up_required` with what to do
 */
export function steppedUp(actor: Actor, now: number): Result<void> {
  if (actor.kind !== "session") return ok(undefined);
  if (actor.steppedUpAt !== null && now - actor.steppedUpAt < STEP_UP_MS) return ok(undefined);
  return refuse("step_up_required", "Confirm that it is you, then do it again.");
}
