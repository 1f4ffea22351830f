import { actorName } from "#lib/access/actor-name";
import { defineCommand, nothingToPrepare } from "#lib/commands/command";
import { VIEWERS } from "#lib/commands/door";
import { ok, refuse } from "#lib/errors/error";
import { holdNetworks } from "#lib/networks/store";
import { activeTokens, lockHolder, viewToken } from "#lib/tokens/store";
import { type ClaimLink, insertLinked } from "#lib/tokens/store-claims";
import { insertToken, wishColumns } from "#lib/tokens/store-new";
import { foldName } from "#lib/users/name";
import { USER_NOT_FOUND, visibleUsers } from "#lib/users/store";
import { readInstallationFacts } from "#lib/verification/facts/portal";
import { type Issued, madeDetail } from "../made";
import { planIssue } from "../making/plan";
import { issueTokenInput } from "../schema";
import type { TokenView } from "../view";

const issued = (token: TokenView, born: { readonly secret: string } | { readonly link: ClaimLink }): Issued =>
  "link" in born ? { token, claim: born.link } : { token, secret: born.secret };

/**
 * Makes a token for somebody else under one delegation that allows all of it. Its secret is shown to the operator, and
 * to issuers for service accounts where the delegation says so; everybody else gets a claim link, and the secret is made
 * when its holder opens that.
 */
export const issueToken = defineCommand({
  input: issueTokenInput,
  door: VIEWERS,
  stepUp: true,
  administration: "untouched",
  prepare: nothingToPrepare,
  subject: async ({ tx, actor, now }, { ownerId, owner: username, delegation: name, override, ipRanges }) => {
    const message = "Only the command line says this.";
    if (override && "userId" in actor) return refuse("invalid_input", message, [{ path: "override", message }]);
    const visible = await visibleUsers(tx, actor);
    const which = ownerId === undefined ? { usernameKey: foldName(username ?? "") } : { id: ownerId };
    const owner = visible && (await lockHolder(tx, { AND: [visible, which] }));
    if (owner === null) return USER_NOT_FOUND;
    await holdNetworks(tx, ipRanges);
    const rules = await readInstallationFacts(tx);
    const delegation = [...rules.delegations.values()].find((each) => each.name === name);
    const active = await activeTokens(tx, owner.id, delegation?.id ?? null, now);
    return ok({ viewer: actor, owner, rules, active });
  },
  allows: (_actor, subject, input, now) => planIssue(input, subject, now),
  perform: async ({ tx, actor, now, permitted }, { owner, rules }, input) => {
    const { grant, source } = permitted.allowance;
    const columns = {
      ...wishColumns(input, permitted.wish),
      ownerId: owner.id,
      createdBy: actorName(actor),
      grantBy: grant.by,
      delegationId: grant.by === "delegation" ? grant.delegationId : null,
      delegationName: source.name,
      grantorId: "userId" in actor ? actor.userId : null,
    };
    const born = permitted.shown ? await insertToken(tx, columns, now) : await insertLinked(tx, actor, columns, now);
    const { id, name } = born.row;
    const token = await viewToken(tx, actor, born.row, rules.policies, now);
    const detail = madeDetail(token, input.override ? { override: true } : {});
    const later = "link" in born ? [born.event] : [];
    return ok({
      output: issued(token, born),
      events: [{ action: "token.issued", subject: { id, name }, detail }, ...later],
    });
  },
  conflicts: {},
});
