import type { Database } from "#lib/db/client";
import { Stage } from "./stage";
import { STORY } from "./story";
import { playDay } from "./traffic";

const DAY_MS = 86_400_000;
const HALF_AN_HOUR_MS = 1_800_000;
const [OLDEST = { daysAgo: 30 }] = STORY;

/** When the story begins; the installation must not be younger. @param now epoch milliseconds */
export const beginningOf = (now: number): number => now - (OLDEST.daysAgo + 1) * DAY_MS;

/**
 * Plays the month, day by day: first what people do, then what comes through the gateway. It ends now.
 * @param verifierUrl the same database, as the verifier's role
 * @param passwords of the cast, by username
 * @param now epoch milliseconds
 */
export async function tellStory(
  db: Database,
  verifierUrl: string,
  passwords: ReadonlyMap<string, string>,
  now: number,
): Promise<void> {
  const stage = new Stage(db, passwords);
  for (let daysAgo = OLDEST.daysAgo; daysAgo >= 0; daysAgo -= 1) {
    const from = now - (daysAgo + 1) * DAY_MS;
    for (const scene of STORY.filter((each) => each.daysAgo === daysAgo)) {
      await scene.happens(stage, from + HALF_AN_HOUR_MS);
    }
    await playDay(stage, verifierUrl, daysAgo, from);
  }
}
