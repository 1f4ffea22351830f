import { LATCHKEY } from "#lib/applications/application";
import { knownApplications } from "#lib/applications/known";
import type { Maker } from "#lib/delegations/power";
import { ok, type Result } from "#lib/errors/error";
import { knownNetworks } from "#lib/networks/known";
import { limitsFor } from "#lib/policies/limits-for";
import type { Member } from "#lib/policies/rules";
import { type FormInputs, limitFacts, type TokenFormFacts } from "./form-facts";
import { judgeQuota } from "./judge-making";
import { mayBeShown } from "./plan";

/** One way to issue a token for somebody: under which delegation, and whether the issuer is shown the secret. */
export type IssueWay = { readonly delegation: string; readonly shown: boolean; readonly facts: TokenFormFacts };

/** What the ways to issue are made of: `member` is whoever issues, for the ranges that are theirs to read. */
export type IssueInputs = Pick<FormInputs, "holder" | "rules" | "address" | "portalUrl"> & {
  readonly maker: Exclude<Maker, "operator">;
  readonly member: Member;
  /** What counts already, by the id of the delegation. */
  readonly active: ReadonlyMap<string, FormInputs["active"]>;
};

const NONE = { own: 0, issued: 0, held: 0 };

/**
 * Works out the ways in which somebody may issue a token for a holder: one for each delegation that covers them, with
 * its limits, by the same rules that will judge what the form sends.
 * @returns the ways, or the sentence that says why there is none
 */
export function issueWays(inputs: IssueInputs): Result<readonly IssueWay[]> {
  const { maker, member, holder, rules, active, address, portalUrl } = inputs;
  const allowed = limitsFor(maker, holder, "issue", rules);
  if (!allowed.ok) return allowed;
  const common = {
    ...{ holder: holder.username, tier: null, address },
    // Nobody issues one for the portal itself.
    applications: knownApplications(rules.applications, portalUrl).filter(({ key }) => key !== LATCHKEY),
    networks: knownNetworks(member, rules),
  };
  return ok(
    allowed.value.map((allowance) => {
      const { grant, source } = allowance;
      const counted = (grant.by === "delegation" && active.get(grant.delegationId)) || NONE;
      const reason = judgeQuota(allowance, counted)[0]?.error.message ?? null;
      return {
        delegation: source.name,
        shown: mayBeShown(maker, allowance),
        facts: { ...common, mayCreate: { allowed: reason === null, reason }, ...limitFacts(allowance, counted) },
      };
    }),
  );
}
