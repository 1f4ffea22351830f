import { AUDIT_ACTIONS, type AuditAction, type AuditActor, type AuditEvent, type Json } from "./event";

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

const isAction = (text: string): text is AuditAction => Object.hasOwn(AUDIT_ACTIONS, text);

const KINDS: readonly AuditActor["kind"][] = ["user", "token", "cli", "system"];

/**
 * Reads a stored event.
 * @returns null for a row that no version of ours could have written: an unknown action or kind of actor
 */
export function eventOf(row: AuditRow): AuditEvent | null {
  const kind = KINDS.find((each) => each === row.actorKind);
  if (kind === undefined || !isAction(row.action) || AUDIT_ACTIONS[row.action] !== row.subjectKind) return null;
  const detail = typeof row.detail === "object" && row.detail !== null ? row.detail : {};
  // Stored by `recordEvents` as JSON with exactly these two members; anything else changes the hash.
  const { before = null, after = null } = detail as { before?: Json; after?: Json };
  return {
    seq: row.seq,
    at: row.at.getTime(),
    actor: { kind, id: row.actorId, name: row.actorName },
    action: row.action,
    subject: { id: row.subjectId, name: row.subjectName },
    detail: { before, after },
    address: row.address,
  };
}
