import { ABSOLUTE_MS } from "#lib/sessions/session";
import type { KeyPurpose } from "./key";

/** How long an assertion lives: so long somebody who caught one can use it, at that one address. */
export const ASSERTION_MS = 60_000;

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;

/** As long as a verifier may go by facts that nobody confirmed: CONFIRMATION_BOUND_SECONDS at most. */
const MOST_BOUND_MS = MINUTE_MS;

/** How long others may keep the list of public keys; shorter than a key is published before it signs. */
export const JWKS_KEPT_MS = 5 * MINUTE_MS;

/**
 * How long a key is there as *next* before it may be the active one, so that whoever opens what it makes has it by then:
 * our own processes, which read their keys every ten seconds, and of assertions everybody who keeps our public keys.
 */
export const KNOWN_BEFORE_MS: Readonly<Record<KeyPurpose, number>> = {
  ...{ session: 30 * SECOND_MS, vault: 30 * SECOND_MS, audit: 30 * SECOND_MS, mail: 30 * SECOND_MS },
  assertion: 15 * MINUTE_MS,
};

/** How long a retired key still opens what it made: as long as that lives; null = for ever. */
const OPENS_FOR_MS: Readonly<Record<KeyPurpose, number | null>> = {
  session: ABSOLUTE_MS,
  // A verifier that is cut off signs with it until the greatest bound; one minute more, for clocks that differ.
  assertion: MOST_BOUND_MS + ASSERTION_MS + MINUTE_MS,
  vault: null,
  audit: null,
  mail: null,
};

/**
 * Whether a key still opens what it made.
 * @param retiredAt epoch milliseconds; null while it is not
 * @param now epoch milliseconds
 */
export function stillOpens(purpose: KeyPurpose, retiredAt: number | null, now: number): boolean {
  const forMs = OPENS_FOR_MS[purpose];
  return retiredAt === null || forMs === null || now - retiredAt < forMs;
}

/**
 * Until when a retired key opens what it made.
 * @param retiredAt epoch milliseconds
 * @returns epoch milliseconds; null = for ever
 */
export function opensUntil(purpose: KeyPurpose, retiredAt: number): number | null {
  const forMs = OPENS_FOR_MS[purpose];
  return forMs === null ? null : retiredAt + forMs;
}

/** How long from now a key must still be known before it signs; 0 or less when it may. */
export function tooNewForMs(purpose: KeyPurpose, createdAt: number, now: number): number {
  return createdAt + KNOWN_BEFORE_MS[purpose] - now;
}
