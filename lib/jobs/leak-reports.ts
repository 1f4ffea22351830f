import { anybodyFrom } from "#lib/auth/request-actor";
import { execute } from "#lib/commands/execute";
import type { Database } from "#lib/db/client";
import { endNoted } from "#lib/tokens/commands/report-leaks";
import { readNoted } from "#lib/tokens/store-leaks";

/** For so long whoever was told of a leak is left to end it: as many attempts as a command has, at a locked head. */
const LEFT_MS = 5_000;

/**
 * Ends what was reported as leaked and was not ended then: whoever was to do it died, or others held what it needed. What
 * cannot be ended now keeps none of the others.
 * @param now epoch milliseconds
 * @returns whether there was something
 * @throws the first of what was wrong, after all were tried
 */
export async function finishReport(db: Database, now: number): Promise<boolean> {
  const noted = await readNoted(db, now - LEFT_MS);
  const wrong: unknown[] = [];
  for (const address of new Set(noted.map((each) => each.address))) {
    const secrets = noted.filter((each) => each.address === address).map(({ digest }) => digest);
    try {
      const done = await execute(db, endNoted, anybodyFrom(address), { secrets }, now);
      if (!done.ok) throw new Error(`a leak report is refused: ${done.refusal.detail}`);
    } catch (error) {
      wrong.push(error);
    }
  }
  if (wrong.length > 0) throw wrong[0];
  return noted.length > 0;
}
