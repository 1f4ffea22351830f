import { defineEvents, event } from "#lib/audit/define";
import { quoted, text, when } from "#lib/audit/words";
import type { FactorKind } from "./factor";

type Kept = { readonly id: string; readonly kind: FactorKind; readonly name: string };
type Added = Kept & { readonly recoveryCodesMade: boolean; readonly endedSessions: number };
type Had = { readonly factors: readonly Omit<Kept, "id">[] };

const named = (name: unknown) => when(text(name), (words) => `: ${quoted(words)}`);

/** What can happen to second factors and recovery codes; they are their person's. */
export const FACTOR_EVENTS = defineEvents("user", {
  "user.factor-begun": event<null, Omit<Kept, "name">>(
    ({ subject }) => `began to set up an authenticator app for ${subject}`,
  ),
  "user.factor-added": event<null, Added>(
    ({ subject, after }) => `gave ${subject} a second factor${named(after?.name)}`,
  ),
  "user.factor-removed": event<Kept, { readonly left: number }>(
    ({ subject, before }) => `removed a second factor of ${subject}${named(before?.name)}`,
  ),
  "user.factors-reset": event<Had, { readonly endedSessions: number }>(
    ({ subject }) => `removed every second factor of ${subject} and ended their sessions`,
  ),
  "user.recovery-codes-made": event<null, { readonly made: number }>(
    ({ subject }) => `made new recovery codes for ${subject}`,
  ),
  "user.recovery-code-used": event<null, { readonly left: number }>(
    ({ subject, after }) => `used a recovery code of ${subject}${when(text(after?.left), (left) => `; ${left} left`)}`,
  ),
});
