import { pause } from "./pause";

/**
 * Begins so many a second, evenly, whatever becomes of those before, until it is over; then waits for what is under way.
 * @param one is told how many there were before, and when it was due, as performance.now() has it
 * @throws what one of them throws, and begins no more
 */
export async function pace(
  perSecond: number,
  one: (nth: number, due: number) => Promise<void>,
  over: AbortSignal,
): Promise<void> {
  const begun = performance.now();
  const open = new Set<Promise<void>>();
  const failures: unknown[] = [];
  for (let nth = 0; !over.aborted && failures.length === 0; await pause(1)) {
    const now = performance.now();
    for (let due = begun + (nth * 1_000) / perSecond; due <= now; due = begun + (nth * 1_000) / perSecond) {
      const sent = one(nth, due)
        .catch((error: unknown) => void failures.push(error))
        .finally(() => open.delete(sent));
      open.add(sent);
      nth += 1;
    }
  }
  await Promise.all(open);
  if (failures.length > 0) throw failures[0];
}
