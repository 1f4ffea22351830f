import { actorName } from "#lib/access/actor-name";
import { defineCommand, nothingToPrepare } from "#lib/commands/command";
import type { Transaction } from "#lib/db/client";
import { lockToken } from "#lib/db/token-subject";
import { TOKEN_COLUMNS, viewToken } from "#lib/db/tokens";
import { ok } from "#lib/errors/error";
import { datedOf, type TokenRow } from "../row";
import { revokeTokenInput } from "../schema";
import { mayEnd } from "../standing";
import { statusOf } from "../status";

const ACTIVE_OWNER = { deactivatedAt: null };
const isRevoked = (row: TokenRow, now: number): boolean => statusOf(datedOf(row), ACTIVE_OWNER, now) === "revoked";

/** Locks the predecessors and successors of a token that are not revoked, in one order. */
async function lockChain(tx: Transaction, id: string): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    WITH RECURSIVE older AS (
      SELECT id, rotated_from_id FROM tokens WHERE id = ${id}::uuid
      UNION SELECT t.id, t.rotated_from_id FROM tokens t JOIN older ON t.id = older.rotated_from_id
    ), newer AS (
      SELECT id FROM tokens WHERE id = ${id}::uuid
      UNION SELECT t.id FROM tokens t JOIN newer ON t.rotated_from_id = newer.id
    )
    SELECT id FROM tokens WHERE revoked_at IS NULL AND id <> ${id}::uuid
      AND id IN (SELECT id FROM older UNION SELECT id FROM newer)
    ORDER BY id FOR UPDATE`;
  return rows.map((row) => row.id);
}

/** Predecessors and successors that still work beside a token, locked. */
async function lockRotating(tx: Transaction, row: TokenRow, now: number): Promise<TokenRow[]> {
  let ids: string[] = [];
  // While we waited for one of them it may have been rotated: asked again until nothing has come, since what is locked
  // gets no successor any more.
  for (let before = -1; ids.length > before; ) {
    before = ids.length;
    ids = await lockChain(tx, row.id);
  }
  if (ids.length === 0) return [];
  const rows = await tx.token.findMany({ where: { id: { in: ids } }, select: TOKEN_COLUMNS });
  return rows.filter((each) => !isRevoked(each, now));
}

/** Ends a token for good, and with it the other one of a rotating pair unless only this one is meant. */
export const revokeToken = defineCommand({
  name: "tokens.revoke",
  input: revokeTokenInput,
  door: { visitors: false, tokens: true },
  stepUp: false,
  prepare: nothingToPrepare,
  subject: ({ tx, actor }, { id }) => lockToken(tx, actor, id),
  allows: (_actor, { standing }) => mayEnd(standing),
  perform: async ({ tx, actor, now }, { row, rules }, { reason, note, only }) => {
    if (isRevoked(row, now)) return ok({ output: await viewToken(tx, row, rules.policies, now), repeated: true });
    const others = only ? [] : await lockRotating(tx, row, now);
    const by = actorName(actor);
    const ended = { revokedAt: new Date(now), revokedBy: by, revocationReason: reason, revocationNote: note };
    await tx.token.updateMany({
      where: { id: { in: [row, ...others].map(({ id }) => id) } },
      data: { ...ended, version: { increment: 1 } },
    });
    const eventOf = (each: TokenRow) => ({
      action: "token.revoked" as const,
      subject: { id: each.id, name: each.name },
      detail: { before: { revocation: null }, after: { revocation: { by, reason, note }, owner: each.owner.username } },
    });
    const revoked = { ...row, ...ended, version: row.version + 1 };
    return ok({
      output: await viewToken(tx, revoked, rules.policies, now),
      events: [eventOf(row), ...others.map(eventOf)],
    });
  },
  conflicts: {},
});
