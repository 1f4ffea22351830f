import { z } from "zod";
import { actorName } from "#lib/access/actor-name";
import { claimAttempt, forgiveAttempts } from "#lib/auth/throttle";
import { defineCommand } from "#lib/commands/command";
import { ok, refuse } from "#lib/errors/error";
import { lockHolder, viewToken } from "#lib/tokens/store";
import { findClaim } from "#lib/tokens/store-claims";
import { bearSecret } from "#lib/tokens/store-new";
import { readTokenLocked } from "#lib/tokens/store-subject";
import { readInstallationFacts } from "#lib/verification/facts/portal";
import { planClaim } from "../claims/claim";
import type { Made } from "../made";

export const claimTokenInput = z.strictObject({
  code: z
    .string("Open the whole link that you were sent.")
    .regex(/^[\w-]{1,100}$/, "This is no code of a claim link. Open the whole link that you were sent."),
});

const NO_LINK = refuse(
  "not_found",
  "There is no such link for you. Open the whole link that you were sent, signed in as the person it was sent to.",
);

/**
 * Opens a claim link: the secret of a pending token is made now, and shown in this answer only. For its owner, or a
 * maintainer of the service account that owns it, in a browser. Whoever it is not for finds nothing and uses nothing up.
 * Of two who open it at once the second waits, and is told. Refuses `not_found`, `ended`, `not_granted`,
 * `too_many_requests`.
 */
export const claimToken = defineCommand({
  input: claimTokenInput,
  door: ["session"],
  stepUp: false,
  administration: "untouched",
  prepare: async ({ db, actor, now }, { code }) => {
    const attempt = { account: `claim:${actor.userId}`, address: actor.address, knownAddress: true };
    const claimed = await claimAttempt(db, attempt, now);
    if (!claimed.ok) return claimed;
    if ((await findClaim(db, actor, code)) === null) return NO_LINK;
    await forgiveAttempts(db, attempt, now);
    return ok(undefined);
  },
  subject: async ({ tx, actor }, { code }) => {
    const wanted = await findClaim(tx, actor, code);
    if (wanted === null) return NO_LINK;
    // The owner first, as everybody does who locks both: against a deactivation, or a password reset, at the same moment.
    const owner = await lockHolder(tx, { id: wanted.ownerId });
    const row = await readTokenLocked(tx, wanted.tokenId);
    // Read again under the locks: these decide.
    const found = await findClaim(tx, actor, code);
    if (owner === null || row === null || found === null) return NO_LINK;
    return ok({ ...found, owner, row, rules: await readInstallationFacts(tx) });
  },
  allows: (actor, subject, _input, now) => planClaim(actor, subject.claim, subject, now),
  perform: async ({ tx, actor, now, permitted }, { id, row: pending, rules }) => {
    const usedBy = actorName(actor);
    await tx.tokenClaim.update({ where: { id }, data: { usedAt: new Date(now), usedBy }, select: { id: true } });
    const { row, secret } = await bearSecret(tx, pending.id, permitted, now);
    const token = await viewToken(tx, actor, row, rules.policies, now);
    const { hint, expiresAt, rateLimit, owner } = token;
    const detail = {
      before: { expiresAt: pending.expiresAt?.toISOString() ?? null, rateLimit: pending.rateLimit },
      after: { owner: owner.username, hint, expiresAt, rateLimit },
    };
    const output: Made = { token, secret };
    return ok({ output, events: [{ action: "token.claimed", subject: { id: row.id, name: row.name }, detail }] });
  },
  conflicts: {},
});
