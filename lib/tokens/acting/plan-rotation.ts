import type { Viewer } from "#lib/access/viewer";
import { type Maker, makerOf } from "#lib/delegations/power";
import { ok, type Result, refuse, tooSoon } from "#lib/errors/error";
import { type Allowance, issueAllowance } from "#lib/policies/allowance";
import { limitsFor, notBelow } from "#lib/policies/limits-for";
import type { Rules } from "#lib/policies/rules";
import { tierOf } from "#lib/policies/tier";
import type { Holder } from "#lib/users/user";
import { mayMake } from "../making/may-make";
import { mayBeShown } from "../making/plan";
import type { Wish } from "../making/wish";
import { loweredRate } from "../restrictions/narrower";
import { applicationsOf, datedOf, restrictionsOfRow, type TokenRow } from "../row";
import { isRotatable, judgeSuccessor, successorExpiry } from "./rotation";
import type { Standing } from "./standing";

/** A token that is to be replaced, by what rules, and how whoever does it stands to it. */
export type RotationSubject = {
  readonly viewer: Viewer;
  readonly row: TokenRow;
  readonly owner: Holder;
  readonly standing: Standing;
  readonly rules: Rules;
};

const GONE = "Its delegation is gone, so it cannot be renewed. Ask for a new token.";

/** What a rotation is judged by, whoever asks for it. */
type Replaced = Pick<RotationSubject, "row" | "owner" | "rules">;

/** Holders rotate while their tier lets them create: losing that stops rotating too. */
function allowedToHolder({ row, owner, rules }: Replaced): Result<Allowance> {
  const self: Maker = { userId: owner.id, role: owner.role, groupIds: owner.groupIds };
  const own = limitsFor(self, owner, "own", rules);
  if (!own.ok) return own;
  const delegation = row.delegationId === null ? null : rules.delegations.get(row.delegationId);
  if (delegation === undefined) return refuse("not_granted", GONE);
  const [allowance] = own.value;
  if (delegation !== null) return ok(issueAllowance(delegation, owner, rules));
  return allowance === undefined ? refuse("not_granted", GONE) : ok(allowance);
}

/** Others rotate what they could issue: under the delegation that the token was made under. */
function allowedToOthers({ row, owner, standing: { maker }, rules }: RotationSubject): Result<Allowance> {
  if (row.grantBy === "tier" && maker !== "operator") {
    return refuse("forbidden", "Only its owner rotates a token of their own. You may suspend or revoke it.");
  }
  const allowed = limitsFor(maker, owner, row.grantBy === "tier" ? "own" : "issue", rules);
  if (!allowed.ok) return allowed;
  const same = ({ grant }: Allowance) => grant.by === "tier" || grant.delegationId === row.delegationId;
  const allowance = allowed.value.find(same);
  if (allowance === undefined)
    return refuse("not_granted", "No delegation of yours covers the one this token was made under.");
  if (mayBeShown(maker, allowance)) return ok(allowance);
  const who = owner.kind === "person" ? owner.username : "one of its maintainers";
  return refuse("forbidden", `Its new secret is not for you to see: ${who} rotates it. Or issue another one by link.`);
}

const isItself = ({ viewer, row }: RotationSubject): boolean => viewer.kind === "token" && viewer.tokenId === row.id;

/** A token may rotate itself where its owner's tier says so. */
function mayRotateItself({ owner, rules }: Replaced): Result<void> {
  const tier = tierOf(owner, rules.policies);
  if (tier?.policy.selfRotate) return ok(undefined);
  return refuse("not_granted", "Its owner's tier does not let a token rotate itself. Rotate it in the portal.");
}

/** A secret that was made just now is not replaced again by itself: a script in a loop must not fill the log. */
const SECRET_RESTS_MS = 60_000;

function rested({ secretBornAt }: TokenRow, now: number): Result<void> {
  const restsMs = (secretBornAt?.getTime() ?? now) + SECRET_RESTS_MS - now;
  if (restsMs <= 0) return ok(undefined);
  const seconds = Math.ceil(restsMs / 1000);
  return tooSoon(seconds, `Its secret is not a minute old. Rotate it again in ${seconds} s.`);
}

/** What the successor will be under one allowance. @param self whether the token itself asks */
function successorUnder(
  { row, owner, rules }: Replaced,
  allowance: Allowance,
  self: boolean,
  now: number,
): Result<Wish> {
  const dated = datedOf(row);
  const possible = isRotatable(dated, owner, now);
  if (!possible.ok) return possible;
  const grant =
    row.delegationId === null ? { by: "tier" as const } : { by: "delegation" as const, delegationId: row.delegationId };
  const narrowing = restrictionsOfRow(row);
  if (!narrowing.ok) return narrowing;
  const wish: Wish = {
    description: row.description,
    contact: row.contact,
    applications: applicationsOf(row),
    access: row.access,
    ipRanges: row.ipRanges,
    expiresAt: successorExpiry({ ...dated, grant }, allowance, now, self),
    narrowing: {
      ...narrowing.value,
      rateLimit: loweredRate(narrowing.value.rateLimit, allowance.limits.maxRatePerMinute),
    },
  };
  const fits = judgeSuccessor(wish, allowance, rules.networks, now);
  if (!fits.ok) return fits;
  const rests = self ? rested(row, now) : ok(undefined);
  return rests.ok ? ok(wish) : rests;
}

/** The same, as far as whoever asks may make it. */
function planUnder(subject: RotationSubject, allowance: Allowance, now: number): Result<Wish> {
  const wish = successorUnder(subject, allowance, isItself(subject), now);
  if (!wish.ok) return wish;
  const may = mayMake(subject.viewer, subject.owner.id, wish.value, subject.rules.networks, now);
  return may.ok ? wish : may;
}

/**
 * Whether a token may be rotated, and what its successor will be. Who is its holder and a delegate over it too rotates
 * it in whichever way allows it.
 * @param now epoch milliseconds
 * @returns the successor's end among what stays the same; where nothing allows it, what the holder is told
 */
export function planRotation(subject: RotationSubject, now: number): Result<Wish> {
  const rank = notBelow(makerOf(subject.viewer), subject.owner);
  if (!rank.ok) return rank;
  const itself = isItself(subject) ? mayRotateItself(subject) : ok(undefined);
  if (!itself.ok) return itself;
  const as = (allowed: Result<Allowance>) => (allowed.ok ? planUnder(subject, allowed.value, now) : allowed);
  if (!subject.standing.holder) return as(allowedToOthers(subject));
  const asHolder = as(allowedToHolder(subject));
  if (asHolder.ok) return asHolder;
  const asDelegate = as(allowedToOthers(subject));
  return asDelegate.ok ? asDelegate : asHolder;
}

/**
 * The same for a token of whatever application that comes about itself: where its owner's tier lets it, as its holder
 * would, and never for longer.
 * @param now epoch milliseconds
 */
export function planItself(subject: Replaced, now: number): Result<Wish> {
  const itself = mayRotateItself(subject);
  if (!itself.ok) return itself;
  const allowed = allowedToHolder(subject);
  if (!allowed.ok) return allowed;
  return successorUnder(subject, allowed.value, true, now);
}
