import type { AuditEntry } from "#lib/audit/event";
import type { Transaction } from "#lib/db/client";
import { ok, type Result } from "#lib/errors/error";
import { viewUser } from "./store";
import { insertUser } from "./store-new";

type Vouched = {
  readonly issuer: string;
  readonly subject: string;
  readonly username: string;
  readonly displayName: string;
  readonly email: string | null;
};

type Known = { readonly id: string; readonly username: string; readonly events: readonly AuditEntry[] };

/** What the provider calls them today is what they are called here. */
async function follow(tx: Transaction, id: string, displayName: string): Promise<Known> {
  const before = await viewUser(tx, id);
  if (displayName === "" || displayName === before.displayName) return { id, username: before.username, events: [] };
  await tx.user.update({ where: { id }, data: { displayName, version: { increment: 1 } }, select: { id: true } });
  const subject = { id, name: before.username };
  const detail = { before, after: await viewUser(tx, id) };
  return { id, username: before.username, events: [{ action: "user.edited", subject, detail }] };
}

/**
 * The user whom a provider vouches for: found by issuer and subject and nothing else, made where there is none. Nobody
 * who is here already is ever taken for them because of a name or an e-mail address.
 * @returns `already_exists` where their username belongs to somebody else
 */
export async function externalUser(tx: Transaction, person: Vouched, now: number): Promise<Result<Known>> {
  const { issuer: source, subject: externalId, username, displayName, email } = person;
  const where = { source_externalId: { source, externalId } };
  const known = await tx.user.findUnique({ where, select: { id: true } });
  if (known !== null) return ok(await follow(tx, known.id, displayName));
  const nothing = { aliases: [], names: [], maintainers: [], groupIds: [], passwordHash: null };
  const made = await insertUser(tx, { kind: "person", username, displayName, email, ...nothing }, source, now);
  if (!made.ok) return made;
  const id = made.value;
  await tx.user.update({ where: { id }, data: { source, externalId }, select: { id: true } });
  const detail = { before: null, after: { kind: "person" as const, email, role: "user" as const } };
  return ok({ id, username, events: [{ action: "user.created", subject: { id, name: username }, detail }] });
}
