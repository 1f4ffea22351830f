import type { Application } from "#lib/applications/application";
import { type KnownApplication, knownApplications } from "#lib/applications/known";
import type { LimitSource } from "#lib/errors/error";
import { type Group, refOf } from "#lib/groups/group";
import { type KnownNetwork, knownNetworks } from "#lib/networks/known";
import type { Allowance, Counted } from "#lib/policies/allowance";
import type { Limits } from "#lib/policies/limits";
import { limitsFor } from "#lib/policies/limits-for";
import type { Rules } from "#lib/policies/rules";
import { type Tier, tierOf } from "#lib/policies/tier";
import type { Holder } from "#lib/users/user";
import { judgeQuota } from "./judge-making";

/** What *New token* needs to know about whoever is about to make one. */
export type TokenFormFacts = {
  /** The username of whom it is for; null = oneself. */
  readonly holder: string | null;
  /** `reason` says why not, and what to do; null when it is allowed. */
  readonly mayCreate: { readonly allowed: boolean; readonly reason: string | null };
  /** `because`: *because you are in jira-developers*, without capital or full stop. */
  readonly tier: { readonly name: string; readonly because: string } | null;
  /** The tier's limits under every ceiling; null when nothing may be made. */
  readonly limits: Limits | null;
  /** Whose each limit is. */
  readonly sources: Readonly<Record<keyof Limits, LimitSource>> | null;
  /** Every list of ranges in which the token's own must lie, `limits.ranges` being the first of them. */
  readonly rangeLimits: readonly { readonly ranges: readonly string[]; readonly source: LimitSource }[];
  /** How many count against `limits.maxActive`. */
  readonly activeTokens: number;
  readonly applications: readonly KnownApplication[];
  readonly networks: readonly KnownNetwork[];
  /** Where the browser comes from. */
  readonly address: string;
};

/** What the form's facts are made of. */
export type FormInputs = {
  readonly holder: Holder;
  readonly rules: Rules & { readonly applications: readonly Application[] };
  readonly active: Readonly<Record<Counted, number>>;
  /** The holder's groups. */
  readonly groups: readonly Pick<Group, "id" | "source" | "externalId">[];
  readonly address: string;
  readonly portalUrl: string;
};

function becauseOf({ because }: Tier, groups: FormInputs["groups"]): string {
  if (because.by === "everyone") return "because it is for everyone";
  if (because.by === "serviceAccounts") return "because it is for service accounts";
  const group = groups.find(({ id }) => id === because.groupId);
  return group === undefined ? "because of a group you are in" : `because you are in ${refOf(group)}`;
}

/** The quota that leaves least room. */
function tightest({ quotas }: Allowance, active: FormInputs["active"]) {
  const room = ({ most, counted }: Allowance["quotas"][number]) => most - active[counted];
  return [...quotas].sort((a, b) => room(a) - room(b))[0];
}

type LimitFacts = Pick<TokenFormFacts, "limits" | "sources" | "rangeLimits" | "activeTokens">;

/** An allowance as a form shows it: of several quotas the tightest, and what counts against it. */
export function limitFacts(allowance: Allowance | undefined, active: FormInputs["active"]): LimitFacts {
  if (allowance === undefined) return { limits: null, sources: null, rangeLimits: [], activeTokens: active.own };
  const quota = tightest(allowance, active);
  return {
    limits: { ...allowance.limits, maxActive: quota?.most ?? null },
    sources: { ...allowance.sources, ...(quota ? { maxActive: quota.source } : {}) },
    rangeLimits: allowance.rangeLimits,
    activeTokens: active[quota?.counted ?? "own"],
  };
}

/** Works out what the form shows, by the same rules that will judge what it sends. */
export function formFacts({ holder, rules, active, groups, address, portalUrl }: FormInputs): TokenFormFacts {
  const tier = tierOf(holder, rules.policies);
  const self = { userId: holder.id, role: holder.role, groupIds: holder.groupIds };
  const allowed = limitsFor(self, holder, "own", rules);
  const allowance = allowed.ok ? allowed.value[0] : undefined;
  const [full] = allowance === undefined ? [] : judgeQuota(allowance, active);
  const reason = allowed.ok ? (full?.error.message ?? null) : allowed.refusal.detail;
  return {
    holder: null,
    mayCreate: { allowed: reason === null, reason },
    tier: tier && { name: tier.policy.name, because: becauseOf(tier, groups) },
    ...limitFacts(allowance, active),
    applications: knownApplications(rules.applications, portalUrl),
    networks: knownNetworks(holder, rules),
    address,
  };
}
