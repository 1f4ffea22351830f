import { actorName } from "#lib/access/actor-name";
import type { Actor } from "#lib/access/viewer";
import type { Transaction } from "#lib/db/client";
import type { Policy } from "#lib/policies/policy";
import { type Overlap, overlapEnd } from "./acting/rotation";
import { madeDetail } from "./made";
import type { Wish } from "./making/wish";
import type { TokenRow } from "./row";
import { viewToken } from "./store";
import { lockRotating } from "./store-chain";
import { insertToken, judgedColumns, keptColumns } from "./store-new";

type Rotation = {
  readonly actor: Actor;
  /** The token that is replaced, locked. */
  readonly old: TokenRow;
  /** What the successor is to be. */
  readonly wish: Wish;
  readonly overlap: Overlap;
  readonly policies: readonly Policy[];
};

/**
 * Ends what older secrets have left of their overlaps. Each has a rate of its own and all count as one in the quota, so
 * that rotating in a row would get around both.
 * @returns the ids of those that worked until now
 */
async function endOlderOverlaps(tx: Transaction, old: TokenRow, now: number): Promise<string[]> {
  // It has no successor yet: whatever works beside it is older.
  const ids = (await lockRotating(tx, old, now)).map(({ id }) => id);
  const data = { overlapEndsAt: new Date(now), version: { increment: 1 } };
  if (ids.length > 0) await tx.token.updateMany({ where: { id: { in: ids } }, data });
  return ids;
}

/**
 * Writes a successor, and when the old secret stops; those before it stop now, so that at most two work at a time.
 * @param now epoch milliseconds
 * @returns the new token with its secret, for one answer only; and how the log tells it
 */
export async function writeSuccessor(tx: Transaction, { actor, old, wish, overlap, policies }: Rotation, now: number) {
  const { endsAt, untilFirstUse } = overlapEnd(overlap, now, old.expiresAt?.getTime() ?? null);
  const overlapEndsAt = new Date(endsAt);
  const stopped = await endOlderOverlaps(tx, old, now);
  // Its owner is told of it, by whichever door it came.
  const itself = actor.kind === "itself" || (actor.kind === "token" && actor.tokenId === old.id);
  await tx.token.update({
    where: { id: old.id },
    data: {
      ...{ supersededAt: new Date(now), overlapEndsAt, overlapUntilFirstUse: untilFirstUse },
      ...(itself && { rotatedItselfAt: new Date(now) }),
      version: { increment: 1 },
    },
    select: { id: true },
  });
  const same = { ...(await keptColumns(tx, old.id)), ...judgedColumns(wish) };
  const { row, secret } = await insertToken(tx, { ...same, rotatedFromId: old.id, createdBy: actorName(actor) }, now);
  const token = await viewToken(tx, actor, row, policies, now);
  const after = { rotatedTo: row.id, overlap, overlapEndsAt: overlapEndsAt.toISOString(), stopped };
  return {
    token,
    secret,
    events: [
      {
        action: "token.rotated",
        subject: { id: old.id, name: old.name },
        detail: { before: { rotatedTo: null }, after },
      },
      {
        action: "token.created",
        subject: { id: row.id, name: row.name },
        detail: madeDetail(token, { rotatedFrom: old.id }),
      },
    ],
  } as const;
}

/** What the loser of two rotations at once is told. */
export const ROTATED_TWICE = {
  tokens_rotated_from_id_key: {
    code: "stale",
    detail: "Somebody rotated it at the same time. Rotate its successor.",
  },
} as const;
