import { actorName } from "#lib/access/actor-name";
import type { Viewer } from "#lib/access/viewer";
import { defineCommand, nothingToPrepare } from "#lib/commands/command";
import { VIEWERS } from "#lib/commands/door";
import { ok, type Result, refuse } from "#lib/errors/error";
import { holdNetworks } from "#lib/networks/store";
import { activeTokens, lockHolder, viewToken } from "#lib/tokens/store";
import { insertToken, wishColumns } from "#lib/tokens/store-new";
import { foldName } from "#lib/users/name";
import { readInstallationFacts } from "#lib/verification/facts/portal";
import { type Made, madeDetail } from "../made";
import { planOwn } from "../making/plan";
import { createTokenInput } from "../schema";

type Input = { readonly owner?: string | undefined; readonly override: boolean };

/** Whose token it is to be: one's own; the operator says whose. */
function ownerOf(actor: Viewer, { owner, override }: Input): Result<{ id: string } | { usernameKey: string }> {
  if ("userId" in actor) {
    const path = owner === undefined ? "override" : "owner";
    const message = "Only the command line says this.";
    if (owner === undefined && !override) return ok({ id: actor.userId });
    return refuse("invalid_input", message, [{ path, message }]);
  }
  if (owner !== undefined) return ok({ usernameKey: foldName(owner) });
  const message = "Say whose token it is to be.";
  return refuse("invalid_input", message, [{ path: "owner", message }]);
}

/** Makes a token of one's own, under one's tier of today. The answer holds the secret, and nothing else ever does. */
export const createToken = defineCommand({
  input: createTokenInput,
  door: VIEWERS,
  stepUp: false,
  administration: "untouched",
  prepare: nothingToPrepare,
  subject: async ({ tx, actor, now }, input) => {
    const which = ownerOf(actor, input);
    if (!which.ok) return which;
    const owner = await lockHolder(tx, which.value);
    if (owner === null) return refuse("not_found", `There is no user ${input.owner ?? ""}.`);
    await holdNetworks(tx, input.ipRanges);
    const rules = await readInstallationFacts(tx);
    return ok({ viewer: actor, owner, rules, active: await activeTokens(tx, owner.id, null, now) });
  },
  allows: (_actor, subject, input, now) => planOwn(input, subject, now),
  perform: async ({ tx, actor, now, permitted }, { owner, rules }, input) => {
    const columns = {
      ...wishColumns(input, permitted.wish),
      ownerId: owner.id,
      createdBy: actorName(actor),
      grantBy: "tier" as const,
    };
    const { row, secret } = await insertToken(tx, columns, now);
    const token = await viewToken(tx, actor, row, rules.policies, now);
    const output: Made = { token, secret };
    const detail = madeDetail(token, input.override ? { override: true } : {});
    return ok({ output, events: [{ action: "token.created", subject: { id: row.id, name: row.name }, detail }] });
  },
  conflicts: {},
});
