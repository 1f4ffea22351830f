import { type Address, formatAddress } from "./address";
import type { RangeSet } from "./range-set";

type Span<T> = { readonly first: T; readonly last: T };

/** Where something passes: in these ranges; null = anywhere, also from an address that is not known. */
export type Place = RangeSet | null;

function meet<T extends number | bigint>(a: readonly Span<T>[], b: readonly Span<T>[]): Span<T>[] {
  const met: Span<T>[] = [];
  let [i, j] = [0, 0];
  for (;;) {
    const [x, y] = [a[i], b[j]];
    if (x === undefined || y === undefined) return met;
    const late = x.first < y.first ? y : x;
    const short = x.last < y.last ? x : y;
    if (late.first <= short.last) met.push({ first: late.first, last: short.last });
    if (short === x) i += 1;
    else j += 1;
  }
}

/** What lies in every one of these places. */
export function meetingOf(places: readonly Place[]): Place {
  let met: Place = null;
  for (const place of places) {
    if (place === null) continue;
    met = met === null ? place : { v4: meet(met.v4, place.v4), v6: meet(met.v6, place.v6), unknown: [] };
  }
  return met;
}

export const isNowhere = (place: Place): boolean => place !== null && place.v4.length === 0 && place.v6.length === 0;

function covered<T extends number | bigint>(
  inner: Span<T>,
  outer: readonly Span<T>[],
  after: (value: T) => T,
): boolean {
  let next = inner.first;
  for (const { first, last } of [...outer].sort((a, b) => (a.first < b.first ? -1 : 1))) {
    if (first > next) return false;
    if (last >= inner.last) return true;
    if (last >= next) next = after(last);
  }
  return false;
}

/** Whether everything in `inner` lies in one or another of `outers`. Anywhere lies only in anywhere. */
export function liesIn(inner: Place, outers: readonly Place[]): boolean {
  if (isNowhere(inner) || outers.includes(null)) return true;
  if (inner === null) return false;
  const v4 = outers.flatMap((outer) => outer?.v4 ?? []);
  const v6 = outers.flatMap((outer) => outer?.v6 ?? []);
  return (
    inner.v4.every((span) => covered(span, v4, (value) => value + 1)) &&
    inner.v6.every((span) => covered(span, v6, (value) => value + 1n))
  );
}

function* blocks(first: bigint, last: bigint, bits: number): Generator<{ first: bigint; prefix: number }> {
  let next = first;
  while (next <= last) {
    let free = 0;
    while (free < bits && next % (1n << BigInt(free + 1)) === 0n && next + (1n << BigInt(free + 1)) - 1n <= last)
      free += 1;
    yield { first: next, prefix: bits - free };
    next += 1n << BigInt(free);
  }
}

/** A set written as CIDRs, as few as there can be, in canonical spelling (RFC 4632, RFC 5952). */
export function cidrsOf(set: RangeSet): string[] {
  const spell = (address: Address, prefix: number, bits: number) =>
    prefix === bits ? formatAddress(address) : `${formatAddress(address)}/${prefix}`;
  const v4 = set.v4.flatMap(({ first, last }) =>
    [...blocks(BigInt(first), BigInt(last), 32)].map((block) =>
      spell({ family: 4, value: Number(block.first) }, block.prefix, 32),
    ),
  );
  const v6 = set.v6.flatMap(({ first, last }) =>
    [...blocks(first, last, 128)].map((block) => spell({ family: 6, value: block.first }, block.prefix, 128)),
  );
  return [...v4, ...v6];
}
