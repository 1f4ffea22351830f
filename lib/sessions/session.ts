/** A session of the portal. Times are epoch milliseconds. */
export type Session = {
  readonly id: string;
  readonly userId: string;
  readonly createdAt: number;
  readonly seenAt: number;
  readonly endedAt: number | null;
};

/** OWASP ASVS 7.3: an idle end and an absolute one. */
export const IDLE_MS = 30 * 60_000;
export const ABSOLUTE_MS = 12 * 3600_000;
/** `seenAt` is written at most this often: reading pages must not write a row each. */
export const SEEN_EVERY_MS = 60_000;

/** Whether the session still stands. A clock that went back ends nothing, and lengthens nothing beyond the absolute end. */
export function stands(session: Session, now: number): boolean {
  return session.endedAt === null && now - session.seenAt < IDLE_MS && now - session.createdAt < ABSOLUTE_MS;
}

/** A session of somebody, as administrators and auditors see it. Times are ISO 8601. */
export type SessionOfView = {
  readonly id: string;
  readonly createdAt: string;
  readonly seenAt: string;
  readonly address: string;
  readonly userAgent: string;
};
