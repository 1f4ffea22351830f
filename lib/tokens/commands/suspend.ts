import { actorName } from "#lib/access/actor-name";
import { defineCommand, nothingToPrepare } from "#lib/commands/command";
import { VIEWERS } from "#lib/commands/door";
import { ok } from "#lib/errors/error";
import { viewToken } from "#lib/tokens/store";
import { writeTo } from "#lib/tokens/store-acts";
import { lockRotating } from "#lib/tokens/store-chain";
import { lockToken } from "#lib/tokens/store-subject";
import { permitsSuspending } from "../acting/actions-on";
import { actedOn, suspending } from "../acting/acts";
import { suspendTokenInput } from "../schema";

/** Stops a token, and the other one of a rotating pair, until it is resumed: for *something looks wrong*, and for leave. */
export const suspendToken = defineCommand({
  input: suspendTokenInput,
  door: VIEWERS,
  whileRestored: "open",
  stepUp: false,
  administration: "untouched",
  prepare: nothingToPrepare,
  subject: ({ tx, actor }, { id }) => lockToken(tx, actor, id),
  allows: (_actor, subject, _input, now) => permitsSuspending(subject, now),
  perform: async ({ tx, actor, now }, { row, standing, rules }, { note }) => {
    const twins = await lockRotating(tx, row, now);
    const act = suspending({ row, standing }, twins, { by: actorName(actor), note }, now);
    if (act === null) return ok({ output: await viewToken(tx, actor, row, rules.policies, now), repeated: true });
    await writeTo(tx, act);
    return ok({ output: await viewToken(tx, actor, actedOn(row, act), rules.policies, now), events: act.events });
  },
  conflicts: {},
});
