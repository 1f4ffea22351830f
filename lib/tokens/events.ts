import { changes } from "#lib/audit/changes";
import { defineEvents, event } from "#lib/audit/define";
import { quoted, text, when, wordFor } from "#lib/audit/words";
import type { Applications } from "#lib/policies/limits";
import type { RevocationReason } from "./acting/revocation";
import type { MadeDetail } from "./made";
import type { RateLimit } from "./restrictions/restrictions";
import type { TokenView } from "./view";

const REASONS: Readonly<Record<RevocationReason, string>> = {
  key_compromise: "its secret was exposed",
  superseded: "another one took its place",
  affiliation_changed: "its owner moved on",
  no_longer_needed: "no longer needed",
  privilege_withdrawn: "the right was withdrawn",
  policy: "a policy asked for it",
  unused: "unused",
};

type Held = { readonly by: string | null; readonly byOwner: boolean; readonly note?: string | null };
type Suspension = { readonly suspension: Held | null };
type Revocation = { readonly by: string; readonly reason: RevocationReason; readonly note: string | null };
type Claimed = { readonly owner: string; readonly hint: string | null; readonly expiresAt: string | null };
type Rotation = {
  readonly rotatedTo: string;
  readonly overlap: string;
  readonly overlapEndsAt: string;
  /** Ids of older ones whose overlap it ended. */
  readonly stopped: readonly string[];
};

/** What a change of rules writes to tokens that it would break; and why. */
type Adjusted = {
  readonly waiverUntil: string | null;
  readonly expiresAt: string | null;
  readonly access: string;
  readonly applications: Applications;
  readonly ipRanges: readonly string[];
  readonly rateLimit: RateLimit | null;
};

/** What is done to many, and in which operation. */
type Bulk = { readonly operation: string; readonly action: string };

const bulkWords = (action: string): string => (action === "change-expiry" ? "change the end of" : action || "change");

type Edited = Pick<
  TokenView,
  "name" | "description" | "contact" | "labels" | "applications" | "access" | "ipRanges" | "expiresAt"
>;

const LABELS = {
  ...{ name: "name", description: "purpose", contact: "contact", labels: "labels" },
  ...{ applications: "applications", access: "access", ipRanges: "addresses", expiresAt: "end" },
};

/** What can happen to tokens. */
export const TOKEN_EVENTS = defineEvents("token", {
  "token.created": event<null, MadeDetail>(({ subject }) => `created the token ${quoted(subject)}`),
  "token.issued": event<null, MadeDetail>(
    ({ subject, after }) =>
      `issued the token ${quoted(subject)}${when(text(after?.owner), (owner) => ` for ${owner}`)}`,
  ),
  "token.claim-made": event<null, { readonly owner: string; readonly until: string }>(
    ({ subject, after }) =>
      `made a claim link for the token ${quoted(subject)}${when(text(after?.owner), (owner) => ` of ${owner}`)}${when(text(after?.until).slice(0, 10), (until) => `, good until ${until}`)}`,
  ),
  "token.claimed": event<{ readonly expiresAt: string | null }, Claimed>(
    ({ subject }) => `opened the claim link of the token ${quoted(subject)}: its secret was made and shown`,
  ),
  "token.claim-voided": event<null, { readonly why: string }>(
    ({ subject, after }) =>
      `made the claim link of the token ${quoted(subject)} void${when(text(after?.why), (why) => `: ${why}`)}`,
  ),
  "token.edited": event<Edited, Edited>(
    ({ subject, before, after }) => `edited the token ${quoted(subject)}${changes(before, after, LABELS)}`,
  ),
  "token.suspended": event<Suspension, Suspension>(
    ({ subject, after }) =>
      `suspended the token ${quoted(subject)}${when(text(after?.suspension?.note), (note) => `: ${quoted(note)}`)}`,
  ),
  "token.resumed": event<Suspension, { readonly suspension: null }>(
    ({ subject }) => `let the token ${quoted(subject)} go on`,
  ),
  "token.rotated": event<{ readonly rotatedTo: null }, Rotation>(
    ({ subject, after }) =>
      `rotated the token ${quoted(subject)}: a new secret took its place${Array.isArray(after?.stopped) && after.stopped.length > 0 ? ", and an older one that still worked stopped" : ""}`,
  ),
  "token.revoked": event<{ readonly revocation: null }, { readonly revocation: Revocation; readonly owner: string }>(
    ({ subject, after }) =>
      `revoked the token ${quoted(subject)}${when(wordFor(REASONS, text(after?.revocation?.reason)), (why) => `: ${why}`)}`,
  ),
  "token.leak-reported": event<{ readonly revocation: null }, { readonly owner: string; readonly hint: string | null }>(
    ({ subject, after }) =>
      `ended the token ${quoted(subject)}${when(text(after?.owner), (owner) => ` of ${owner}`)} by reporting its secret: it had leaked`,
  ),
  "token.adjusted": event<Adjusted, Adjusted & { readonly because: string }>(
    ({ subject, before, after }) =>
      `${text(before?.waiverUntil) === text(after?.waiverUntil) ? `narrowed the token ${quoted(subject)}` : `gave the token ${quoted(subject)} a waiver until ${text(after?.waiverUntil).slice(0, 10)}`}${when(text(after?.because), (why) => `, because ${why}`)}`,
  ),
  "token.bulk-begun": event<null, Bulk & { readonly matched: number; readonly filter: string | null }>(
    ({ after }) => `began to ${bulkWords(text(after?.action))} ${text(after?.matched) || "some"} tokens`,
  ),
  "token.bulk-finished": event<
    null,
    Bulk & { readonly done: number; readonly refused: number; readonly why: string | null }
  >(
    ({ after }) =>
      `finished to ${bulkWords(text(after?.action))} tokens: ${text(after?.done) || "some"} done, ${text(after?.refused) || "some"} refused${when(text(after?.why), (why) => ` (${why})`)}`,
  ),
  "token.exported": event<null, { readonly filter: string }>(
    ({ after }) =>
      `took the list of tokens away as a file${when(text(after?.filter), (filter) => (filter === "{}" ? "" : `: ${filter}`))}`,
  ),
  "token.sought": event<null, { readonly found: boolean; readonly owner: string | null }>(({ subject, after }) =>
    after?.found === true
      ? `looked up a secret: it is that of ${quoted(subject)}${when(text(after.owner), (owner) => `, owned by ${owner}`)}`
      : "looked up a secret that is unknown",
  ),
  "token.usage-seen": event<null, { readonly owner: string }>(
    ({ subject, after }) =>
      `looked at how the token ${quoted(subject)}${when(text(after?.owner), (owner) => ` of ${owner}`)} is used`,
  ),
  "token.waiver-given": event<null, { readonly waiverUntil: string; readonly why: string }>(
    ({ subject, after }) =>
      `gave the token ${quoted(subject)} a waiver${when(text(after?.waiverUntil).slice(0, 10), (until) => ` until ${until}`)}${when(text(after?.why), (why) => `: ${quoted(why)}`)}`,
  ),
  "token.waiver-changed": event<{ readonly waiverUntil: string }, { readonly waiverUntil: string | null }>(
    ({ subject, after }) =>
      `${text(after?.waiverUntil) === "" ? "ended the waiver of the token" : `let the waiver of the token end ${text(after?.waiverUntil).slice(0, 10)}:`} ${quoted(subject)}`,
  ),
});
