import type { FilterRule } from "#lib/applications/application";
import type { Aim, Case } from "../case";
import { otherReadings } from "../readings";
import { isExempt, isInsideOfWar, NAMES } from "../signatures";

/** Whether a rule that recognised a path refuses it; one that does not is noted, unless it is off. */
export function blocks(c: Case, rule: FilterRule, { target, depth }: Aim = c, segments = target.segments): boolean {
  const mode = c.known.filter[rule];
  if (mode === "off" || isExempt(rule, c.known.application.kind, segments, depth)) return false;
  if (mode === "block" && c.credential.kind === "ours") return true;
  if (!c.observedRules.includes(rule)) c.observedRules = [...c.observedRules, rule];
  return false;
}

/** The first rule for names that refuses how somebody else may read the path. What is too long for that tokens never reach. */
function blockingName(c: Case, aim: Aim): FilterRule | null {
  for (const segments of otherReadings(aim.target) ?? []) {
    for (const [rule, isNamed] of NAMES) {
      if (c.known.filter[rule] !== "off" && segments.some(isNamed) && blocks(c, rule, aim, segments)) return rule;
    }
  }
  return null;
}

/**
 * The first filter rule that refuses a path; what is only observed is noted on the way.
 * @param aim the path of the request, or where it says that it goes to
 */
export function blockingRule(c: Case, aim: Aim): FilterRule | null {
  const { segments, signatures, rawPath } = aim.target;
  const { filter } = c.known;
  for (const rule of signatures) if (blocks(c, rule, aim)) return rule;
  if (filter.web_inf !== "off" && segments.some(isInsideOfWar) && blocks(c, "web_inf", aim)) return "web_inf";
  const named = blockingName(c, aim);
  if (named !== null) return named;
  return filter.empty_segment !== "off" && rawPath.includes("//") && blocks(c, "empty_segment", aim)
    ? "empty_segment"
    : null;
}
