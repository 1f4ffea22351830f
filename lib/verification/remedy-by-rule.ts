import { PATH_FILTER } from "./path-filter";

// Words with which findings name whose rule it was. The record keeps them, so a remedy follows from them long afterwards.
export const THE_TOKEN = "the token itself";
export const NO_GRANT = "no grant";
export const NEVER = "never: ";
export const UNSEEN = ", unseen";

type Words = {
  /** The token alone leaves it out: another one helps. */
  readonly own: string;
  /** What stands above the token leaves it out: another token would be refused alike. */
  readonly above: string;
  readonly both: string;
};

const byWhose =
  ({ own, above, both }: Words) =>
  (rule: string): string => {
    // What follows a semicolon says what made a write of the request, and not whose rule it was.
    const [whose] = rule.split("; ");
    if (whose === THE_TOKEN) return own;
    return rule.startsWith(`${THE_TOKEN} and `) ? both : above;
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

const UNSEEN_RULES = new Set(
  ["addresses", "headers", "paths", "times", "the installation's ranges"].map((what) => `${what}${UNSEEN}`),
);
const SEEN_ALONE =
  "Introspection shows no request. Let the application count tokens that are limited so, or use one that is not.";

/** Of however a path might be read: what follows a path in a rule has neither colon nor slash. */
const NEVER_OPEN = new RegExp(`^(read as .*: )?${NEVER}[^:/]+$`, "s");

function toPath(rule: string): string {
  const [name = ""] = rule.split(":");
  if (Object.hasOwn(PATH_FILTER, name)) return "Send the request without that.";
  if (NEVER_OPEN.test(rule)) return "Nothing opens this path to tokens: use another one of the application's REST API.";
  if (rule.startsWith("read as ")) return "Send a path that can be read in one way only.";
  return rule.startsWith("in doubt")
    ? "Send a shorter path."
    : "Use the application's REST API, or have an administrator list the path in the application.";
}

const BY_RULE: Readonly<Record<string, (rule: string) => string>> = {
  application_refused: (rule) =>
    rule === NO_GRANT
      ? "What gave this token its rights gives none any more. Create one under a tier or delegation that does."
      : toApplication(rule),
  write_refused: toWrite,
  token_address_refused: fromHere,
  path_blocked: toPath,
};

/**
 * What helps against a refusal, where that depends on whose rule it was.
 * @param code of the reason
 * @param rule as the finding names it
 * @returns null where the remedy of the catalogue holds for every cause
 */
export function remedyByRule(code: string, rule: string | null): string | null {
  if (rule === null) return null;
  if (UNSEEN_RULES.has(rule)) return SEEN_ALONE;
  return Object.hasOwn(BY_RULE, code) ? (BY_RULE[code]?.(rule) ?? null) : null;
}
