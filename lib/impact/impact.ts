import type { Rules } from "#lib/policies/rules";
import { type Effect, effectOf, type RefusingRule } from "./effect";
import type { Move } from "./people";
import type { TokenClass } from "./token-class";

/** A class of tokens and what a change does to every one of them. */
export type Judgement = { readonly effect: Effect; readonly tokens: number };

/** How many tokens a change would refuse, by the kind of rule; one may count under several. */
export type Counts = {
  /** Tokens that would be refused something, that end later than the new limit allows, or that may be used more often. */
  readonly affected: number;
  /** Refused something that a waiver could keep. */
  readonly refused: number;
  /** Stopped, because their owners may no longer use tokens: no waiver keeps that. */
  readonly stopped: number;
  readonly tooLong: number;
  /** With a higher rate than the new limit allows, or none. */
  readonly tooFast: number;
  readonly writeFromAnywhere: number;
  readonly byRule: Readonly<Record<RefusingRule, number>>;
};

/** One of the tokens, as a page lists it. */
export type AffectedToken = {
  readonly id: string;
  readonly name: string;
  readonly owner: string;
  /** ISO 8601; null = never. */
  readonly lastUsedAt: string | null;
  readonly refusedBy: readonly RefusingRule[];
  readonly tooLong: boolean;
  readonly tooFast: boolean;
};

/** What would become of whom if the rules were changed so. */
export type Impact = {
  readonly people: { readonly moving: number; readonly moves: readonly Move[] };
  readonly tokens: Counts & {
    readonly owners: number;
    readonly usedLastDay: number;
    readonly neverUsed: number;
    readonly first: readonly AffectedToken[];
  };
  /** Saving asks what happens to them. */
  readonly needsChoice: boolean;
  /** SHA-256 of all that the administrator was shown, lower-case hex: saving sends it back. */
  readonly fingerprint: string;
};

/** Judges each class once; only those to which something happens are kept, by their key. */
export function judgeClasses(
  classes: readonly TokenClass[],
  rules: readonly [before: Rules, after: Rules],
  keys: readonly string[],
): ReadonlyMap<string, Judgement> {
  return new Map(
    classes.flatMap(({ key, token, owner, tokens }) => {
      const effect = effectOf(token, owner, rules, keys);
      return effect.refusedBy.length > 0 || effect.tooLong || effect.tooFast
        ? [[key, { effect, tokens }] as const]
        : [];
    }),
  );
}

/** Whether the only thing that happens is that `use` is taken away. */
const onlyStopped = ({ refusedBy, tooLong, tooFast }: Effect): boolean =>
  !tooLong && !tooFast && refusedBy.every((rule) => rule === "use");

/** Adds up what happens, over classes. */
export function countsOf(judgements: Iterable<Judgement>): Counts & { readonly needsChoice: boolean } {
  const all = [...judgements];
  const count = (matches: (effect: Effect) => boolean) =>
    all.reduce((sum, { effect, tokens }) => sum + (matches(effect) ? tokens : 0), 0);
  const by = (rule: RefusingRule) => count(({ refusedBy }) => refusedBy.includes(rule));
  const byRule = { use: by("use"), applications: by("applications"), access: by("access"), ranges: by("ranges") };
  return {
    affected: count(() => true),
    refused: count(({ refusedBy }) => refusedBy.some((rule) => rule !== "use")),
    stopped: byRule.use,
    tooLong: count(({ tooLong }) => tooLong),
    tooFast: count(({ tooFast }) => tooFast),
    writeFromAnywhere: count(({ writesFromAnywhere }) => writesFromAnywhere),
    byRule,
    needsChoice: count((effect) => !onlyStopped(effect)) > 0,
  };
}

/** The limits on lifetimes that any of these rules knows, in days, in ascending order. */
export function lifetimesIn(...all: readonly Rules[]): number[] {
  const found = all.flatMap(({ policies, delegations, settings }) => [
    ...policies.flatMap(({ own, ceiling }) => [own?.maxLifetimeDays, ceiling?.maxLifetimeDays]),
    ...[...delegations.values()].map(({ issue }) => issue.maxLifetimeDays),
    settings.ceilings.persons?.maxLifetimeDays,
    settings.ceilings.serviceAccounts?.maxLifetimeDays,
  ]);
  const days = found.flatMap((each) => (each === null || each === undefined ? [] : [each]));
  return [...new Set(days)].sort((a, b) => a - b);
}
