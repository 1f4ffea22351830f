import { can } from "#lib/access/can";
import type { Viewer } from "#lib/access/viewer";
import { database } from "#lib/db/client";
import { isId } from "#lib/fields";
import { sentenceOf } from "./describe";
import type { HistoryEntry } from "./queries";
import { eventOf } from "./row";

const MOST = 100;

/**
 * What somebody did and what was done about them, newest first; at most a hundred entries.
 * @returns nothing for who may not read the log
 */
export async function userHistory(viewer: Viewer, userId: string): Promise<HistoryEntry[]> {
  if (!can(viewer, "audit.read") || !isId(userId)) return [];
  const db = database();
  const latest = { orderBy: { seq: "desc" }, take: MOST } as const;
  // Two questions, each with an index of its own: together they have none.
  const [about, by] = await Promise.all([
    db.auditEvent.findMany({ ...latest, where: { subjectKind: "user", subjectId: userId } }),
    db.auditEvent.findMany({ ...latest, where: { actorId: userId } }),
  ]);
  const rows = new Map([...about, ...by].map((row) => [row.seq, row]));
  return [...rows.values()]
    .sort((a, b) => Number(b.seq - a.seq))
    .slice(0, MOST)
    .flatMap((row) => eventOf(row) ?? [])
    .map((event) => ({
      seq: event.seq.toString(),
      at: new Date(event.at).toISOString(),
      sentence: sentenceOf(event),
      actor: event.actor.name,
    }));
}
