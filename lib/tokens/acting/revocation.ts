/** Why a token was revoked (after the reason codes of RFC 5280 §5.3.1). */
export const REVOCATION_REASONS = [
  "key_compromise",
  "superseded",
  "affiliation_changed",
  "no_longer_needed",
  "privilege_withdrawn",
  "policy",
  "unused",
] as const;

export type RevocationReason = (typeof REVOCATION_REASONS)[number];
