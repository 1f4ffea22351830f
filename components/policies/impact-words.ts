import type { Impact } from "#lib/impact/impact";

const tokens = (count: number): string => (count === 1 ? "1 token" : `${count.toLocaleString("en")} tokens`);
const people = (count: number): string => (count === 1 ? "1 person" : `${count.toLocaleString("en")} people`);

/** What a change does, in a sentence each for tokens and people. */
export function impactSentences({ tokens: hit, people: { moving } }: Impact): [whom: string, what: string] {
  const whom = hit.affected === 0 ? "No token is touched." : `${tokens(hit.affected)} of ${people(hit.owners)}`;
  const what =
    hit.affected === 0
      ? ""
      : hit.refused > 0 || hit.stopped > 0
        ? "would be refused something that passes today."
        : `${[...(hit.tooLong > 0 ? ["end later"] : []), ...(hit.tooFast > 0 ? ["may be used more often"] : [])].join(" or ")} than the new limit allows.`;
  const moves =
    moving === 0 ? "Nobody changes tier." : `${people(moving)} ${moving === 1 ? "changes" : "change"} tier.`;
  return [whom, `${what} ${moves}`.trim()];
}

/** The numbers under it, those that are none left out. */
export function impactNumbers({ tokens: hit }: Impact): readonly { readonly count: number; readonly words: string }[] {
  return [
    { count: hit.usedLastDay, words: "used in the last 24 hours" },
    { count: hit.writeFromAnywhere, words: "may write from anywhere" },
    { count: hit.neverUsed, words: "never used" },
    { count: hit.stopped, words: "stopped at once: use is taken away, which no waiver keeps" },
    { count: hit.byRule.access, words: "could no longer write" },
    { count: hit.byRule.applications, words: "would lose an application" },
    { count: hit.byRule.ranges, words: "would be refused from some addresses" },
    { count: hit.tooLong, words: "ending later than the new limit allows" },
    { count: hit.tooFast, words: "with a higher rate than the new limit, or none" },
  ].filter(({ count }) => count > 0);
}

const RULES = { use: "stops", applications: "application", access: "only reads", ranges: "addresses" } as const;

/** Why one token is in the list: *only reads, addresses*. */
export const reasonWords = (token: Impact["tokens"]["first"][number]): string =>
  [
    ...token.refusedBy.map((rule) => RULES[rule]),
    ...(token.tooLong ? ["ends too late"] : []),
    ...(token.tooFast ? ["rate too high"] : []),
  ].join(", ");

/** *Interns → Developers: 12 people*, null is no tier. */
export const moveWords = ({ from, to, people: count }: Impact["people"]["moves"][number]): string =>
  `${from ?? "no tier"} → ${to ?? "no tier"}: ${people(count)}`;
