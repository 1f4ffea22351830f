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
  const linked = link(key.secret, head, actor, now, entries);
  await append(tx, linked, key.kid);
  const last = linked.at(-1);
  if (last !== undefined) {
    await tx.$executeRaw`UPDATE change_head SET audit_seq = ${last.event.seq}, audit_hash = ${last.hash} WHERE id = 1`;
  }
  return head.moved === null ? null : BigInt(head.moved);
}

async function movedBy(tx: Transaction): Promise<bigint | null> {
  const [row] = await tx.$queryRaw<{ moved: string | null }[]>`
    SELECT nullif(current_setting('latchkey.moved', true), '') AS moved`;
  return row?.moved ? BigInt(row.moved) : null;
}

type Linked = { readonly event: AuditEvent; readonly previous: Buffer; readonly hash: Buffer };

/** Numbers events and chains each to the one before. */
function link(secret: Buffer, head: Head, actor: Actor, now: number, entries: readonly AuditEntry[]): Linked[] {
  const who = actorOf(actor);
  const address = "address" in actor ? actor.address : null;
  const linked: Linked[] = [];
  let seq = head.audit_seq;
  let previous: Buffer = Buffer.from(head.audit_hash);
  for (const entry of entries) {
    seq += 1n;
    const subject = { kind: EVENTS[entry.action].kind, id: entry.subject.id, name: entry.subject.name };
    const event: AuditEvent = { ...entry, subject, seq, at: now, actor: who, address };
    const hash = hashEvent(secret, previous, event);
    linked.push({ event, previous, hash });
    previous = hash;
  }
  return linked;
}

/** Writes events as columns: of five hundred rows, seven thousand parameters would take longer than the rows. */
async function append(tx: Transaction, linked: readonly Linked[], kid: string): Promise<void> {
  const of = <Value>(value: (event: AuditEvent) => Value) => linked.map(({ event }) => value(event));
  await tx.$executeRaw`
    INSERT INTO audit_events (seq, at, actor_kind, actor_id, actor_name, action, subject_kind, subject_id, subject_name,
      detail, address, previous_hash, hash, kid)
    SELECT seq, at, actor_kind, actor_id, actor_name, action, subject_kind, subject_id, subject_name, detail::jsonb,
      address, decode(previous_hash, 'hex'), decode(hash, 'hex'), ${kid}
    FROM unnest(
      ${of(({ seq }) => seq)}::bigint[], ${of(({ at }) => new Date(at).toISOString())}::timestamptz[],
      ${of(({ actor }) => actor.kind)}::text[], ${of(({ actor }) => actor.id)}::text[],
      ${of(({ actor }) => actor.name)}::text[], ${of(({ action }) => action)}::text[],
      ${of(({ subject }) => subject.kind)}::text[], ${of(({ subject }) => subject.id)}::text[],
      ${of(({ subject }) => subject.name)}::text[], ${of(({ detail }) => JSON.stringify(detail))}::text[],
      ${of(({ address }) => address)}::text[], ${linked.map(({ previous }) => previous.toString("hex"))}::text[],
      ${linked.map(({ hash }) => hash.toString("hex"))}::text[]
    ) AS event (seq, at, actor_kind, actor_id, actor_name, action, subject_kind, subject_id, subject_name, detail,
      address, previous_hash, hash)`;
}
