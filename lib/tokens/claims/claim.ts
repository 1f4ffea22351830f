import { randomBytes } from "node:crypto";
import type { Viewer } from "#lib/access/viewer";
import { makerOf } from "#lib/delegations/power";
import { ok, type Result, refuse } from "#lib/errors/error";
import { issueAllowance } from "#lib/policies/allowance";
import { limitsFor, notBelow } from "#lib/policies/limits-for";
import type { Rules } from "#lib/policies/rules";
import { tierOf } from "#lib/policies/tier";
import type { Holder } from "#lib/users/user";
import { latestEnd } from "../making/expiry";
import { mayMake } from "../making/may-make";
import { loweredRate } from "../restrictions/narrower";
import type { RateLimit } from "../restrictions/restrictions";
import { applicationsOf, datedOf, restrictionsOfRow, type TokenRow } from "../row";
import { DAY_MS, type Status, statusOf } from "../status";

/** How long a claim link works, unless its token ends earlier. */
export const CLAIM_DAYS = 7;

/** 192 random bits; goes into the link's fragment, which browsers never send. It has nothing of a secret's form. */
export const newClaimCode = (): string => randomBytes(24).toString("base64url");

/** When a link made now stops working: never after the token's own end. Epoch milliseconds. */
export function linkEnd(now: number, tokenEndsAt: number | null): number {
  const end = now + CLAIM_DAYS * DAY_MS;
  return tokenEndsAt === null ? end : Math.min(end, tokenEndsAt);
}

/** A link, as far as opening it goes. Times in epoch milliseconds. */
export type Claim = {
  readonly expiresAt: number;
  readonly used: { readonly at: number; readonly by: string } | null;
  readonly voided: { readonly why: string } | null;
};

/** A pending token, whose it is, and by what rules. */
export type PendingSubject = { readonly row: TokenRow; readonly owner: Holder; readonly rules: Rules };

const AGAIN = "Ask whoever sent it to you for a new one.";

/** Why a token that is not pending gets no secret by a link. */
const NOT_PENDING: Readonly<Record<Exclude<Status, "pending">, string>> = {
  revoked: "The token has been revoked; this link opens nothing any more.",
  denied: "The token was denied; this link opens nothing any more.",
  expired: "The token has reached its end before anybody opened the link. Ask for another token.",
  orphaned: "The owner of the token is deactivated.",
  suspended: "The token is suspended. Once it is resumed, the link works again.",
  rotating: "The token has its secret already.",
  expiring: "The token has its secret already.",
  active: "The token has its secret already.",
};

function isPending({ row, owner }: Pick<PendingSubject, "row" | "owner">, now: number): Result<undefined> {
  const status = statusOf(datedOf(row), owner, now);
  if (status === "pending") return ok(undefined);
  return refuse(status === "suspended" || status === "orphaned" ? "forbidden" : "ended", NOT_PENDING[status]);
}

function worksStill({ used, voided, expiresAt }: Claim, now: number): Result<undefined> {
  if (used !== null) {
    const when = `${new Date(used.at).toISOString().slice(0, 16).replace("T", " ")} UTC`;
    return refuse(
      "ended",
      `This link was opened already, by ${used.by} on ${when}, and the secret was shown then. If that was not you, revoke the token.`,
    );
  }
  if (voided !== null) return refuse("ended", `This link was made void: ${voided.why}. ${AGAIN}`);
  return now < expiresAt ? ok(undefined) : refuse("ended", `This link has expired. ${AGAIN}`);
}

/** What of a token is settled when its secret is made. `expiresAt` epoch milliseconds, null = never. */
export type Settled = { readonly expiresAt: number | null; readonly rateLimit: RateLimit | null };

/**
 * Whether a link gives its token a secret now, and when that will end. The lifetime counts from the secret's birth, so
 * the end that was chosen stays unless the delegation's longest lifetime of today, from now on, comes earlier; and so
 * does the rate, unless the highest of today is lower.
 * @param now epoch milliseconds: the birth of the secret
 * @returns `ended` with what happened to the link, `forbidden`, `not_granted`
 */
export function planClaim(viewer: Viewer, claim: Claim, subject: PendingSubject, now: number): Result<Settled> {
  // As with rotating: a maintainer gets no new secret of an account with a role above their own.
  const rank = notBelow(makerOf(viewer), subject.owner);
  if (!rank.ok) return rank;
  const works = worksStill(claim, now);
  if (!works.ok) return works;
  const pending = isPending(subject, now);
  if (!pending.ok) return pending;
  const { row, owner, rules } = subject;
  const delegation = row.delegationId === null ? undefined : rules.delegations.get(row.delegationId);
  if (delegation === undefined) {
    return refuse("not_granted", "The delegation that this token was issued under is gone. Ask for another token.");
  }
  if (!tierOf(owner, rules.policies)?.policy.use) {
    return refuse("not_granted", `The token would not work: no tier of ${owner.username} lets tokens be used.`);
  }
  const { limits } = issueAllowance(delegation, owner, rules);
  const narrowing = restrictionsOfRow(row);
  if (!narrowing.ok) return narrowing;
  const latest = latestEnd(now, limits);
  const chosen = row.expiresAt?.getTime() ?? null;
  return ok({
    expiresAt: latest === null || (chosen !== null && chosen <= latest) ? chosen : latest,
    rateLimit: loweredRate(narrowing.value.rateLimit, limits.maxRatePerMinute),
  });
}

/**
 * Whether somebody may make a new link for a token: who could issue it now, under the same delegation. As with issuing
 * and rotating, a script gets no link for a token that is wider than its own.
 * @param now epoch milliseconds
 * @returns `ended`, `forbidden`, `limit_exceeded`, `not_granted`
 */
export function permitsLink(viewer: Viewer, subject: PendingSubject, now: number): Result<undefined> {
  const { row, owner, rules } = subject;
  const allowed = limitsFor(makerOf(viewer), owner, "issue", rules);
  if (!allowed.ok) return allowed;
  const same = allowed.value.some(({ grant }) => grant.by === "delegation" && grant.delegationId === row.delegationId);
  if (!same) return refuse("not_granted", "No delegation of yours covers the one this token was made under.");
  const pending = isPending(subject, now);
  if (!pending.ok) return pending;
  const read = restrictionsOfRow(row);
  if (!read.ok) return read;
  const { access, ipRanges } = row;
  const expiresAt = row.expiresAt?.getTime() ?? null;
  const reach = { applications: applicationsOf(row), access, ipRanges, expiresAt, narrowing: read.value };
  const may = mayMake(viewer, owner.id, reach, rules.networks, now);
  return may.ok ? ok(undefined) : may;
}
