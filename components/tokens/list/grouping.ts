import type { TokenView } from "#lib/tokens/view";

type Facts = Pick<TokenView, "status" | "expiresAt" | "overlapEndsAt" | "lastUsedAt" | "createdAt" | "revocation">;

export type Groups<T> = {
  readonly attention: readonly T[];
  readonly inUse: readonly T[];
  readonly ended: readonly T[];
};

const ENDED = new Set<TokenView["status"]>(["revoked", "denied", "expired"]);
const ATTENTION = new Set<TokenView["status"]>(["expiring", "suspended", "rotating", "orphaned"]);

export const hasEnded = ({ status }: Pick<TokenView, "status">): boolean => ENDED.has(status);

const time = (iso: string | null | undefined): number | null => (iso ? Date.parse(iso) : null);

/** When something happens to it by itself; what is merely suspended can wait. */
const deadline = (token: Facts): number =>
  time(token.overlapEndsAt) ?? time(token.expiresAt) ?? Number.POSITIVE_INFINITY;

const usedOrMade = (token: Facts): number => time(token.lastUsedAt) ?? time(token.createdAt) ?? 0;

const endedAt = (token: Facts): number => time(token.revocation?.at) ?? time(token.expiresAt) ?? 0;

/**
 * My tokens in the order in which they matter: first what needs a person, the soonest first; then what is in use, the
 * latest used first; then what has ended, the latest first.
 */
export function groupTokens<T extends Facts>(tokens: readonly T[]): Groups<T> {
  const pick = (wanted: (token: T) => boolean, order: (a: T, b: T) => number) => tokens.filter(wanted).sort(order);
  return {
    attention: pick(
      (token) => ATTENTION.has(token.status),
      (a, b) => compare(deadline(a), deadline(b)),
    ),
    inUse: pick(
      (token) => !ATTENTION.has(token.status) && !hasEnded(token),
      (a, b) => compare(usedOrMade(b), usedOrMade(a)),
    ),
    ended: pick(hasEnded, (a, b) => compare(endedAt(b), endedAt(a))),
  };
}

/** Subtracting would give NaN for two infinities. */
const compare = (a: number, b: number): number => (a === b ? 0 : a < b ? -1 : 1);
