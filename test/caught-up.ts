import type { Database } from "#lib/db/client";
import { waitUntil } from "./upstreams/wait-until";

/**
 * Waits until whoever verifies has applied all that is committed by now. A change evicts what it is about even where a
 * look-up of a moment before has it already: only what is asked for after this stays in memory.
 * @param applied how far each of them is (`applied_sequence`)
 */
export async function caughtUp(
  db: Database,
  applied: () => readonly number[] | Promise<readonly number[]>,
): Promise<void> {
  const { seq } = await db.changeHead.findFirstOrThrow();
  await waitUntil("every change is applied", async () => {
    const all = await applied();
    return (all.length > 0 && all.every((each) => each >= Number(seq))) || undefined;
  });
}
