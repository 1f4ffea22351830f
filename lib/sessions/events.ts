import { defineEvents, event } from "#lib/audit/define";
import { text, when } from "#lib/audit/words";

type Ended = { readonly session: string; readonly address: string };

/** What users do with their sessions. */
export const SESSION_EVENTS = defineEvents("user", {
  "user.signed-in": event<null, { readonly address: string }>(
    ({ subject, after }) => `signed in as ${subject}${when(text(after?.address), (from) => ` from ${from}`)}`,
  ),
  "user.signed-out": event<Ended, null>(
    ({ before }) => `ended a session${when(text(before?.address), (from) => ` from ${from}`)}`,
  ),
  "user.confirmed": event<null, { readonly session: string }>(() => "confirmed with their password that it is them"),
});
