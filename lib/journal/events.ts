import { defineEvents, event } from "#lib/audit/define";
import { text, when } from "#lib/audit/words";
import type { Cause } from "./standing";

type Between = { readonly url: string };
type Quarantine = { readonly cause: Cause; readonly url: string };
/** Names of histories: that of the database, and the last one that a journal knew, which holds no more. */
type Histories = { readonly own: string; readonly journal: string | null };

/** What can happen to an installation that is not, or may not be, where it was. */
export const JOURNAL_EVENTS = defineEvents("installation", {
  "installation.quarantined": event<Between, Quarantine & { readonly histories: Histories }>(({ before, after }) =>
    text(after?.cause) === "elsewhere"
      ? `put this installation into quarantine: its database belongs to another address${when(text(before?.url), (url) => `, ${url}`)}`
      : "put this installation into quarantine: its database is older than the journal of ends, or than what a verifier knew",
  ),
  "installation.quarantine-ended": event<Quarantine, Between & { readonly histories: Histories }>(
    ({ after }) => `ended the quarantine: this database holds${when(text(after?.url), (url) => ` at ${url}`)}`,
  ),
  "installation.moved": event<Between, Between>(
    ({ after }) => `moved this installation${when(text(after?.url), (url) => ` to ${url}`)}`,
  ),
});
