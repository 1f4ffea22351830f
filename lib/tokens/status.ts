import type { Token } from "./token";

/** In the order in which they are judged: the first that holds is the status. */
export const STATUSES = [
  "revoked",
  "denied",
  "expired",
  "orphaned",
  "suspended",
  "pending",
  "rotating",
  "expiring",
  "active",
] as const;

export type Status = (typeof STATUSES)[number];

export const DAY_MS = 86_400_000;
/** From how many days before its end on a token is expiring. */
export const EXPIRING_DAYS = 14;

/** The dated facts from which the status follows. */
export type Dated = Pick<
  Token,
  "revokedAt" | "deniedAt" | "expiresAt" | "suspendedAt" | "secretBornAt" | "supersededAt" | "overlapEndsAt"
>;

/** Whether a superseded secret's overlap is over: from then on it is revoked. Without an end there was no overlap. */
function overlapIsOver({ supersededAt, overlapEndsAt }: Dated, now: number): boolean {
  return supersededAt !== null && now >= (overlapEndsAt ?? supersededAt);
}

/**
 * The status of a token, derived from its dated facts and never stored.
 * @param owner `deactivatedAt` is null while the owner is active
 * @param now epoch milliseconds; every end is exclusive: at its very instant it has come
 */
export function statusOf(token: Dated, owner: { readonly deactivatedAt: number | null }, now: number): Status {
  const { expiresAt } = token;
  if (token.revokedAt !== null || overlapIsOver(token, now)) return "revoked";
  if (token.deniedAt !== null) return "denied";
  if (expiresAt !== null && now >= expiresAt) return "expired";
  if (owner.deactivatedAt !== null) return "orphaned";
  if (token.suspendedAt !== null) return "suspended";
  if (token.secretBornAt === null) return "pending";
  if (token.supersededAt !== null) return "rotating";
  if (expiresAt !== null && expiresAt - now <= EXPIRING_DAYS * DAY_MS) return "expiring";
  return "active";
}

/** Whether a token has ended for good: it counts against no quota and cannot be changed any more. */
export function hasEnded(token: Dated, now: number): boolean {
  const status = statusOf(token, { deactivatedAt: null }, now);
  return status === "revoked" || status === "denied" || status === "expired";
}
