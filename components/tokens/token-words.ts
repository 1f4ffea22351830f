import type { Access, Applications } from "#lib/policies/limits";
import type { RevocationReason } from "#lib/tokens/acting/revocation";

/** What a page knows about an application: enough to name it. */
export type ApplicationName = { readonly key: string; readonly name: string };

/** *Jira*, *Jira and Confluence*, *3 applications*, *All applications*: whatever has no name any more keeps its key. */
export function applicationWords(applications: Applications, known: readonly ApplicationName[]): string {
  if (applications === "all") return "All applications";
  const names = applications.map((key) => known.find((each) => each.key === key)?.name ?? key);
  if (names.length === 0) return "No application";
  return listWords(names);
}

/** *a*, *a and b*, *a, b and c*. */
export function listWords(words: readonly string[], last = "and"): string {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} ${last} ${words[words.length - 1]}`;
}

export const accessWords = (access: Access): string => (access === "read" ? "Only read" : "Write");

/** The reasons for revoking that a person may choose, most common first. */
export const REVOKE_REASONS: readonly { readonly value: RevocationReason; readonly label: string }[] = [
  { value: "no_longer_needed", label: "No longer needed" },
  { value: "key_compromise", label: "The secret may have leaked" },
  { value: "superseded", label: "Replaced by another token" },
  { value: "unused", label: "Not used" },
  { value: "affiliation_changed", label: "Owner changed jobs" },
  { value: "privilege_withdrawn", label: "Privilege withdrawn" },
  { value: "policy", label: "Against a policy" },
];

/** The reason inside a sentence. */
export function reasonWords(reason: RevocationReason): string {
  const label = REVOKE_REASONS.find((each) => each.value === reason)?.label ?? reason;
  return label.charAt(0).toLowerCase() + label.slice(1);
}

/** How long a superseded secret keeps working. */
export const OVERLAPS = [
  { value: "first-use", label: "Until the new one is first used, 7 days at most" },
  { value: "15m", label: "15 minutes" },
  { value: "1h", label: "1 hour" },
  { value: "24h", label: "24 hours" },
  { value: "7d", label: "7 days" },
  { value: "now", label: "Not at all: stop it now" },
] as const;
