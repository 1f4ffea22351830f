import { ok, type Result, refuse } from "#lib/errors/error";

const counted = (count: number): string =>
  count === 1 ? "1 token matches" : `${count.toLocaleString("en")} tokens match`;

/**
 * Whether so many tokens may be meant at once.
 * @param count how many match now
 * @param expected how many whoever asks has seen; undefined where nobody said
 * @param most at once
 * @returns `invalid_input` for none and for too many, `stale` with the new count where it is another one
 */
export function countedRight(count: number, expected: number | undefined, most: number): Result<undefined> {
  const wrong = (message: string) => refuse("invalid_input", message, [{ path: "filter", message }]);
  if (count === 0) return wrong("No token matches. Change the filter.");
  if (count > most) {
    return wrong(`More than ${most.toLocaleString("en")} tokens match, which is the most at once. Narrow the filter.`);
  }
  if (expected === undefined || expected === count) return ok(undefined);
  const message = `${counted(count)} now, not ${expected.toLocaleString("en")}. Look at them again.`;
  return refuse("stale", message, [{ path: "expected", message: String(count) }]);
}
