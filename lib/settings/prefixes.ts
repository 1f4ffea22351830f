import type { Prefixes } from "#lib/tokens/secret";

/** What is wished of the prefixes; what is left out stays. */
export type PrefixesWished = {
  readonly tokenPrefix?: string | undefined;
  readonly retiredPrefixes?: readonly string[] | undefined;
};

/** Prefixes as they would be; `removed` no longer verify, `unknown` were never ours. */
export type PrefixChange = Prefixes & { readonly removed: readonly string[]; readonly unknown: readonly string[] };

/**
 * What becomes of the prefixes. Choosing another retires the one of today, whatever else is said: what verifies today
 * never stops by that. A retired one that is chosen again is retired no more.
 */
export function changedPrefixes(before: Prefixes, wished: PrefixesWished): PrefixChange {
  const prefix = wished.tokenPrefix ?? before.prefix;
  const ours = [...before.retiredPrefixes, before.prefix];
  const kept = new Set([...(wished.retiredPrefixes ?? before.retiredPrefixes), before.prefix, prefix]);
  return {
    prefix,
    retiredPrefixes: ours.filter((each) => kept.has(each) && each !== prefix),
    removed: ours.filter((each) => !kept.has(each)),
    unknown: (wished.retiredPrefixes ?? []).filter((each) => !ours.includes(each) && each !== prefix),
  };
}

/** Whether two lists of prefixes are the same. */
export const samePrefixes = (a: Prefixes, b: Prefixes): boolean =>
  a.prefix === b.prefix &&
  a.retiredPrefixes.length === b.retiredPrefixes.length &&
  a.retiredPrefixes.every((each) => b.retiredPrefixes.includes(each));
