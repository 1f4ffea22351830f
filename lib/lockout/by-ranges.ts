import type { Application } from "#lib/applications/application";
import { parseAddress } from "#lib/networks/address";
import { inRanges, type RangeSet } from "#lib/networks/range-set";
import { classInWords } from "./class-words";
import { counted, type Foreseen, type Loss, lossOf } from "./lockout";

/** The installation's ranges; null = anywhere. */
type Ranges = RangeSet | null;

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

/** Who was seen from the addresses that would be outside. */
export type SeenOutside = {
  readonly tokens: number;
  readonly owners: number;
  readonly examples: readonly string[];
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
  /** Some came from more addresses than are kept apart, or there were more than are looked through. */
  readonly lumped: boolean;
};

const others = ({ others }: SeenOutside): Loss[] =>
  others.flatMap(({ class: each, addresses, names, applications }) => {
    const claiming = names === 0 ? "" : `, under ${counted(names, "claimed name")}`;
    const whence = addresses === 1 ? "address" : "addresses";
    return lossOf(addresses, `${whence} outside sent ${classInWords(each)}${claiming}, to ${applications.join(", ")}`);
  });

function ownAndGateways({ own, ranges, outside, gateways }: RangesFacts): Loss[] {
  const one = (what: string): Loss => ({ count: null, what, examples: [] });
  const isOut = own !== null && leftOutside([own], ranges).length > 0;
  const mine = `You are at ${own}, outside: your tokens and the applications would refuse you from there. Signing in to these pages stays possible.`;
  return [
    ...(isOut ? [one(mine)] : []),
    ...gateways
      .filter(({ lastAddress }) => outside.includes(lastAddress))
      .map(({ key, lastAddress }) =>
        one(
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

/** Whom new ranges of the installation would turn away: they hold for every request, not for tokens alone. */
export function byRanges(facts: RangesFacts): Foreseen {
  if (facts.ranges[1] === null) return { losses: [], unknown: [] };
  const { tokens, owners, examples } = facts.seen;
  const whose = `${tokens === 1 ? "token" : "tokens"} of ${counted(owners, "person", "people")} came from outside:`;
  const lumped = facts.lumped
    ? ["Some came from more addresses than are kept apart: of those nobody can say whether they lie outside."]
    : [];
  return {
    losses: [...ownAndGateways(facts), ...lossOf(tokens, whose, examples), ...others(facts.seen)],
    unknown: [...lumped, ...unseenIn(facts.applications)],
  };
}
