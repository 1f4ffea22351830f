import { can } from "#lib/access/can";
import type { Viewer } from "#lib/access/viewer";
import { database } from "#lib/db/client";
import { ATTENTION, type Attention, type Waiting } from "./attention";
import { type Outcome, outcomeOf } from "./outcome";
import { DAY_MS, readCounts, readEnds, readFigures, readWaiting } from "./store";

/** What waits for an administrator, in order; what is quiet is left out. */
export type Waits = readonly (Waiting & { readonly key: Attention })[];

/** Everything the page draws. Times in epoch milliseconds, on the hour. */
export type Overview = {
  readonly waits: Waits;
  readonly tokens: number;
  readonly passwords: number;
  readonly hours: readonly { readonly at: number; readonly outcome: Outcome; readonly count: number }[];
  /** Why requests were refused in the last seven days, the most frequent first. */
  readonly reasons: readonly { readonly reason: string; readonly count: number }[];
  readonly ends: readonly { readonly at: number; readonly count: number; readonly used: number }[];
};

const MOST_REASONS = 5;

/**
 * What needs somebody today, and how the installation does. For who sees every token.
 * @param now epoch milliseconds
 * @returns null for everybody else
 */
export async function findOverview(viewer: Viewer, now: number): Promise<Overview | null> {
  if (!can(viewer, "tokens.read-all")) return null;
  const db = database();
  const [waiting, figures, counts, ends] = await Promise.all([
    Promise.all(ATTENTION.map(async (key) => ({ key, names: await readWaiting(db, key, now) }))),
    readFigures(db, now),
    // A day more than is drawn: where the reader is, the first day may have begun earlier.
    readCounts(db, now - 15 * DAY_MS),
    readEnds(db, now),
  ]);
  const hours = counts.map(({ hour, reason, count }) => ({ at: hour.getTime(), reason, count: Number(count) }));
  return {
    waits: waiting.flatMap(({ key, names }) => (names[0] ? [{ key, count: names.length, first: names[0] }] : [])),
    ...figures,
    hours: hours.map(({ at, reason, count }) => ({ at, outcome: outcomeOf(reason), count })),
    reasons: mostFrequent(hours.filter(({ at, reason }) => at > now - 7 * DAY_MS && outcomeOf(reason) === "refused")),
    ends: ends.map(({ hour, count, used }) => ({ at: hour.getTime(), count: Number(count), used: Number(used) })),
  };
}

function mostFrequent(refused: readonly { reason: string; count: number }[]): Overview["reasons"] {
  const sums = new Map<string, number>();
  for (const { reason, count } of refused) sums.set(reason, (sums.get(reason) ?? 0) + count);
  return [...sums]
    .map(([reason, count]) => ({ reason, count }))
    .sort((a, b) => b.count - a.count)
    .slice(0, MOST_REASONS);
}
