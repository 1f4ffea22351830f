import { waitFor } from "#server/wait";

/**
 * Waits for a condition, never for a time, and fails the test when it does not come.
 * @param what the condition in words, for the failure's message
 * @param holds returns the awaited value, or undefined as long as the condition does not hold
 */
export async function waitUntil<T>(
  what: string,
  holds: () => T | undefined | Promise<T | undefined>,
  deadlineMs = 15_000,
): Promise<T> {
  const value = await waitFor(holds, deadlineMs, 15);
  if (value === undefined) throw new Error(`Not within ${deadlineMs} ms: ${what}`);
  return value;
}
