import { type Check, finding } from "../check";
import type { RefusalCode } from "../reasons";

/** Restrictions that the list judges, by the name under which the database lists them: addresses at step 14. */
const ENFORCED: ReadonlySet<string> = new Set(["ip_ranges"]);

/** Restrictions that can be stored but not yet judged, and the step that will judge them. */
const LATER = {
  header_conditions: { step: 15, name: "header conditions", reason: "header_conditions_unenforced" },
  path_rules: { step: 17, name: "paths of the token", reason: "path_rules_unenforced" },
  time_window: { step: 18, name: "times of day", reason: "time_window_unenforced" },
  rate_limit: { step: 19, name: "rate limits", reason: "rate_limit_unenforced" },
} as const satisfies Record<string, { step: Check["step"]; name: string; reason: RefusalCode }>;

/** A token that carries such a restriction is refused: what is stored is enforced. */
function refuseUnenforced(restriction: keyof typeof LATER): Check {
  const { step, name, reason } = LATER[restriction];
  return {
    step,
    name,
    judge: (c) => (c.facts.token.restrictions.includes(restriction) ? finding(reason, restriction) : null),
    remark: () => ({ detail: "The token has no such restriction.", applies: false }),
  };
}

const isStrange = (name: string) => !ENFORCED.has(name) && !Object.hasOwn(LATER, name);

const headerConditions = refuseUnenforced("header_conditions");

/** Step 15: header conditions; and what a later version restricts, of which nobody here knows the step. */
export const headerConditionsCheck: Check = {
  ...headerConditions,
  judge(c) {
    const strange = c.facts.token.restrictions.find(isStrange);
    return strange === undefined ? headerConditions.judge(c) : finding("restriction_unknown", strange);
  },
};

/** Step 17: the token's own path rules. */
export const pathRulesCheck = refuseUnenforced("path_rules");
/** Step 18: the token's time window. */
export const timeWindowCheck = refuseUnenforced("time_window");
/** Step 19: rate limits, consumed last. */
export const rateCheck = refuseUnenforced("rate_limit");
