import type { Viewer } from "#lib/access/viewer";
import type { Prisma, Transaction } from "#lib/db/client";
import { ok, type Result, refuse } from "#lib/errors/error";
import type { Holder } from "#lib/users/user";
import type { InstallationFacts } from "#lib/verification/facts/model";
import { readInstallationFacts } from "#lib/verification/facts/portal";
import { type Standing, standingOf } from "./acting/standing";
import { holderOf, type TokenRow } from "./row";
import { maintains, TOKEN_COLUMNS, visibleTokens } from "./store";

/** A token that is about to change, locked; by what rules; and how whoever changes it stands to it. */
export type TokenSubject = {
  readonly row: TokenRow;
  readonly owner: Holder;
  readonly standing: Standing;
  readonly rules: InstallationFacts;
};

export const TOKEN_NOT_FOUND = refuse("not_found", "There is no such token, or none that you may see.");

/** Reads a token, locked until the transaction ends. @param where what must hold of it besides, after the lock */
export async function readTokenLocked(
  tx: Transaction,
  id: string,
  where: Prisma.TokenWhereInput = {},
): Promise<TokenRow | null> {
  await tx.$executeRaw`SELECT id FROM tokens WHERE id = ${id}::uuid FOR UPDATE`;
  return tx.token.findFirst({ where: { AND: [where, { id }] }, select: TOKEN_COLUMNS });
}

/**
 * Finds a token that the actor may see, and locks it until the transaction ends: of rotating and revoking at once, the
 * second sees what the first did.
 */
export async function lockToken(tx: Transaction, actor: Viewer, id: string): Promise<Result<TokenSubject>> {
  const visible = { AND: [await visibleTokens(tx, actor), { id }] };
  if ((await tx.token.findFirst({ where: visible, select: { id: true } })) === null) return TOKEN_NOT_FOUND;
  const row = await readTokenLocked(tx, id, visible);
  if (row === null) return TOKEN_NOT_FOUND;
  const rules = await readInstallationFacts(tx);
  const owner = holderOf(row.owner);
  const standing = standingOf(actor, owner, await maintains(tx, actor, owner.id), rules);
  return ok({ row, owner, standing, rules });
}
