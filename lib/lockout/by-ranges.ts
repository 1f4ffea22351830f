import type { Application } from "#lib/applications/application";
import { parseAddress } from "#lib/networks/address";
import { coversRanges, inRanges, type RangeSet } from "#lib/networks/range-set";
import { classInWords } from "./class-words";
import { counted, type Foreseen, type Loss, lossOf, lossOfOne } from "./lockout";

/** The installation's ranges; null = anywhere. */
type Ranges = RangeSet | null;

/** Whether nothing that passes today is left outside. */
export const isNoNarrower = ([before, after]: readonly [before: Ranges, after: Ranges]): boolean =>
  after === null || (before !== null && coversRanges(after, before));

/**
 * Addresses that pass today and would not, by the function that the verifier itself asks.
 * @param addresses as they were recorded: what is none (too many to keep apart, or none seen) is left out
 */
export function leftOutside(addresses: readonly string[], [before, after]: readonly [Ranges, Ranges]): string[] {
  return addresses.filter((text) => {
    const address = parseAddress(text);
    if (address === null || after === null) return false;
    return !inRanges(after, address) && (before === null || inRanges(before, address));
  });
}

/** Who was seen from the addresses that would be outside; whose tokens came from where is not told unasked. */
export type SeenOutside = {
  readonly tokens: number;
  readonly owners: number;
  /** What is not ours, by class: from how many addresses, claiming how many names, to which applications. */
  readonly others: readonly {
    readonly class: string;
    readonly addresses: number;
    readonly names: number;
    readonly applications: readonly string[];
  }[];
};

export type RangesFacts = {
  readonly outside: readonly string[];
  readonly seen: SeenOutside;
  /** Where whoever asks is; null where that is no address of a client. */
  readonly own: string | null;
  readonly ranges: readonly [before: Ranges, after: Ranges];
  readonly gateways: readonly { readonly key: string; readonly lastAddress: string }[];
  readonly applications: readonly Pick<Application, "key" | "rules">[];
  /** Some came from more addresses than are kept apart. */
  readonly lumped: boolean;
  /** How many addresses were looked through, those seen last, where there were more; null where all were. */
  readonly looked: number | null;
};

const orMore = (looked: number | null): string => (looked === null ? "" : " (at least)");

const others = ({ seen, looked }: RangesFacts): Loss[] =>
  seen.others.flatMap(({ class: each, addresses, names, applications }) => {
    const claiming = names === 0 ? "" : `, under ${counted(names, "claimed name")}`;
    return lossOf(
      addresses,
      `${addresses === 1 ? "address" : "addresses"}${orMore(looked)} outside sent ${classInWords(each)}${claiming}, to`,
      applications,
    );
  });

function ownAndGateways({ own, ranges, outside, gateways }: RangesFacts): Loss[] {
  const isOut = own !== null && leftOutside([own], ranges).length > 0;
  const mine = `You are at ${own}, outside: your tokens and the applications would refuse you from there. Signing in to these pages stays possible.`;
  return [
    ...(isOut ? [lossOfOne(mine)] : []),
    ...gateways
      .filter(({ lastAddress }) => outside.includes(lastAddress))
      .map(({ key, lastAddress }) =>
        lossOfOne(
          `Clients came from ${lastAddress}, which is the gateway ${key} itself: where it tells its own address in place of theirs, everybody behind it would be refused.`,
        ),
      ),
  ];
}

/** Applications where something passes without being recorded. */
function unseenIn(applications: RangesFacts["applications"]): string[] {
  const open = applications.filter(({ rules }) => Object.values(rules).includes("allow")).map(({ key }) => key);
  if (open.length === 0) return [];
  return [
    `From where requests come that pass by “allow” is not recorded (${open.join(", ")}): browsers and passwords from outside would be refused there too. Set “observe” for some days to learn.`,
  ];
}

/** What is not known of those that were looked through: there were more, or some too many to keep apart. */
function notLookedThrough({ looked, lumped }: Pick<RangesFacts, "looked" | "lumped">): string[] {
  const cut = `Requests came from more than ${counted(looked ?? 0, "address", "addresses")}: only those seen last were looked through.`;
  const many = "Some came from more addresses than are kept apart: of those nobody can say whether they lie outside.";
  return [...(looked === null ? [] : [cut]), ...(lumped ? [many] : [])];
}

/** Whom new ranges of the installation would turn away: they hold for every request, not for tokens alone. */
export function byRanges(facts: RangesFacts): Foreseen {
  if (isNoNarrower(facts.ranges)) return { losses: [], unknown: [] };
  const { tokens, owners } = facts.seen;
  const whose = `${tokens === 1 ? "token" : "tokens"}${orMore(facts.looked)} of ${counted(owners, "owner")} came from outside`;
  return {
    losses: [...ownAndGateways(facts), ...lossOf(tokens, whose), ...others(facts)],
    unknown: [...notLookedThrough(facts), ...unseenIn(facts.applications)],
  };
}

/** Limits that name a network, and whom they hold who came from where it shall no longer be. */
export type NamedBy = { readonly what: string; readonly tokens: number; readonly owners: number };

/** Whom other ranges of a network would turn away, by the limits that name it: their tokens alone. */
export function byLimits(named: readonly NamedBy[], looked: Pick<RangesFacts, "looked" | "lumped">): Foreseen {
  return {
    losses: named.flatMap(({ what, tokens, owners }) =>
      lossOf(
        tokens,
        `${tokens === 1 ? "token" : "tokens"}${orMore(looked.looked)} of ${counted(owners, "owner")} came from outside of what ${what} would still allow`,
      ),
    ),
    unknown: named.length === 0 ? [] : notLookedThrough(looked),
  };
}
