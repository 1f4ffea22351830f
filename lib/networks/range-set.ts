import { type Address, parseCidr, type Range } from "./address";
import type { Network } from "./network";

/** Merged, sorted ranges, ready for comparing. Without any range it matches nothing. */
export type RangeSet = {
  readonly v4: readonly { readonly first: number; readonly last: number }[];
  readonly v6: readonly { readonly first: bigint; readonly last: bigint }[];
  /** Names of networks that do not exist. Then the whole set matches nothing: what it meant is not known. */
  readonly unknown: readonly string[];
};

/** Whether an entry of a list of ranges can only be meant as an address; otherwise it is a network's name. */
export function meansAddress(entry: string): boolean {
  return /^[0-9]|[:/]/.test(entry);
}

function merge(ranges: readonly Range[], family: 4 | 6): { first: bigint; last: bigint }[] {
  const merged: { first: bigint; last: bigint }[] = [];
  const own = ranges.filter((range) => range.family === family);
  for (const { first, last } of own.sort((a, b) => (a.first < b.first ? -1 : a.first > b.first ? 1 : 0))) {
    const open = merged.at(-1);
    if (open === undefined || first > open.last + 1n) merged.push({ first, last });
    else if (last > open.last) open.last = last;
  }
  return merged;
}

/**
 * Compiles CIDRs and network names for matching. An unknown name, or a range that cannot be read, empties the whole
 * set: it then matches nothing. *Empty list = anywhere* is for the caller to decide before compiling.
 */
export function compileRanges(entries: readonly string[], networks: ReadonlyMap<string, Network>): RangeSet {
  const unknown = entries.filter((entry) => !meansAddress(entry) && !networks.has(entry));
  const cidrs = entries.flatMap((entry) => (meansAddress(entry) ? [entry] : (networks.get(entry)?.ranges ?? [])));
  const ranges: Range[] = [];
  for (const text of cidrs) {
    const cidr = parseCidr(text);
    if (typeof cidr === "string") unknown.push(text);
    else ranges.push(cidr);
  }
  if (unknown.length > 0) return { v4: [], v6: [], unknown };
  const v4 = merge(ranges, 4).map(({ first, last }) => ({ first: Number(first), last: Number(last) }));
  return { v4, v6: merge(ranges, 6), unknown };
}

function search<T extends number | bigint>(ranges: readonly { first: T; last: T }[], value: T): boolean {
  let [low, high] = [0, ranges.length - 1];
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const range = ranges[middle];
    if (range === undefined) return false;
    if (value < range.first) high = middle - 1;
    else if (value > range.last) low = middle + 1;
    else return true;
  }
  return false;
}

/** Whether an address lies in the set. Logarithmic in the number of ranges. */
export function inRanges(set: RangeSet, address: Address): boolean {
  return address.family === 4 ? search(set.v4, address.value) : search(set.v6, address.value);
}

/** Whether everything in `inner` lies in `outer`. A set with unknown names lies in nothing. */
export function coversRanges(outer: RangeSet, inner: RangeSet): boolean {
  if (inner.unknown.length > 0) return false;
  const within = <T extends number | bigint>(range: { first: T; last: T }, sets: readonly { first: T; last: T }[]) =>
    sets.some(({ first, last }) => first <= range.first && range.last <= last);
  return inner.v4.every((range) => within(range, outer.v4)) && inner.v6.every((range) => within(range, outer.v6));
}

/** Whether the set leaves out nothing of IPv4 or of IPv6, however it is written: then it restricts nobody. */
export function isAnywhere(set: RangeSet): boolean {
  return (
    set.v4.some((r) => r.first === 0 && r.last === 2 ** 32 - 1) ||
    set.v6.some((r) => r.last - r.first === 2n ** 128n - 1n)
  );
}
