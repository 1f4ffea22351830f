import type { Actor } from "#lib/access/viewer";
import type { Transaction } from "#lib/db/client";
import type { SigningKey } from "#lib/keys/key";
import { hashEvent } from "./chain";
import { type AuditActor, type AuditEntry, type AuditEvent, EVENTS } from "./event";

/** Who did it, as the log names them. */
export function actorOf(actor: Actor): AuditActor {
  switch (actor.kind) {
    case "session":
      return { kind: "user", id: actor.userId, name: actor.username };
    case "token":
      return { kind: "token", id: actor.userId, name: `${actor.username} (token ${actor.tokenName})` };
    case "itself":
      return { kind: "token", id: actor.ownerId, name: `${actor.ownerName} (token ${actor.tokenName})` };
    case "cli":
      return { kind: "cli", id: null, name: actor.osUser };
    case "system":
      return { kind: "system", id: null, name: actor.name };
    case "visitor":
      return { kind: "system", id: null, name: "visitor" };
  }
}

type Head = { moved: string | null; audit_seq: bigint; audit_hash: Uint8Array };

/**
 * Appends events to the chain, in the caller's transaction, as its last act: it locks the change head, which orders
 * changes and audit alike. Where there is nothing to tell it keeps nobody waiting. The only writer of audit_events.
 * @returns the sequence to which this transaction moved the facts, or null if it changed none
 */
export async function recordEvents(
  tx: Transaction,
  key: SigningKey,
  actor: Actor,
  now: number,
  entries: readonly AuditEntry[],
): Promise<bigint | null> {
  if (entries.length === 0) return movedBy(tx);
  const [head] = await tx.$queryRaw<Head[]>`
    SELECT nullif(current_setting('latchkey.moved', true), '') AS moved, audit_seq, audit_hash
    FROM change_head WHERE id = 1 FOR UPDATE`;
  if (head === undefined) throw new Error("change_head has no row: the database is not migrated");
  let previous = head.audit_hash;
  let seq = head.audit_seq;
  const rows = entries.map((entry) => {
    seq += 1n;
    const address = "address" in actor ? actor.address : null;
    const subject = { kind: EVENTS[entry.action].kind, id: entry.subject.id, name: entry.subject.name };
    const event: AuditEvent = { ...entry, subject, seq, at: now, actor: actorOf(actor), address };
    const hash = hashEvent(key.secret, previous, event);
    const row = rowOf(event, key.kid, previous, hash);
    previous = hash;
    return row;
  });
  if (rows.length > 0) {
    await tx.auditEvent.createMany({ data: rows });
    await tx.$executeRaw`UPDATE change_head SET audit_seq = ${seq}, audit_hash = ${Buffer.from(previous)} WHERE id = 1`;
  }
  return head.moved === null ? null : BigInt(head.moved);
}

async function movedBy(tx: Transaction): Promise<bigint | null> {
  const [row] = await tx.$queryRaw<{ moved: string | null }[]>`
    SELECT nullif(current_setting('latchkey.moved', true), '') AS moved`;
  return row?.moved ? BigInt(row.moved) : null;
}

function rowOf(event: AuditEvent, kid: string, previous: Uint8Array, hash: Buffer) {
  return {
    seq: event.seq,
    at: new Date(event.at),
    actorKind: event.actor.kind,
    actorId: event.actor.id,
    actorName: event.actor.name,
    action: event.action,
    subjectKind: event.subject.kind,
    subjectId: event.subject.id,
    subjectName: event.subject.name,
    detail: event.detail,
    address: event.address,
    previousHash: new Uint8Array(previous),
    hash: new Uint8Array(hash),
    kid,
  };
}
