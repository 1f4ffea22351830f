import type { SessionViewer } from "#lib/access/viewer";
import { ok, type Result, refuse } from "#lib/errors/error";
import { MOST_FACTORS } from "./factor";

/**
 * Whether this session may give its person another second factor. One that proved none may not, once there is one: it
 * stems from before, and could be anybody's who only knows the password.
 * @param factors that are set up
 */
export function mayEnrol(viewer: SessionViewer, factors: readonly unknown[]): Result<undefined> {
  const has = factors.length;
  if (has > 0 && !viewer.secondFactor) {
    return refuse("forbidden", "You have a second factor already. Sign out, and in again with it.");
  }
  if (has >= MOST_FACTORS) return refuse("quota_exceeded", `${MOST_FACTORS} are enough. Remove one first.`);
  return ok(undefined);
}
