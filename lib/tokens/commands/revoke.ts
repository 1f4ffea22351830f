import { actorName } from "#lib/access/actor-name";
import { defineCommand, nothingToPrepare } from "#lib/commands/command";
import { VIEWERS } from "#lib/commands/door";
import { ok } from "#lib/errors/error";
import { viewToken } from "#lib/tokens/store";
import { isRevoked, lockRotating } from "#lib/tokens/store-chain";
import { voidClaims } from "#lib/tokens/store-claims";
import { lockToken } from "#lib/tokens/store-subject";
import { permitsRevoking } from "../acting/actions-on";
import type { TokenRow } from "../row";
import { revokeTokenInput } from "../schema";

/** Ends a token for good, and with it the other one of a rotating pair unless only this one is meant. */
export const revokeToken = defineCommand({
  input: revokeTokenInput,
  door: VIEWERS,
  stepUp: false,
  administration: "untouched",
  prepare: nothingToPrepare,
  subject: ({ tx, actor }, { id }) => lockToken(tx, actor, id),
  allows: (_actor, subject) => permitsRevoking(subject),
  perform: async ({ tx, actor, now }, { row, rules }, { reason, note, only }) => {
    if (isRevoked(row, now)) return ok({ output: await viewToken(tx, row, rules.policies, now), repeated: true });
    const others = only ? [] : await lockRotating(tx, row, now);
    const by = actorName(actor);
    const ended = { revokedAt: new Date(now), revokedBy: by, revocationReason: reason, revocationNote: note };
    await tx.token.updateMany({
      where: { id: { in: [row, ...others].map(({ id }) => id) } },
      data: { ...ended, version: { increment: 1 } },
    });
    const voided = await voidClaims(tx, { id: row.id }, { actor, why: "the token was revoked", now });
    const eventOf = (each: TokenRow) => ({
      action: "token.revoked" as const,
      subject: { id: each.id, name: each.name },
      detail: { before: { revocation: null }, after: { revocation: { by, reason, note }, owner: each.owner.username } },
    });
    const revoked = { ...row, ...ended, claims: [], version: row.version + 1 };
    return ok({
      output: await viewToken(tx, revoked, rules.policies, now),
      events: [eventOf(row), ...others.map(eventOf), ...voided],
    });
  },
  conflicts: {},
});
