import { ok, type Result, refuse } from "#lib/errors/error";
import type { Network } from "#lib/networks/network";
import type { Allowance } from "#lib/policies/allowance";
import { latestEnd } from "../making/expiry";
import { judgeApproval, judgeForm } from "../making/judge-making";
import { refusalOf } from "../making/objection";
import type { Wish } from "../making/wish";
import { DAY_MS, type Dated, statusOf } from "../status";
import type { Token } from "../token";

/** How long the old secret keeps working beside the new one. */
export const OVERLAPS = ["now", "15m", "1h", "24h", "7d", "first-use"] as const;

export type Overlap = (typeof OVERLAPS)[number];

const MINUTE_MS = 60_000;
const LASTS_MS: Readonly<Record<Overlap, number>> = {
  now: 0,
  "15m": 15 * MINUTE_MS,
  "1h": 60 * MINUTE_MS,
  "24h": DAY_MS,
  "7d": 7 * DAY_MS,
  "first-use": 7 * DAY_MS,
};

/** When a superseded secret stops: never past its own expiry; *first use* of the new one may only come earlier. */
export function overlapEnd(
  overlap: Overlap,
  now: number,
  expiresAt: number | null,
): { endsAt: number; untilFirstUse: boolean } {
  const endsAt = now + LASTS_MS[overlap];
  return { endsAt: expiresAt === null ? endsAt : Math.min(endsAt, expiresAt), untilFirstUse: overlap === "first-use" };
}

/** Whether a token can be rotated at all, by what has happened to it. */
export function isRotatable(token: Dated, owner: { readonly deactivatedAt: number | null }, now: number): Result<void> {
  switch (statusOf(token, owner, now)) {
    case "active":
    case "expiring":
      return ok(undefined);
    case "rotating":
      return refuse("stale", "It has been rotated already. Rotate its successor.");
    case "suspended":
      return refuse("forbidden", "It is suspended. Resume it first.");
    case "orphaned":
      return refuse("forbidden", "Its owner is deactivated.");
    case "pending":
      return refuse("forbidden", "It has no secret yet that could be replaced.");
    case "revoked":
    case "denied":
    case "expired":
      return token.supersededAt === null || token.revokedAt !== null
        ? refuse("ended", "It has ended. Create a new one.")
        : refuse("stale", "It has been rotated already. Rotate its successor.");
  }
}

type Rotated = Pick<Token, "grant" | "expiresAt" | "secretBornAt" | "createdAt">;

/**
 * When the successor ends. An own token takes a new term as long as its last one, within today's limit; an issued one
 * keeps its date, and so does one that rotates itself: that never extends.
 * @param self whether the token itself asks
 */
export function successorExpiry(
  token: Rotated,
  { limits }: Pick<Allowance, "limits">,
  now: number,
  self = false,
): number | null {
  const { expiresAt } = token;
  if (token.grant.by === "delegation") return expiresAt;
  const latest = latestEnd(now, limits);
  const term = expiresAt === null ? null : now + expiresAt - (token.secretBornAt ?? token.createdAt);
  const renewed = term === null ? latest : latest === null ? term : Math.min(term, latest);
  return self && expiresAt !== null ? Math.min(expiresAt, renewed ?? expiresAt) : renewed;
}

/**
 * What speaks against the successor. A rotation renews a term, so what is asked of a token when it is made is asked
 * again; how far it reaches is judged live at every verification anyway, and its place in the quota it has.
 */
export function judgeSuccessor(
  wish: Wish,
  allowance: Allowance,
  networks: ReadonlyMap<string, Network>,
  now: number,
): Result<void> {
  // An issued token was approved when it was made and keeps its date; an own one takes a new term.
  const approval = allowance.grant.by === "tier" ? judgeApproval(wish, allowance, { bornAt: now, networks }) : [];
  return refusalOf([...judgeForm(wish, allowance, { networks }), ...approval]) ?? ok(undefined);
}
