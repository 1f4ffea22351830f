import { actorName } from "#lib/access/actor-name";
import { defineCommand, nothingToPrepare } from "#lib/commands/command";
import { VIEWERS } from "#lib/commands/door";
import { ok } from "#lib/errors/error";
import { viewToken } from "#lib/tokens/store";
import { writeTo } from "#lib/tokens/store-acts";
import { lockRotating } from "#lib/tokens/store-chain";
import { voidClaims } from "#lib/tokens/store-claims";
import { lockToken } from "#lib/tokens/store-subject";
import { permitsRevoking } from "../acting/actions-on";
import { actedOn, revoking } from "../acting/acts";
import { revokeTokenInput } from "../schema";

/** Ends a token for good, and with it the other one of a rotating pair unless only this one is meant. */
export const revokeToken = defineCommand({
  input: revokeTokenInput,
  door: VIEWERS,
  whileRestored: "open",
  stepUp: false,
  administration: "untouched",
  prepare: nothingToPrepare,
  subject: ({ tx, actor }, { id }) => lockToken(tx, actor, id),
  allows: (_actor, subject) => permitsRevoking(subject),
  perform: async ({ tx, actor, now }, { row, rules }, { reason, note, only }) => {
    const others = only ? [] : await lockRotating(tx, row, now);
    const act = revoking(row, others, { by: actorName(actor), reason, note }, now);
    if (act === null) return ok({ output: await viewToken(tx, actor, row, rules.policies, now), repeated: true });
    await writeTo(tx, act);
    const ended = { id: { in: act.touched.map(({ id }) => id) } };
    const voided = await voidClaims(tx, ended, { actor, why: "the token was revoked", now });
    const output = await viewToken(tx, actor, { ...actedOn(row, act), claims: [] }, rules.policies, now);
    const [told, ...rest] = act.events;
    return ok({ output, events: [told, ...rest, ...voided] });
  },
  conflicts: {},
});
