import type { Database } from "#lib/db/client";
import { sumUp, type ToDo } from "./end";
import { concernsPeople, type Left } from "./left";
import { endsIn } from "./line";
import { causeOf } from "./store-installation";
import { missingIn, type ReadJournals } from "./store-missing";

/** Ids asked about at once. */
const PAGE = 1_000;

async function sum(ids: readonly string[], count: (page: string[]) => Promise<number>): Promise<number> {
  let all = 0;
  for (let start = 0; start < ids.length; start += PAGE) all += await count(ids.slice(start, start + PAGE));
  return all;
}

/**
 * How many of these the database does not know, or not any more: tokens that work, people who are not deactivated.
 * @param now epoch milliseconds
 */
async function undoneIn(db: Database, { end, stop, deactivate }: ToDo, now: number): Promise<number> {
  const works = { revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: new Date(now) } }] };
  const overlaps = { AND: [{ OR: [{ overlapEndsAt: null }, { overlapEndsAt: { gt: new Date(now) } }] }] };
  const tokens = await sum(end, (id) => db.token.count({ where: { id: { in: id }, ...works, ...overlaps } }));
  const stopped = { ...works, ...overlaps, suspendedAt: null };
  return (
    tokens +
    (await sum(stop, (id) => db.token.count({ where: { id: { in: id }, ...stopped } }))) +
    (await sum(deactivate, (id) => db.user.count({ where: { id: { in: id }, deactivatedAt: null } })))
  );
}

/**
 * What the journals tell that a database in quarantine does not know.
 * @param now epoch milliseconds
 * @returns null where there is no quarantine
 */
export async function leftIn(db: Database, read: ReadJournals, now: number): Promise<Left | null> {
  const row = await db.settings.findUnique({ where: { id: 1 }, select: { quarantinedAt: true, quarantineWhy: true } });
  if (row === null || row.quarantinedAt === null) return null;
  const cause = causeOf(row.quarantineWhy);
  const missing = await missingIn(db, cause, read);
  if (missing === null) return null;
  const { lines, unreadable, whole, latest } = missing;
  const toDo = sumUp(endsIn(lines));
  // A copy that no journal here tells of lacks nothing.
  const mayBeMore = !whole && (cause === "behind" || lines.length > 0);
  return {
    cause,
    undone: await undoneIn(db, toDo, now),
    isUncertain: unreadable > 0 || mayBeMore,
    concernsPeople: concernsPeople(toDo.look),
    latest,
  };
}
