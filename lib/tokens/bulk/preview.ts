import type { Refused } from "#lib/operations/operation";
import { DAY_MS } from "../status";
import type { BulkAction } from "./schema";

/** What was seen of some of many tokens. */
export type Sighted = {
  readonly changed: readonly string[];
  readonly refused: readonly Refused[];
  readonly owners: ReadonlyMap<string, string>;
  /** When each was used last, epoch milliseconds; null = never. */
  readonly usedAt: ReadonlyMap<string, number | null>;
};

/** What doing something to many tokens would do. */
export type BulkPreview = {
  readonly action: BulkAction;
  /** How many are meant; how many would change, how many are so already; the others are refused. */
  readonly matched: number;
  readonly changes: number;
  readonly unchanged: number;
  readonly refused: readonly { readonly code: string; readonly detail: string; readonly count: number }[];
  /** Whose tokens would change: how many people and accounts, and those with the most tokens. */
  readonly owners: number;
  readonly most: readonly { readonly username: string; readonly tokens: number }[];
  /** Of those that would change, how many were used in the last 24 hours, and never. */
  readonly usedLastDay: number;
  readonly neverUsed: number;
};

const NAMED = 8;

/** Counts by key, the most frequent first; equals by name. */
function counted(keys: Iterable<string>): [string, number][] {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
}

/** Adds up what was seen, part by part. @param now epoch milliseconds */
export function previewOf(action: BulkAction, matched: number, seen: readonly Sighted[], now: number): BulkPreview {
  const owners = counted(seen.flatMap((part) => part.changed.flatMap((id) => part.owners.get(id) ?? [])));
  const used = seen.flatMap((part) => part.changed.map((id) => part.usedAt.get(id) ?? null));
  const refused = seen.flatMap((part) => part.refused);
  return {
    action,
    matched,
    changes: used.length,
    unchanged: matched - used.length - refused.length,
    refused: counted(refused.map(({ code, detail }) => `${code} ${detail}`)).map(([key, count]) => {
      const space = key.indexOf(" ");
      return { code: key.slice(0, space), detail: key.slice(space + 1), count };
    }),
    owners: owners.length,
    most: owners.slice(0, NAMED).map(([username, tokens]) => ({ username, tokens })),
    usedLastDay: used.filter((at) => at !== null && at > now - DAY_MS).length,
    neverUsed: used.filter((at) => at === null).length,
  };
}
