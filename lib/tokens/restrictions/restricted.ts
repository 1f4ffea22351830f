import { compilePathRule, type PathRule } from "./path-rule";
import { type Restrictions, UNRESTRICTED } from "./restrictions";

/** Restrictions with their path rules ready for matching. */
export type Restricted = Restrictions & { readonly rules: readonly PathRule[] };

/** Makes restrictions ready for the verification. */
export const compileRestrictions = (restrictions: Restrictions): Restricted => ({
  ...restrictions,
  rules: restrictions.pathRules.map(compilePathRule),
});

/** Of a token that has none. */
export const FREE: Restricted = Object.freeze(compileRestrictions(UNRESTRICTED));
