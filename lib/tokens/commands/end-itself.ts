import { z } from "zod";
import { actorName } from "#lib/access/actor-name";
import { defineCommand, nothingToPrepare, whoeverCame } from "#lib/commands/command";
import { ok } from "#lib/errors/error";
import { readPolicies } from "#lib/policies/store";
import { actedOn, revoking } from "../acting/acts";
import { type ItselfView, itselfView } from "../itself";
import { viewToken } from "../store";
import { writeTo } from "../store-acts";
import { readTokenLocked, TOKEN_NOT_FOUND } from "../store-subject";

export const endItselfInput = z.strictObject({});

/**
 * A token ends itself, for good: whoever has its secret may. Only this one of a rotating pair, or whoever finds an old
 * secret could stop the new one.
 */
export const endItself = defineCommand({
  input: endItselfInput,
  door: ["itself"],
  whileRestored: "open",
  stepUp: false,
  administration: "untouched",
  prepare: nothingToPrepare,
  subject: async ({ tx, actor }) => {
    const row = await readTokenLocked(tx, actor.tokenId);
    return row === null ? TOKEN_NOT_FOUND : ok({ row, policies: await readPolicies(tx) });
  },
  allows: whoeverCame,
  perform: async ({ tx, actor, now }, { row, policies }) => {
    const why = { by: actorName(actor), reason: "no_longer_needed", note: null } as const;
    const act = revoking(row, [], why, now);
    const shown = async (as: typeof row): Promise<ItselfView> =>
      itselfView(await viewToken(tx, actor, as, policies, now), false);
    if (act === null) return ok({ output: await shown(row), repeated: true });
    await writeTo(tx, act);
    return ok({ output: await shown(actedOn(row, act)), events: act.events });
  },
  conflicts: {},
});
