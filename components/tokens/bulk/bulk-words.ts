import type { BulkPreview } from "#lib/tokens/bulk/preview";
import type { BulkAction } from "#lib/tokens/bulk/schema";

type Words = {
  /** On the button of the bar, and as a question's beginning. */
  readonly verb: string;
  /** *374 tokens … are revoked.* */
  readonly done: string;
  readonly already: string;
  readonly confirm: string;
  readonly busy: string;
  readonly keep: string;
};

export const BULK_WORDS: Readonly<Record<BulkAction, Words>> = {
  revoke: {
    ...{ verb: "Revoke", done: "are revoked", already: "ended already" },
    ...{ confirm: "for good", busy: "Beginning …", keep: "Keep them" },
  },
  suspend: {
    ...{ verb: "Suspend", done: "stop until they are resumed", already: "suspended already" },
    ...{ confirm: "", busy: "Beginning …", keep: "Keep them going" },
  },
  resume: {
    ...{ verb: "Resume", done: "go on", already: "not suspended" },
    ...{ confirm: "", busy: "Beginning …", keep: "Leave them" },
  },
  "change-expiry": {
    ...{ verb: "Change expiry of", done: "end at another time", already: "ending then already" },
    ...{ confirm: "", busy: "Beginning …", keep: "Leave them" },
  },
};

const number = (count: number): string => count.toLocaleString("en");

/** *1 token*, *1,284 tokens*. */
export const tokensWords = (count: number): string => (count === 1 ? "1 token" : `${number(count)} tokens`);

const are = (count: number): string => (count === 1 ? "is" : "are");

/** What will happen, said strongly: *374 tokens of 57 owners are revoked.* */
export function whatHappens({ action, changes, owners }: BulkPreview): string {
  if (changes === 0) return "Nothing would change.";
  const whose = owners === 1 ? "of one owner" : `of ${number(owners)} owners`;
  const done = changes === 1 ? BULK_WORDS[action].done.replace(/^are /, "is ") : BULK_WORDS[action].done;
  return `${tokensWords(changes)} ${whose} ${done}.`;
}

/** What follows it: who would notice, and what is so already. */
export function whatElse({ action, changes, unchanged, usedLastDay, neverUsed }: BulkPreview): string {
  const used =
    usedLastDay === 0 ? "None was used in the last 24 hours" : `${number(usedLastDay)} used in the last 24 hours`;
  const never = neverUsed === 0 ? "" : `, ${number(neverUsed)} never used`;
  return [
    changes > 0 && (action === "revoke" || action === "suspend") ? `${used}${never}.` : "",
    action === "revoke" && changes > 0 ? "This cannot be undone." : "",
    unchanged > 0 ? `${number(unchanged)} ${are(unchanged)} ${BULK_WORDS[action].already}.` : "",
  ]
    .filter(Boolean)
    .join(" ");
}

/** What an operation is called: *Revoke 374 tokens*. An action of another version keeps its name. */
export function operationTitle(action: string, matched: number): string {
  const words = Object.hasOwn(BULK_WORDS, action) ? BULK_WORDS[action as BulkAction].verb : action;
  return `${words} ${tokensWords(matched)}`;
}

/** How long it will still take, of how long it took so far: *about 20 s left*. Empty before anything can be said. */
export function timeLeft(handled: number, matched: number, elapsedMs: number): string {
  if (handled === 0 || handled >= matched || elapsedMs <= 0) return "";
  const seconds = Math.ceil(((elapsedMs / handled) * (matched - handled)) / 1_000);
  return seconds > 90 ? `about ${Math.ceil(seconds / 60)} min left` : `about ${seconds} s left`;
}

/** What an operation has done, as a sentence, and how that is said of a place. */
export function doneWords(action: string, done: number): { readonly verb: string; readonly said: string } {
  const ends: Readonly<Record<string, readonly [verb: string, one: string, many: string]>> = {
    revoke: ["Stopped", "is revoked", "are revoked"],
    suspend: ["Stopped", "is suspended", "are suspended"],
    resume: ["Works again", "goes on", "go on"],
    "change-expiry": ["In force", "ends at the new time", "end at the new time"],
  };
  const [verb, one, many] = (Object.hasOwn(ends, action) ? ends[action] : undefined) ?? [
    "In force",
    "is done",
    "are done",
  ];
  return { verb, said: done === 0 ? "Nothing was changed." : `${tokensWords(done)} ${done === 1 ? one : many}.` };
}
