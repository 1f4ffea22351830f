import type { FilterRule } from "#lib/applications/application";
import type { LimitSource } from "#lib/errors/error";
import { inWords, type Override } from "./overrides";
import { PATH_RULES, type PathRule } from "./path";
import { PATH_FILTER } from "./path-filter";

/** Why the lists of an application keep tokens from a path: for good, until somebody lists it, or for want of a list. */
export type Closed =
  | { readonly kind: "never"; readonly why: string }
  | { readonly kind: "unless_listed"; readonly pattern: string }
  | { readonly kind: "not_listed" };

/** Limits that leave out what is asked: the first, and where that is the token itself the first above it too. */
export type LimitsRule = {
  readonly kind: "limits";
  readonly of: readonly LimitSource[];
  /** What made a write of the request, where that is not its method. */
  readonly override: Override | null;
};

/** What bars tokens from a path. */
export type Barrier =
  | Closed
  /** Where somebody reads it so. */
  | { readonly kind: "reading"; readonly segments: readonly string[]; readonly of: Closed | Broken }
  /** It is in doubt, and too long to be read in every way. */
  | { readonly kind: "too_long" };

type Filtered = { readonly kind: "path_filter"; readonly rule: FilterRule };
type Named = { readonly kind: "named"; readonly name: string };

/** Which rule refuses, or whose it is. What helps follows from its kind; the words are for log, record and Explain. */
export type Rule =
  | Barrier
  | LimitsRule
  | Filtered
  /** What gave a token its rights gives none any more. */
  | { readonly kind: "no_grant" }
  /** Only a request could fulfil it, and there is none: a token is asked about alone. */
  | { readonly kind: "unseen"; readonly what: string }
  /** Not the path of the request: where it says in `Destination` that it goes to. */
  | { readonly kind: "destination"; readonly of: Barrier | Broken | Filtered | Named }
  /** A token asked about alone, whose owner has another name in another of the caller's applications. */
  | { readonly kind: "names_differ" }
  /** What asks for another method or address than the request line, which alone would be allowed. */
  | { readonly kind: "overrides"; readonly of: readonly (readonly [Override, "method" | "address"])[] }
  /** The secret stands where the gateway hands it on. */
  | { readonly kind: "handed_on"; readonly place: "header" | "query" }
  /** Any other: its reason says what helps. */
  | Named;

type Broken = { readonly kind: "broken"; readonly rule: PathRule };

/** Of which kind a rule is, as far as what helps may follow from it. Limits are of the kind of those whose they are. */
export type RuleKind = LimitSource["kind"] | Exclude<Rule["kind"], "limits" | "named"> | Broken["kind"];

const KINDS: Readonly<Record<RuleKind, true>> = {
  ...{ token: true, tier: true, delegation: true, ceiling: true, installation: true },
  ...{ no_grant: true, unseen: true, overrides: true, handed_on: true, names_differ: true },
  ...{ destination: true, path_filter: true, never: true, unless_listed: true, not_listed: true },
  ...{ reading: true, broken: true, too_long: true },
};

export const RULE_KINDS = Object.keys(KINDS) as readonly RuleKind[];

const isKind = (text: string): text is RuleKind => Object.hasOwn(KINDS, text);

/** The kinds of a rule: two where the token itself and what stands above it refuse, or where a reading or the destination is kept out. */
export function kindsOf(rule: Rule | Broken | null): readonly RuleKind[] {
  if (rule === null) return [];
  switch (rule.kind) {
    case "named":
      return [];
    case "limits":
      return rule.of.map(({ kind }) => kind);
    case "reading":
    case "destination":
      return [rule.kind, ...kindsOf(rule.of)];
    default:
      return [rule.kind];
  }
}

/** The kinds of a rule as the record has them, with spaces; null where it has none. */
export function keptKinds(rule: Rule | null): string | null {
  const kinds = kindsOf(rule);
  return kinds.length === 0 ? null : kinds.join(" ");
}

/** The same, read from the record; none where a newer version wrote one that nobody here knows. */
export function readKinds(kept: string | null): readonly RuleKind[] {
  const kinds = kept === null ? [] : kept.split(" ");
  return kinds.every(isKind) ? kinds : [];
}

/** Whose limits, in words: *tier Developers*, *the token itself*. */
function sourceWords({ kind, name }: LimitSource): string {
  if (kind === "token") return "the token itself";
  return kind === "installation" ? "the installation's ceiling" : `${kind} ${name}`;
}

function limitsWords({ of, override }: LimitsRule): string {
  const whose = of.map(sourceWords).join(" and ");
  return override === null ? whose : `${whose}; ${inWords(override, "method")}`;
}

function wordsOf(rule: Rule | Broken): string {
  switch (rule.kind) {
    case "never":
      return `never: ${rule.why}`;
    case "unless_listed":
      return `unless_listed: ${rule.pattern}`;
    case "limits":
      return limitsWords(rule);
    case "no_grant":
      return "no grant";
    case "unseen":
      return `${rule.what}, unseen`;
    case "names_differ":
      return "another name in another of the caller's applications";
    case "path_filter":
      return `${rule.rule}: ${PATH_FILTER[rule.rule].refuses}`;
    case "broken":
      return PATH_RULES[rule.rule];
    case "reading":
      return `read as /${rule.segments.join("/")}: ${wordsOf(rule.of)}`;
    case "destination":
      return `Destination: ${wordsOf(rule.of)}`;
    case "too_long":
      return "in doubt, and too long to be read in every way";
    case "overrides":
      return rule.of.map(([override, asksFor]) => inWords(override, asksFor)).join("; ");
    case "handed_on":
      return `${rule.place}, handed on`;
    case "named":
      return rule.name;
    default:
      return rule.kind;
  }
}

/** A rule in words, for people: which it is says only the rule itself, since names in its words may say anything. */
export const ruleWords = (rule: Rule | null): string | null => (rule === null ? null : wordsOf(rule));
