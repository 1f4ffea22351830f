import type { MatchedTier } from "#lib/users/person";
import type { Stopping } from "#lib/users/stopping";
import type { UserView } from "#lib/users/view";

/** The first few of several, and how many more there are: *ops, dev, +3*. */
export function fewOf(names: readonly string[], most = 2): string {
  const shown = names.slice(0, most).join(", ");
  return names.length > most ? `${shown}, +${names.length - most}` : shown;
}

/** Why a tier matches: *because of the group jira-developers*. */
export function becauseOf({ by, group }: Pick<MatchedTier, "by" | "group">): string {
  if (by === "group") return group === null ? "because of a group" : `because of the group ${group}`;
  return by === "everyone" ? "because it matches every person" : "because it matches every service account";
}

const counted = (count: number, one: string, many: string) => (count === 1 ? `1 ${one}` : `${count} ${many}`);

/**
 * What stops when somebody is deactivated, a line each; empty when nothing does.
 * @param lastUsed when one of their tokens was used last, in words; null for never
 */
export function stoppingWords(stopping: Stopping, lastUsed: string | null): string[] {
  const { tokens, calls24h, calls30d, sessions, unmaintained } = stopping;
  const use =
    lastUsed === null ? "never used" : `last used ${lastUsed}, ${calls24h} calls in 24 h, ${calls30d} in 30 days`;
  return [
    ...(tokens === 0 ? [] : [`${counted(tokens, "token that works", "tokens that work")}: ${use}.`]),
    ...(sessions === 0 ? [] : [`${counted(sessions, "session", "sessions")} of the portal.`]),
    ...(unmaintained.length === 0
      ? []
      : [`Nobody maintains ${unmaintained.join(", ")} then: their tokens go on unwatched.`]),
  ];
}

/** What a reactivation brings back. */
export function returningWords({ tokens }: Pick<Stopping, "tokens">): string {
  if (tokens === 0) return "None of their tokens comes back: all have ended or are suspended.";
  return `${counted(tokens, "token works", "tokens work")} again at once. Sessions stay ended; they sign in anew.`;
}

/** What somebody is, in a word or two. */
export const kindWords = ({ kind }: Pick<UserView, "kind">): string =>
  kind === "person" ? "Person" : "Service account";
