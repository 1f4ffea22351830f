import { defineEvents, event } from "#lib/audit/define";
import { text, when, wordFor } from "#lib/audit/words";
import type { FactorKind } from "#lib/factors/factor";

type Ended = { readonly session: string; readonly address: string };
/** What was shown besides, or instead of, the password. */
type ShownFactor = FactorKind | "recovery" | "provider";

const PROOFS = { totp: "a code of their app", passkey: "passkey", recovery: "a recovery code" };

/** What users do with their sessions. */
export const SESSION_EVENTS = defineEvents("user", {
  "user.signed-in": event<null, { readonly address: string; readonly secondFactor: ShownFactor | null }>(
    ({ subject, after }) => `signed in as ${subject}${when(text(after?.address), (from) => ` from ${from}`)}`,
  ),
  "user.signed-out": event<Ended, null>(
    ({ before }) => `ended a session${when(text(before?.address), (from) => ` from ${from}`)}`,
  ),
  "user.sessions-ended": event<null, { readonly endedSessions: number }>(
    ({ subject, after }) => `ended sessions of ${subject}: ${text(after?.endedSessions) || "all"}`,
  ),
  "user.session-ended": event<Ended, null>(
    ({ subject, before }) => `ended a session of ${subject}${when(text(before?.address), (from) => ` from ${from}`)}`,
  ),
  "user.confirmed": event<null, { readonly session: string; readonly by: ShownFactor | "password" }>(
    ({ after }) => `confirmed by ${wordFor(PROOFS, text(after?.by), "password")} that it is them`,
  ),
});
