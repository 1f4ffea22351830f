import type { Application } from "#lib/applications/application";
import type { LimitSource } from "#lib/errors/error";
import { parseAddress } from "#lib/networks/address";
import { ownAllowance } from "#lib/policies/allowance";
import { sourceWords } from "#lib/policies/limit-words";
import { limitsFor } from "#lib/policies/limits-for";
import type { Rules } from "#lib/policies/rules";
import { tierOf } from "#lib/policies/tier";
import { judge } from "#lib/tokens/making/judge";
import { highestRate } from "#lib/tokens/restrictions/narrower";
import { UNRESTRICTED } from "#lib/tokens/restrictions/restrictions";
import { effectiveAccess } from "#lib/tokens/rights/effective";
import { accessOf, refusingBound, waysFrom, waysTo } from "#lib/tokens/rights/way";
import type { Holder } from "#lib/users/user";
import { rulesOf, type Said } from "./said";

const DAY_MS = 86_400_000;

/** What somebody might want to do, as far as rules are concerned. `days`: how long the token is to live; null = without an end. */
export type Simulated = {
  readonly action: "create" | "issue" | "use";
  readonly application: string;
  readonly access: "read" | "write";
  readonly days: number | null;
  /** From where; null = any address. */
  readonly address: string | null;
};

/** What the rules of a moment, or of a draft, say to somebody's wish. */
export type Simulation = {
  readonly allowed: boolean;
  /** The tier that decides about them; null = none. */
  readonly tier: string | null;
  /** By which rule it is allowed: a tier or delegation; null where it is not. */
  readonly by: string | null;
  /** What speaks against it; empty when allowed. */
  readonly against: readonly Said[];
  /** What the rules set under which it is judged; empty where none says anything. */
  readonly rules: readonly Said[];
};

type World = Rules & { readonly applications: readonly Pick<Application, "key">[] };

function rotation(holder: Holder, rules: World): Said[] {
  const tier = tierOf(holder, rules.policies);
  if (!tier?.policy.selfRotate) return [];
  const source = { kind: "tier", name: tier.policy.name } as const;
  return [{ field: "selfRotate", sentence: "A token may rotate itself", source }];
}

function making(wish: Simulated, holder: Holder, rules: World, now: number): Omit<Simulation, "tier"> {
  const self = { userId: holder.id, role: holder.role, groupIds: holder.groupIds };
  const issuing = wish.action === "issue";
  const allowed = limitsFor(issuing ? "operator" : self, holder, issuing ? "issue" : "own", rules);
  if (!allowed.ok) {
    const against = [{ field: "", sentence: allowed.refusal.detail, source: null }];
    return { allowed: false, by: null, against, rules: [] };
  }
  const token = {
    ...{ description: "simulated", contact: "simulated", applications: [wish.application], access: wish.access },
    ipRanges: wish.address === null ? [] : [wish.address],
    expiresAt: wish.days === null ? null : now + wish.days * DAY_MS,
  };
  const known = new Set(rules.applications.map(({ key }) => key));
  const around = {
    now,
    bornAt: now,
    networks: rules.networks,
    applications: known,
    active: { own: 0, issued: 0, held: 0 },
  };
  const judged = allowed.value.map((allowance) => {
    // Left out, as here, a rate is as high as it may be.
    const narrowing = { ...UNRESTRICTED, rateLimit: highestRate(allowance.limits.maxRatePerMinute) };
    return { allowance, objections: judge({ ...token, narrowing }, allowance, around) };
  });
  const free = judged.find(({ objections }) => objections.length === 0);
  const nearest = free?.allowance ?? allowed.value[0];
  const set = nearest === undefined ? [] : [...rulesOf(nearest, false), ...(issuing ? [] : rotation(holder, rules))];
  if (free !== undefined) return { allowed: true, by: sourceWords(free.allowance.source), against: [], rules: set };
  const against = judged.flatMap(({ objections }) =>
    objections.map(({ error }) => ({ field: error.path, sentence: error.message, source: error.source ?? null })),
  );
  return { allowed: false, by: null, against, rules: set };
}

function using(wish: Simulated, holder: Holder, rules: World, now: number): Omit<Simulation, "tier"> {
  const { application, access } = wish;
  const allowance = ownAllowance(holder, tierOf(holder, rules.policies), rules);
  const set = allowance === null ? [] : rulesOf(allowance, true);
  const refused = (field: string, sentence: string, source: LimitSource | null = null) => ({
    ...{ allowed: false, by: null, rules: set },
    against: [{ field, sentence, source }],
  });
  const ranges = { name: "this token", grant: { by: "tier" as const }, waiver: null, ipRanges: [] };
  const effective = effectiveAccess({ ...ranges, applications: [application], access }, holder, rules, now);
  const [way] = effective.ways;
  if (!effective.use) {
    const tier = effective.tier?.policy.name;
    return refused(
      "use",
      tier === undefined ? "No tier lets their tokens be used." : `Tier ${tier} does not let tokens be used.`,
    );
  }
  if (way === undefined) return refused("use", "Their tier says nothing about tokens of their own.");
  const address = wish.address === null ? undefined : parseAddress(wish.address);
  const there = waysTo(effective.ways, application);
  const here = address === undefined ? there : waysFrom(there, address);
  const may = accessOf(here);
  if (may !== null && (access === "read" || may === "write")) {
    return { allowed: true, by: `tier ${effective.tier?.policy.name ?? ""}`, against: [], rules: set };
  }
  const field = there.length === 0 ? "application" : here.length === 0 ? "address" : "access";
  const asked =
    field === "application" ? { application } : field === "address" ? { address: address ?? null } : { access };
  const source = refusingBound(way, asked)?.source ?? null;
  return refused(field, `The ${field} is refused${source === null ? "" : `: ${sourceWords(source)}`}.`, source);
}

/**
 * What the rules say to somebody's wish, by the same functions that make tokens and verify them.
 * @param now epoch milliseconds
 */
export function simulate(wish: Simulated, holder: Holder, rules: World, now: number): Simulation {
  const tier = tierOf(holder, rules.policies)?.policy.name ?? null;
  const said = wish.action === "use" ? using(wish, holder, rules, now) : making(wish, holder, rules, now);
  return { ...said, tier };
}
