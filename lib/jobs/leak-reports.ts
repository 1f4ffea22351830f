import { anybodyFrom } from "#lib/auth/request-actor";
import { execute } from "#lib/commands/execute";
import type { Database } from "#lib/db/client";
import { endNoted } from "#lib/tokens/commands/report-leaks";
import { readNoted } from "#lib/tokens/store-leaks";

/** For so long whoever was told of a leak is left to end it: as many attempts as a command has, at a locked head. */
const LEFT_MS = 5_000;

/**
 * Ends what was reported as leaked and was not ended then: whoever was to do it died, or others held what it needed.
 * @param now epoch milliseconds
 * @returns whether there was something
 */
export async function finishReport(db: Database, now: number): Promise<boolean> {
  const noted = await readNoted(db, now - LEFT_MS);
  const [first] = noted;
  if (first === undefined) return false;
  const { address } = first;
  const secrets = noted.filter((each) => each.address === address).map(({ digest }) => digest);
  const done = await execute(db, endNoted, anybodyFrom(address), { secrets }, now);
  if (!done.ok) throw new Error(`a leak report is refused: ${done.refusal.detail}`);
  return true;
}
