import type { Database } from "#lib/db/client";
import type { Happened } from "./ends-of";
import { historiesIn } from "./histories";
import type { Head } from "./standing";

type Row = {
  installation_id: string;
  bound_url: string;
  quarantined: boolean;
  epoch: string;
  seq: bigint;
  audit_seq: bigint;
  is_missed: boolean;
};

/**
 * Where the database is; null before it is an installation. What a verifier misses counts until it says otherwise
 * itself, or somebody has ended a quarantine over the history that it knows.
 */
export async function readHead(db: Database): Promise<Head | null> {
  const [row] = await db.$queryRaw<Row[]>`
    SELECT s.installation_id::text, s.bound_url, s.quarantined_at IS NOT NULL AS quarantined, h.epoch::text, h.seq,
      h.audit_seq, latchkey_is_missed() AS is_missed
    FROM settings s, change_head h WHERE s.id = 1 AND h.id = 1`;
  if (row === undefined) return null;
  const {
    installation_id: installationId,
    bound_url: boundUrl,
    audit_seq: auditSeq,
    is_missed: isMissed,
    ...rest
  } = row;
  return { installationId, boundUrl, auditSeq, isMissed, ...rest };
}

/** Hashes of events, in hexadecimal, by their place; those that are not there are left out. */
export async function hashesAt(db: Database, places: readonly bigint[]): Promise<ReadonlyMap<string, string>> {
  const rows = await db.auditEvent.findMany({
    where: { seq: { in: [...places] } },
    select: { seq: true, hash: true },
  });
  return new Map(rows.map(({ seq, hash }) => [seq.toString(), Buffer.from(hash).toString("hex")]));
}

/** What happened after one event and up to another, in order. @param most how many events at most */
export async function eventsAfter(
  db: Database,
  after: bigint,
  through: bigint,
  most: number,
): Promise<readonly (Happened & { readonly seq: bigint; readonly hash: string })[]> {
  const rows = await db.auditEvent.findMany({
    where: { seq: { gt: after, lte: through } },
    orderBy: { seq: "asc" },
    take: most,
    select: { seq: true, hash: true, action: true, subjectId: true, detail: true },
  });
  return rows.map(({ hash, ...row }) => ({ ...row, hash: Buffer.from(hash).toString("hex") }));
}

/** Of more quarantines than anybody ends. */
const MOST_EVENTS = 2_000;

/**
 * The histories that quarantines of this database were about, when they began or were ended: its own at that time, and
 * the last that a journal knew, or the name of what was lost of it.
 */
export async function toldOf(db: Database): Promise<readonly string[]> {
  const rows = await db.auditEvent.findMany({
    where: { action: { in: ["installation.quarantined", "installation.quarantine-ended"] } },
    orderBy: { seq: "desc" },
    take: MOST_EVENTS,
    select: { detail: true },
  });
  return rows.flatMap(({ detail }) => historiesIn(detail));
}

/** The place of the last event by which an installation was put into quarantine; null if it never was. */
export async function lastQuarantine(db: Database): Promise<bigint | null> {
  const row = await db.auditEvent.findFirst({
    where: { action: "installation.quarantined" },
    orderBy: { seq: "desc" },
    select: { seq: true },
  });
  return row?.seq ?? null;
}

/** When somebody last signed in to a portal; null if nobody ever has. A portal that lets people in keeps a journal. */
export async function lastSignIn(db: Database): Promise<Date | null> {
  const { _max } = await db.userActivity.aggregate({ _max: { lastSignInAt: true } });
  return _max.lastSignInAt;
}
