import type { LimitSource } from "#lib/errors/error";
import type { Address } from "#lib/networks/address";
import { inRanges, type RangeSet } from "#lib/networks/range-set";
import type { Access, Applications } from "#lib/policies/limits";
import { limitApplications, reaches } from "./applications";

/** What one rule leaves to a token. The first bound of a way is the token itself. */
export type Bound = {
  readonly source: LimitSource;
  readonly access: Access;
  readonly applications: Applications;
  /** Null = anywhere. */
  readonly ranges: RangeSet | null;
};

/**
 * One way on which a request may pass: by the grant under its ceilings, or by the waiver. It must pass one way whole
 * (application, address and access together), or a waiver for one thing would open another.
 */
export type Way = {
  readonly by: "grant" | "waiver";
  readonly access: Access;
  readonly applications: Applications;
  /** The client's address must lie in every one. */
  readonly rangeSets: readonly RangeSet[];
  /** Of what the way is made, so that a refusal can name whose rule it was. */
  readonly bounds: readonly Bound[];
};

/** Those that are so. Nearly always that is every way: then no new list is made, since each request asks twice. */
const all = (ways: readonly Way[], isSo: (way: Way) => boolean): readonly Way[] =>
  ways.every(isSo) ? ways : ways.filter(isSo);

/** The ways that lead to an application. */
export function waysTo(ways: readonly Way[], applicationKey: string): readonly Way[] {
  return all(ways, (way) => reaches(way.applications, applicationKey));
}

/** The ways that are open from an address. An unknown address (null) passes only where there is no address rule. */
export function waysFrom(ways: readonly Way[], address: Address | null): readonly Way[] {
  return all(ways, ({ rangeSets }) => rangeSets.every((set) => address !== null && inRanges(set, address)));
}

/** The most that one of the ways allows; null without any way. */
export function accessOf(ways: readonly Way[]): Access | null {
  if (ways.length === 0) return null;
  return ways.some((way) => way.access === "write") ? "write" : "read";
}

/** What a request asks of a token, as far as it is known. */
export type Asked = { readonly application?: string; readonly address?: Address | null; readonly access?: Access };

/** The first rule on a way that refuses what is asked; null if none does. */
export function refusingBound(way: Way, asked: Asked): Bound | null {
  const { application, address, access } = asked;
  const token = way.bounds[0]?.applications ?? [];
  const refuses = (bound: Bound) =>
    (application !== undefined && !reaches(limitApplications(token, bound.applications), application)) ||
    (address !== undefined && bound.ranges !== null && !(address !== null && inRanges(bound.ranges, address))) ||
    (access === "write" && bound.access === "read");
  return way.bounds.find(refuses) ?? null;
}

/**
 * The first rule above the token that would refuse any other token on this way alike; null if none would. What a
 * delegation leaves to a token is worked out from the token, so of applications it says nothing about another one.
 */
export function refusingAbove(way: Way, asked: Asked): Bound | null {
  const [token, ...others] = way.bounds;
  if (token === undefined) return null;
  const { application } = asked;
  const wished: Bound = {
    ...{ source: token.source, access: "write", ranges: null },
    applications: application === undefined ? "all" : [application],
  };
  const above = others.filter(
    ({ source: { kind } }) => kind !== "token" && (application === undefined || kind !== "delegation"),
  );
  return refusingBound({ ...way, bounds: [wished, ...above] }, asked);
}
