import { ENFORCED } from "#lib/tokens/restrictions/enforced";
import { ruleTakes } from "#lib/tokens/restrictions/path-rule";
import { inWindow } from "#lib/tokens/restrictions/time-window";
import type { Aim, Case } from "../case";
import { type Check, type Finding, finding, unseen } from "../check";
import { headerAdvice, headerRemark } from "../header-advice";
import { methodOverride, type Override, urlOverride } from "../overrides";
import { matches } from "../pattern";
import { otherReadings } from "../readings";
import { onlyValue } from "../request";
import type { Rule } from "../rule";
import { operationOf } from "./operation";

const NOT_SET = { detail: "The token has no such restriction.", applies: false } as const;

function strangeIn({ facts: { token } }: Case): Finding | null {
  const strange = token.restrictions.find((name) => !ENFORCED.has(name));
  return strange === undefined ? null : finding("restriction_unknown", strange);
}

/** Step 15: header conditions; and what a later version restricts, of which nobody here knows the step. */
export const headerConditionsCheck: Check = {
  step: 15,
  name: "header conditions",
  judge(c) {
    const strange = strangeIn(c);
    if (strange !== null) return strange;
    const { headers } = c.request;
    const missing = c.facts.token.restricted.headerConditions.find(
      ({ name, value }) => onlyValue(headers, name) !== value,
    );
    return missing === undefined ? null : finding("header_refused", missing.name);
  },
  alone(c) {
    const { headerConditions } = c.facts.token.restricted;
    return strangeIn(c) ?? (headerConditions.length === 0 ? null : unseen(c, "header_refused", "headers"));
  },
  remark: ({ facts: { token }, gateway }) => {
    const { headerConditions } = token.restricted;
    if (headerConditions.length === 0) return NOT_SET;
    const names = headerConditions.map(({ name }) => name);
    const more = headerRemark(names, gateway.gateway.adapter);
    return { detail: `The request carries every header that the token asks for.${more}` };
  },
  advice: ({ gateway }, { reason, rule }) =>
    reason === "header_refused" && rule?.kind === "named" ? headerAdvice(rule.name, gateway.gateway.adapter) : null,
};

/** What is refused because it asks for another method or address than a path rule takes. */
function overriding(ofMethod: Override | null, ofUrl: Override | null): Rule {
  const method = ofMethod === null ? [] : [[ofMethod, "method"] as const];
  return { kind: "overrides", of: [...method, ...(ofUrl === null ? [] : [[ofUrl, "address"] as const])] };
}

/**
 * Whether a path rule takes a path, in every reading.
 * @param asked the method; null where nobody knows which one is meant
 */
function takenAs(c: Case, { target, depth }: Aim, asked: string | null): boolean {
  const takes = (read: readonly string[]) =>
    c.facts.token.restricted.rules.some((rule) => ruleTakes(rule, asked) && matches(rule.pattern, read, depth));
  return takes(target.segments) && otherReadings(target)?.every(takes) === true;
}

/**
 * Step 17: the token's own path rules. What asks for another method than its own matches only rules for any method; what
 * asks for another address matches none; a path that can be read in several ways matches in all of them. Where the
 * request says in `Destination` that it goes elsewhere, they take its method there too.
 */
export const pathRulesCheck: Check = {
  step: 17,
  name: "paths of the token",
  judge(c) {
    const { rules, pathRules } = c.facts.token.restricted;
    if (rules.length === 0) return null;
    const operation = operationOf(c);
    const { destination } = c;
    const allows = (asked: string | null) => takenAs(c, c, asked);
    const ofMethod = methodOverride(operation);
    const ofUrl = urlOverride(c.request);
    const asked = ofMethod === null ? operation.method : null;
    const named = pathRules.join(", ");
    if (ofUrl === null && allows(asked)) {
      if (destination === null || takenAs(c, destination, asked)) return null;
      return finding("path_rule_refused", { kind: "destination", of: { kind: "named", name: named } });
    }
    // Where a rule takes path and method of the request line, what asks for others is what is refused.
    const why = allows(operation.method) ? overriding(allows(null) ? null : ofMethod, ofUrl) : named;
    return finding("path_rule_refused", why);
  },
  alone: (c) => (c.facts.token.restricted.rules.length === 0 ? null : unseen(c, "path_rule_refused", "paths")),
  remark: ({ facts: { token } }) =>
    token.restricted.rules.length === 0 ? NOT_SET : { detail: "A path rule of the token allows this path." },
  advice: (_, { rule }) =>
    rule?.kind === "overrides" ? "Without what asks for another, a path rule allows it." : null,
};

function closed(c: Case): Finding | null {
  const { timeWindow } = c.facts.token.restricted;
  if (timeWindow === null || inWindow(timeWindow, c.now)) return null;
  const { days, from, to, zone } = timeWindow;
  return finding("time_refused", `${days.join(" ")} ${from}–${to} ${zone}`);
}

/** Step 18: the token's time window. */
export const timeWindowCheck: Check = {
  step: 18,
  name: "times of day",
  judge: closed,
  // It can be seen whether the window is open, and not when the answer will be used: callers keep it for a while.
  alone: (c) => closed(c) ?? (c.facts.token.restricted.timeWindow === null ? null : unseen(c, "time_refused", "times")),
  remark: ({ facts: { token } }) =>
    token.restricted.timeWindow === null ? NOT_SET : { detail: "It is within the token’s times." },
};
