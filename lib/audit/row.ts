import type { Json } from "./define";
import type { AuditEvent } from "./event";

/** A row of audit_events, as the client reads it. */
export type AuditRow = {
  readonly seq: bigint;
  readonly at: Date;
  readonly actorKind: string;
  readonly actorId: string | null;
  readonly actorName: string;
  readonly action: string;
  readonly subjectKind: string;
  readonly subjectId: string | null;
  readonly subjectName: string;
  readonly detail: unknown;
  readonly address: string | null;
};

/** Reads a stored event as it stands, whatever it says. */
export function eventOf(row: AuditRow): AuditEvent {
  const detail = typeof row.detail === "object" && row.detail !== null ? row.detail : {};
  // Stored by `recordEvents` as JSON with exactly these two members; what else was put there changes the hash.
  const { before = null, after = null, ...added } = detail as { before?: Json; after?: Json };
  return {
    seq: row.seq,
    at: row.at.getTime(),
    actor: { kind: row.actorKind, id: row.actorId, name: row.actorName },
    action: row.action,
    subject: { kind: row.subjectKind, id: row.subjectId, name: row.subjectName },
    detail: { before, after, ...added },
    address: row.address,
  };
}
