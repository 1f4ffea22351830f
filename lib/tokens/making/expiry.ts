import type { Limits } from "#lib/policies/limits";
import { DAY_MS } from "../status";

/** A browser's clock may be ahead of ours: so much too late is understood as *the longest*, never as more. */
const CLOCK_DIFFERENCE_MS = 5 * 60_000;

/** The last instant a secret may live to; null without limit. Lifetime counts from its birth (epoch milliseconds). */
export function latestEnd(bornAt: number, { maxLifetimeDays }: Pick<Limits, "maxLifetimeDays">): number | null {
  return maxLifetimeDays === null ? null : bornAt + maxLifetimeDays * DAY_MS;
}

/**
 * When a token is to end.
 * @param wished epoch milliseconds, null = never, undefined = not said: the default lifetime
 * @returns the wish as it was meant; whether it is within the limits is judged apart
 */
export function expiryOf(
  wished: number | null | undefined,
  bornAt: number,
  limits: Pick<Limits, "maxLifetimeDays" | "defaultLifetimeDays">,
): number | null {
  const latest = latestEnd(bornAt, limits);
  if (wished === undefined) {
    const preset = bornAt + limits.defaultLifetimeDays * DAY_MS;
    return latest === null ? preset : Math.min(preset, latest);
  }
  const nearly = wished !== null && latest !== null && wished > latest && wished - latest <= CLOCK_DIFFERENCE_MS;
  return nearly ? latest : wished;
}
