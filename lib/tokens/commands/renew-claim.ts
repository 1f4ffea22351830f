import { z } from "zod";
import { defineCommand, nothingToPrepare } from "#lib/commands/command";
import { VIEWERS } from "#lib/commands/door";
import { ok } from "#lib/errors/error";
import { id } from "#lib/fields";
import { viewToken } from "#lib/tokens/store";
import { insertClaim, voidClaims } from "#lib/tokens/store-claims";
import { lockToken, readTokenLocked } from "#lib/tokens/store-subject";
import { permitsLink } from "../claims/claim";
import type { Pending } from "../made";

/**
 * Makes a new claim link for a token that still waits for its secret; the one before works no more. For who could issue
 * the token now. Refuses `not_found`, `forbidden`, `not_granted`, `limit_exceeded`, `ended`.
 */
export const renewClaim = defineCommand({
  input: z.strictObject({ id }),
  door: VIEWERS,
  stepUp: true,
  administration: "untouched",
  prepare: nothingToPrepare,
  subject: ({ tx, actor }, { id }) => lockToken(tx, actor, id),
  allows: (viewer, subject, _input, now) => permitsLink(viewer, subject, now),
  perform: async ({ tx, actor, now }, { row: { id, name, expiresAt }, owner, rules }) => {
    const voided = await voidClaims(tx, { id }, { actor, why: "a newer link took its place", now });
    const of = { id, name, owner: owner.username, expiresAt: expiresAt?.getTime() ?? null };
    const { link, event } = await insertClaim(tx, actor, of, now);
    const row = await readTokenLocked(tx, id);
    if (row === null) throw new Error(`Token ${id} is gone although it is locked`);
    const output: Pending = { token: await viewToken(tx, actor, row, rules.policies, now), claim: link };
    return ok({ output, events: [event, ...voided] });
  },
  conflicts: {},
});
