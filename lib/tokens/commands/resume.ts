import { defineCommand, nothingToPrepare } from "#lib/commands/command";
import { VIEWERS } from "#lib/commands/door";
import { ok } from "#lib/errors/error";
import { viewToken } from "#lib/tokens/store";
import { writeTo } from "#lib/tokens/store-acts";
import { lockRotating } from "#lib/tokens/store-chain";
import { lockToken } from "#lib/tokens/store-subject";
import { permitsResuming } from "../acting/actions-on";
import { actedOn, resuming } from "../acting/acts";
import { resumeTokenInput } from "../schema";

/** Lets a suspended token work again, and the other one of a rotating pair with it. */
export const resumeToken = defineCommand({
  input: resumeTokenInput,
  door: VIEWERS,
  stepUp: false,
  administration: "untouched",
  prepare: nothingToPrepare,
  subject: ({ tx, actor }, { id }) => lockToken(tx, actor, id),
  allows: (_actor, subject, _input, now) => permitsResuming(subject, now),
  perform: async ({ tx, actor, now }, { row, standing, rules }) => {
    const act = resuming({ row, standing }, await lockRotating(tx, row, now));
    if (act === null) return ok({ output: await viewToken(tx, actor, row, rules.policies, now), repeated: true });
    await writeTo(tx, act);
    return ok({ output: await viewToken(tx, actor, actedOn(row, act), rules.policies, now), events: act.events });
  },
  conflicts: {},
});
