import type { RuleKind } from "./rule";

type Words = {
  /** The token alone leaves it out: another one helps. */
  readonly own: string;
  /** What stands above the token leaves it out: another token would be refused alike. */
  readonly above: string;
  readonly both: string;
};

type Remedy = (kinds: readonly RuleKind[]) => string | null;

const LIMITS: ReadonlySet<RuleKind> = new Set(["token", "tier", "delegation", "ceiling", "installation"] as const);

const byWhose =
  ({ own, above, both }: Words): Remedy =>
  (kinds) => {
    if (!kinds.every((kind) => LIMITS.has(kind))) return null;
    if (!kinds.includes("token")) return above;
    return kinds.length === 1 ? own : both;
  };

const toApplication = byWhose({
  own: "Create a token for this application.",
  above: "An administrator can let that rule include this application; a new token would be refused alike.",
  both: "An administrator can let the rule above the token include this application; then create a token for it.",
});

const toWrite = byWhose({
  own: "Use a token that may write.",
  above: "An administrator can let that rule allow writing; a new token would be refused alike.",
  both: "An administrator can let the rule above the token allow writing; then use a token that may write.",
});

const fromHere = byWhose({
  own: "Call from an allowed network, or use a token that allows this one.",
  above: "Call from an allowed network, or have an administrator widen the ranges of that rule.",
  both: "Call from an allowed network, or have an administrator widen the rule above the token; then use a token that allows this one.",
});

const COUNT_UNSEEN = "Introspection shows no request. Let the application count tokens that are limited so";

const SEEN_ALONE = `${COUNT_UNSEEN}, or use one that is not.`;

/** What only a request could fulfil, where a token is asked about alone. */
const UNSEEN: Readonly<Record<string, string>> = {
  ...{ address_refused: `${COUNT_UNSEEN}, or take the ranges out of the settings.` },
  ...{ token_address_refused: SEEN_ALONE, header_refused: SEEN_ALONE },
  ...{ path_rule_refused: SEEN_ALONE, time_refused: SEEN_ALONE },
  foreign_bearer_blocked: "Use a Latchkey token.",
};

const LISTABLE = "Use the application's REST API, or have an administrator list the path in the application.";

/** What nothing opens stays closed in whatever way it is read: the first that is among the kinds counts. */
const TO_PATH: readonly (readonly [RuleKind, string])[] = [
  ["path_filter", "Send the request without that."],
  ["never", "Nothing opens this path to tokens: use another one of the application's REST API."],
  ["reading", "Send a path that can be read in one way only."],
  ["too_long", "Send a shorter path."],
  ["unless_listed", LISTABLE],
  ["not_listed", LISTABLE],
  [
    "destination",
    "Send one Destination: a plain path of the same application, or an address of the request's own host with one.",
  ],
];

const ONE_NAME =
  "Give the owner the same username in all applications of the gateway, or each application a gateway of its own.";

const BY_RULE: Readonly<Record<string, Remedy>> = {
  application_refused: (kinds) =>
    kinds.includes("no_grant")
      ? "What gave this token its rights gives none any more. Create one under a tier or delegation that does."
      : toApplication(kinds),
  write_refused: toWrite,
  token_address_refused: fromHere,
  identity_unrepresentable: (kinds) => (kinds.includes("names_differ") ? ONE_NAME : null),
  path_rule_refused: (kinds) =>
    kinds.includes("destination")
      ? "Send a Destination that the token's path rules allow too, or use one whose path rules allow this one."
      : null,
  path_blocked: (kinds) => TO_PATH.find(([kind]) => kinds.includes(kind))?.[1] ?? null,
};

/**
 * What helps against a refusal, where that depends on whose rule it was.
 * @param code of the reason
 * @param kinds of the rule
 * @returns null where the remedy of the catalogue holds for every cause
 */
export function remedyByRule(code: string, kinds: readonly RuleKind[]): string | null {
  if (kinds.length === 0) return null;
  if (kinds.includes("unseen")) return Object.hasOwn(UNSEEN, code) ? (UNSEEN[code] ?? null) : null;
  return Object.hasOwn(BY_RULE, code) ? (BY_RULE[code]?.(kinds) ?? null) : null;
}
