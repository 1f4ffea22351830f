import type { TokenView } from "#lib/tokens/view";
import { DAY_MS } from "../../ui/time-words";

type Facts = Pick<
  TokenView,
  | "status"
  | "expiresAt"
  | "overlapEndsAt"
  | "lastUsedAt"
  | "lastRefusal"
  | "createdAt"
  | "revocation"
  | "claim"
  | "restrictionsUnreadable"
>;

export type Groups<T> = {
  readonly attention: readonly T[];
  readonly inUse: readonly T[];
  readonly ended: readonly T[];
};

const ENDED = new Set<TokenView["status"]>(["revoked", "denied", "expired"]);
const ATTENTION = new Set<TokenView["status"]>(["expiring", "suspended", "pending", "rotating", "orphaned"]);

export const hasEnded = ({ status }: Pick<TokenView, "status">): boolean => ENDED.has(status);

/** Refused in the last day, and not let through since. @param now epoch milliseconds */
export function refusedLately(
  { lastRefusal, lastUsedAt }: Pick<Facts, "lastRefusal" | "lastUsedAt">,
  now: number,
): boolean {
  const at = time(lastRefusal?.at);
  return at !== null && now - at < DAY_MS && at > (time(lastUsedAt) ?? 0);
}

const LEAK_TOLD_DAYS = 7;

/** Whether somebody reported its secret in the last week. @param now epoch milliseconds */
export function leakedLately({ leakReportedAt }: Pick<TokenView, "leakReportedAt">, now: number): boolean {
  const at = time(leakReportedAt);
  return at !== null && now - at < LEAK_TOLD_DAYS * DAY_MS;
}

const time = (iso: string | null | undefined): number | null => (iso ? Date.parse(iso) : null);

/** When something happens to it by itself; what is merely suspended can wait. */
const deadline = (token: Facts): number =>
  ATTENTION.has(token.status)
    ? (time(token.overlapEndsAt) ?? time(token.claim?.expiresAt) ?? time(token.expiresAt) ?? Number.POSITIVE_INFINITY)
    : Number.POSITIVE_INFINITY;

const usedOrMade = (token: Facts): number => time(token.lastUsedAt) ?? time(token.createdAt) ?? 0;

const endedAt = (token: Facts): number => time(token.revocation?.at) ?? time(token.expiresAt) ?? 0;

/**
 * My tokens in the order in which they matter: first what needs a person, the soonest first; then what is in use, the
 * latest used first; then what has ended, the latest first.
 * @param now epoch milliseconds
 */
export function groupTokens<T extends Facts>(tokens: readonly T[], now: number): Groups<T> {
  const needs = (token: T) =>
    ATTENTION.has(token.status) || (!hasEnded(token) && (token.restrictionsUnreadable || refusedLately(token, now)));
  const pick = (wanted: (token: T) => boolean, order: (a: T, b: T) => number) => tokens.filter(wanted).sort(order);
  return {
    attention: pick(needs, (a, b) => compare(deadline(a), deadline(b))),
    inUse: pick(
      (token) => !needs(token) && !hasEnded(token),
      (a, b) => compare(usedOrMade(b), usedOrMade(a)),
    ),
    ended: pick(hasEnded, (a, b) => compare(endedAt(b), endedAt(a))),
  };
}

/** Subtracting would give NaN for two infinities. */
const compare = (a: number, b: number): number => (a === b ? 0 : a < b ? -1 : 1);
