import { can } from "#lib/access/can";
import type { Viewer } from "#lib/access/viewer";
import { database } from "#lib/db/client";
import { ok, type Result, refuse } from "#lib/errors/error";
import { keyRing } from "#lib/keys/ring";
import { GENESIS, hashEvent, sameHash } from "./chain";
import { eventOf } from "./row";

/** What the check of the chain found. */
export type ChainReport = {
  /** Rows that fit, from the first on. */
  readonly checked: number;
  /** Sequence of the first row that does not fit, and why; null when all do. */
  readonly firstBad: { readonly seq: string; readonly why: string } | null;
};

const PAGE = 1_000;

/**
 * Checks the audit chain from the first row to the head, a page at a time: nothing missing, nothing changed, nothing
 * put in, nothing cut off at the end. With the audit keys, which a thief of the database does not have.
 * @param now epoch milliseconds
 * @returns `forbidden` for who may not read the log
 */
export async function checkAuditChain(viewer: Viewer, now: number): Promise<Result<ChainReport>> {
  if (!can(viewer, "audit.read")) return refuse("forbidden", "The audit log is for administrators and auditors.");
  const db = database();
  const ring = await keyRing(db, "audit", now);
  // Read before the rows: what is appended meanwhile is not missed, and what is cut off is.
  const head = await db.changeHead.findUniqueOrThrow({ where: { id: 1 } });
  let previous: Uint8Array = GENESIS;
  let seq = 0n;
  const bad = (at: bigint, why: string) =>
    ok<ChainReport>({ checked: Number(seq), firstBad: { seq: at.toString(), why } });
  while (seq < head.auditSeq) {
    const rows = await db.auditEvent.findMany({
      where: { seq: { gt: seq, lte: head.auditSeq } },
      orderBy: { seq: "asc" },
      take: PAGE,
    });
    if (rows.length === 0) break;
    for (const row of rows) {
      if (row.seq !== seq + 1n) return bad(seq + 1n, "it is missing");
      if (!sameHash(row.previousHash, previous)) return bad(row.seq, "it does not follow the row before");
      const key = ring.all.get(row.kid);
      if (key === undefined) return bad(row.seq, `its key ${row.kid} is not known`);
      if (!sameHash(row.hash, hashEvent(key.secret, previous, eventOf(row)))) {
        return bad(row.seq, "its content was changed");
      }
      previous = row.hash;
      seq = row.seq;
    }
  }
  if (seq < head.auditSeq) return bad(seq + 1n, "the end of the log was cut off");
  if (!sameHash(head.auditHash, previous)) return bad(seq, "the head does not know this row");
  return ok({ checked: Number(seq), firstBad: null });
}
