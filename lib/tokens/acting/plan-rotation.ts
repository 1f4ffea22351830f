import type { Viewer } from "#lib/access/viewer";
import { type Maker, makerOf } from "#lib/delegations/power";
import { ok, type Result, refuse } from "#lib/errors/error";
import { type Allowance, issueAllowance } from "#lib/policies/allowance";
import { limitsFor, notBelow } from "#lib/policies/limits-for";
import type { Rules } from "#lib/policies/rules";
import { tierOf } from "#lib/policies/tier";
import type { Holder } from "#lib/users/user";
import { mayMake } from "../making/may-make";
import { mayBeShown } from "../making/plan";
import type { Wish } from "../making/wish";
import { applicationsOf, datedOf, type TokenRow } from "../row";
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

/** Holders rotate while their tier lets them create: losing that stops rotating too. */
function allowedToHolder({ row, owner, rules }: RotationSubject): Result<Allowance> {
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

/** A token may rotate itself where its owner's tier says so. */
function mayRotateItself({ viewer, row, owner, rules }: RotationSubject): Result<void> {
  if (viewer.kind !== "token" || viewer.tokenId !== row.id) return ok(undefined);
  const tier = tierOf(owner, rules.policies);
  if (tier?.policy.selfRotate) return ok(undefined);
  return refuse("not_granted", "Its owner's tier does not let a token rotate itself. Rotate it in the portal.");
}

/** What the successor will be under one allowance. */
function planUnder({ viewer, row, owner, rules }: RotationSubject, allowance: Allowance, now: number): Result<Wish> {
  const dated = datedOf(row);
  const possible = isRotatable(dated, owner, now);
  if (!possible.ok) return possible;
  const grant =
    row.delegationId === null ? { by: "tier" as const } : { by: "delegation" as const, delegationId: row.delegationId };
  const self = viewer.kind === "token" && viewer.tokenId === row.id;
  const wish: Wish = {
    description: row.description,
    contact: row.contact,
    applications: applicationsOf(row),
    access: row.access,
    ipRanges: row.ipRanges,
    expiresAt: successorExpiry({ ...dated, grant }, allowance, now, self),
  };
  const fits = judgeSuccessor(wish, allowance, rules.networks, now);
  if (!fits.ok) return fits;
  const may = mayMake(viewer, owner.id, wish, rules.networks, now);
  return may.ok ? ok(wish) : may;
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
  const itself = mayRotateItself(subject);
  if (!itself.ok) return itself;
  const as = (allowed: Result<Allowance>) => (allowed.ok ? planUnder(subject, allowed.value, now) : allowed);
  if (!subject.standing.holder) return as(allowedToOthers(subject));
  const asHolder = as(allowedToHolder(subject));
  if (asHolder.ok) return asHolder;
  const asDelegate = as(allowedToOthers(subject));
  return asDelegate.ok ? asDelegate : asHolder;
}
