import { type Check, finding } from "../check";
import type { RefusalCode } from "../reasons";

/** Restrictions that can be stored but not yet judged, by the name of their field, and the step that will judge them. */
const LATER = {
  headerConditions: { step: 15, name: "header conditions", reason: "header_conditions_unenforced" },
  pathRules: { step: 17, name: "paths of the token", reason: "path_rules_unenforced" },
  timeWindow: { step: 18, name: "times of day", reason: "time_window_unenforced" },
  rateLimit: { step: 19, name: "rate limits", reason: "rate_limit_unenforced" },
} as const satisfies Record<string, { step: Check["step"]; name: string; reason: RefusalCode }>;

/** A token that carries such a restriction is refused: what is stored is enforced. */
function refuseUnenforced(field: keyof typeof LATER): Check {
  const { step, name, reason } = LATER[field];
  return {
    step,
    name,
    judge: (c) => (c.facts.token.unknownRestrictions.includes(field) ? finding(reason, field) : null),
    remark: () => ({ detail: "The token has no such restriction.", applies: false }),
  };
}

const headerConditions = refuseUnenforced("headerConditions");

export const headerConditionsCheck: Check = {
  ...headerConditions,
  judge(c) {
    const strange = c.facts.token.unknownRestrictions.find((name) => !Object.hasOwn(LATER, name));
    return strange === undefined ? headerConditions.judge(c) : finding("restriction_unknown", strange);
  },
};

export const pathRulesCheck = refuseUnenforced("pathRules");
export const timeWindowCheck = refuseUnenforced("timeWindow");
export const rateCheck = refuseUnenforced("rateLimit");
