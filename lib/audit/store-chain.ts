import type { Database } from "#lib/db/client";
import { keyRing } from "#lib/keys/ring";
import { GENESIS, hashEvent, sameHash, type Walked } from "./chain";
import { type AuditRow, eventOf } from "./row";

/** A row with its place in the chain. */
type ChainedRow = AuditRow & {
  readonly previousHash: Uint8Array;
  readonly hash: Uint8Array;
  readonly kid: string;
};

const PAGE = 1_000;

/**
 * Walks the audit chain to the head, a page at a time: nothing missing, nothing changed, nothing put in, nothing cut off
 * at the end. With the audit keys, which a thief of the database does not have. Each hash covers the one before it, so
 * what is walked is sure also where the walk does not begin at the first event.
 * @param most how many events, the last ones; null for all
 * @param now epoch milliseconds
 */
export async function walkChain(db: Database, most: number | null, now: number): Promise<Walked> {
  const ring = await keyRing(db, "audit", now);
  // Read before the rows: what is appended meanwhile is not missed, and what is cut off is.
  const head = await db.changeHead.findUniqueOrThrow({ where: { id: 1 } });
  const before = most === null || head.auditSeq <= BigInt(most) ? 0n : head.auditSeq - BigInt(most);
  let previous = await hashAt(db, before);
  let seq = before;
  const found = (firstBad: Walked["firstBad"]): Walked => ({ from: before + 1n, through: seq, firstBad });
  const wrongWith = (row: ChainedRow, after: Uint8Array): string | null => {
    if (!sameHash(row.previousHash, after)) return "it does not follow the row before";
    const key = ring.all.get(row.kid);
    if (key === undefined) return `its key ${row.kid} is not known`;
    return sameHash(row.hash, hashEvent(key.secret, after, eventOf(row))) ? null : "its content was changed";
  };
  while (seq < head.auditSeq) {
    const rows = await db.auditEvent.findMany({
      where: { seq: { gt: seq, lte: head.auditSeq } },
      orderBy: { seq: "asc" },
      take: PAGE,
    });
    if (rows.length === 0) break;
    for (const row of rows) {
      // Where the walk begins the row before may be missing: then there is nothing that this one could follow.
      if (row.seq !== seq + 1n || previous === null) return found({ seq: seq + 1n, why: "it is missing" });
      const why = wrongWith(row, previous);
      if (why !== null) return found({ seq: row.seq, why });
      previous = row.hash;
      seq = row.seq;
    }
  }
  if (seq < head.auditSeq) return found({ seq: seq + 1n, why: "the end of the log was cut off" });
  if (previous === null || !sameHash(head.auditHash, previous)) {
    return found({ seq, why: "the head does not know this row" });
  }
  return found(null);
}

/** The hash of an event; null where it is missing. */
async function hashAt(db: Database, seq: bigint): Promise<Uint8Array | null> {
  if (seq === 0n) return GENESIS;
  const row = await db.auditEvent.findUnique({ where: { seq }, select: { hash: true } });
  return row?.hash ?? null;
}
