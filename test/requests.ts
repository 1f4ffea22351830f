import { parseAddress } from "#lib/networks/address";
import { compileRanges, inRanges } from "#lib/networks/range-set";
import type { Access, Applications } from "#lib/policies/limits";
import type { Rules } from "#lib/policies/rules";
import { effectiveAccess } from "#lib/tokens/rights/effective";
import { accessOf, waysFrom, waysTo } from "#lib/tokens/rights/way";
import type { Token } from "#lib/tokens/token";
import type { Holder } from "#lib/users/user";
import { ADDRESSES, KEYS } from "./arbitraries";
import { NOON } from "./rules";

export type Request = { key: string; from: string; access: Access };
/** Every request of the small world. */
export const REQUESTS: Request[] = KEYS.flatMap((key) =>
  ADDRESSES.flatMap((from) => (["read", "write"] as const).map((access) => ({ key, from, access }))),
);

/** As the verifier asks: each check narrows the ways. */
export function passes(some: Token, owner: Holder, rules: Rules, { key, from, access }: Request, now = NOON): boolean {
  const effective = effectiveAccess(some, owner, rules, now);
  const may = accessOf(waysFrom(waysTo(effective.ways, key), parseAddress(from)));
  return effective.use && may !== null && (access === "read" || may === "write");
}
/** All that pass. */
export const passing = (...args: [Token, Holder, Rules, number?]) =>
  REQUESTS.filter((request) => passes(args[0], args[1], args[2], request, args[3]));

export type Says = { access?: Access; applications?: Applications; ranges?: readonly string[] };

/** The same written down as simply as can be, rule by rule, from the glossary. */
export function lets({ access, applications, ranges }: Says, rules: Rules, request: Request): boolean {
  const address = parseAddress(request.from);
  const here = !ranges?.length || (address !== null && inRanges(compileRanges(ranges, rules.networks), address));
  return (
    here &&
    (request.access === "read" || access !== "read") &&
    (applications === undefined || applications === "all" || applications.includes(request.key))
  );
}

/** What a token may, by the glossary alone. */
export function simply(some: Token, owner: Holder, rules: Rules, request: Request): boolean {
  const tier = [...rules.policies]
    .sort((a, b) => b.priority - a.priority)
    .find(
      ({ members }) =>
        members.groupIds.some((id) => owner.groupIds.includes(id)) ||
        (owner.kind === "person" ? members.everyone : members.serviceAccounts),
    );
  const { waiver, grant } = some;
  const latchkey = request.key === "latchkey";
  const itself =
    lets({ ...some, ranges: some.ipRanges }, rules, request) &&
    !(latchkey && (some.applications === "all" || grant.by === "delegation"));
  const granted = grant.by === "tier" ? tier?.own : rules.delegations.get(grant.delegationId)?.issue;
  const ceiling = owner.kind === "person" ? rules.settings.ceilings.persons : rules.settings.ceilings.serviceAccounts;
  const today =
    granted != null &&
    lets(granted, rules, request) &&
    lets(tier?.ceiling ?? {}, rules, request) &&
    lets(ceiling ?? {}, rules, request);
  const waived =
    waiver !== null &&
    NOON < waiver.until &&
    lets({ ...waiver.keeps, ranges: waiver.keeps.ipRanges }, rules, request) &&
    !(latchkey && waiver.keeps.applications === "all");
  return tier?.use === true && itself && (today || waived);
}
