import type { Actor, Viewer } from "#lib/access/viewer";
import type { Application } from "#lib/applications/application";
import { type Maker, makerOf } from "#lib/delegations/power";
import { ok, type Result, refuse } from "#lib/errors/error";
import type { Allowance, Counted } from "#lib/policies/allowance";
import { limitsFor } from "#lib/policies/limits-for";
import type { Rules } from "#lib/policies/rules";
import type { Holder } from "#lib/users/user";
import { highestRate } from "../restrictions/narrower";
import { restrictionsOf } from "../restrictions/restrictions";
import type { TokenWished } from "../schema";
import { expiryOf } from "./expiry";
import { judge } from "./judge";
import { mayMake } from "./may-make";
import { refusalOf } from "./objection";
import type { Wish } from "./wish";

/** For whom a token is to be made, by what rules, and how many there are already. */
export type MakingSubject = {
  readonly viewer: Viewer;
  readonly owner: Holder;
  readonly rules: Rules & { readonly applications: readonly Pick<Application, "key">[] };
  readonly active: Readonly<Record<Counted, number>>;
};

/** What will be made, and under what. */
export type Plan = { readonly wish: Wish; readonly allowance: Allowance };

type Input = TokenWished & { readonly override: boolean };

/** Left out, the end is the default lifetime; and what a token makes never outlives it. */
function endOf(actor: Actor, { expiresAt }: Input, { limits }: Allowance, now: number): number | null {
  const end = expiryOf(expiresAt, now, limits);
  const own = actor.kind === "token" && expiresAt === undefined ? actor.expiresAt : null;
  return own === null ? end : Math.min(own, end ?? own);
}

function planUnder(
  allowance: Allowance,
  input: Input,
  { viewer, owner, rules, active }: MakingSubject,
  now: number,
): Result<Plan> {
  const { description, contact, applications, access, ipRanges, rateLimit } = input;
  const wish: Wish = {
    description,
    contact,
    applications,
    access,
    ipRanges,
    expiresAt: endOf(viewer, input, allowance, now),
    narrowing: {
      ...restrictionsOf({ ...input, rateLimit: null }),
      // Left out, it is as high as it may be.
      rateLimit: rateLimit === undefined ? highestRate(allowance.limits.maxRatePerMinute) : rateLimit,
    },
  };
  const known = new Set(rules.applications.map(({ key }) => key));
  const circumstances = { now, bornAt: now, networks: rules.networks, applications: known, active };
  const refused = refusalOf(judge(wish, allowance, circumstances, input.override));
  if (refused !== null) return refused;
  const may = mayMake(viewer, owner.id, wish, rules.networks, now);
  return may.ok ? ok({ wish, allowance }) : may;
}

/** A token of one's own, under one's tier of today. @param now epoch milliseconds */
export function planOwn(input: Input, subject: MakingSubject, now: number): Result<Plan> {
  const allowed = limitsFor(makerOf(subject.viewer), subject.owner, "own", subject.rules, input.override);
  if (!allowed.ok) return allowed;
  const [allowance] = allowed.value;
  return allowance === undefined
    ? refuse("not_granted", "Nothing allows this token.")
    : planUnder(allowance, input, subject, now);
}

/**
 * Whether somebody else than its holder may be shown a new secret: the operator; and for service accounts the issuer,
 * where the delegation says so. Everybody else's comes by claim link.
 */
export const mayBeShown = (maker: Maker, { showSecret }: Pick<Allowance, "showSecret">): boolean =>
  maker === "operator" || showSecret;

/** What will be issued, and whether the issuer sees the secret at once or makes a claim link. */
export type IssuePlan = Plan & { readonly shown: boolean };

/** A token for somebody else, under the one delegation that is named. @param now epoch milliseconds */
export function planIssue(
  input: Input & { readonly delegation: string },
  subject: MakingSubject,
  now: number,
): Result<IssuePlan> {
  const { viewer, owner, rules } = subject;
  const maker = makerOf(viewer);
  const allowed = limitsFor(maker, owner, "issue", rules, input.override);
  if (!allowed.ok) return allowed;
  const allowance = allowed.value.find(({ source }) => source.name === input.delegation);
  if (allowance === undefined) {
    const names = allowed.value.map(({ source }) => source.name).join(", ");
    const message = `No delegation ${input.delegation} lets you issue for ${owner.username}; these do: ${names}.`;
    return refuse("not_granted", message, [{ path: "delegation", message }]);
  }
  const plan = planUnder(allowance, input, subject, now);
  return plan.ok ? ok({ ...plan.value, shown: mayBeShown(maker, allowance) }) : plan;
}
