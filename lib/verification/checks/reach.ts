import type { FilterRule } from "#lib/applications/application";
import type { Case } from "../case";
import { type Check, finding } from "../check";
import { overridesUrl } from "../overrides";
import { packsThatOpen } from "../pack-advice";
import { otherReadings } from "../readings";
import { isExempt, isInsideOfWar, NAMES } from "../signatures";
import { keeper } from "./keeper";

/** Whether a rule that recognised the request refuses it; one that does not is noted, unless it is off. */
function blocks(c: Case, rule: FilterRule, segments: readonly string[] = c.target.segments): boolean {
  const mode = c.known.filter[rule];
  if (mode === "off" || isExempt(rule, c.known.application.kind, segments, c.depth)) return false;
  if (mode === "block" && c.credential.kind === "ours") return true;
  if (!c.observedRules.includes(rule)) c.observedRules = [...c.observedRules, rule];
  return false;
}

/** The first rule for names that refuses how somebody else may read the path. What is too long for that tokens never reach. */
function blockingName(c: Case): FilterRule | null {
  for (const segments of otherReadings(c.target) ?? []) {
    for (const [rule, isNamed] of NAMES) {
      if (c.known.filter[rule] !== "off" && segments.some(isNamed) && blocks(c, rule, segments)) return rule;
    }
  }
  return null;
}

/** The first filter rule that refuses; what is only observed is noted on the way. */
function blockingRule(c: Case): FilterRule | null {
  const { segments, signatures, rawPath } = c.target;
  const { filter } = c.known;
  for (const rule of signatures) if (blocks(c, rule)) return rule;
  if (filter.web_inf !== "off" && segments.some(isInsideOfWar) && blocks(c, "web_inf")) return "web_inf";
  const named = blockingName(c);
  if (named !== null) return named;
  if (filter.empty_segment !== "off" && rawPath.includes("//") && blocks(c, "empty_segment")) return "empty_segment";
  return filter.url_override !== "off" && overridesUrl(c.request) && blocks(c, "url_override") ? "url_override" : null;
}

/** What Explain says of a token's request that passes although rules recognise it. */
const OBSERVED = {
  one: "The path is open to tokens; a rule of the path filter that only observes recognises it.",
  several: "The path is open to tokens; rules of the path filter that only observe recognise it.",
};
/** The same of what is no token of ours. */
const OBSERVED_ONLY = {
  one: "A rule of the path filter recognises it; for what is no token of ours it only observes.",
  several: "Rules of the path filter recognise it; for what is no token of ours they only observe.",
};

/** Step 8: filter rules and the positive list, for tokens; for what is not ours only observed. */
export const reachCheck: Check = {
  step: 8,
  name: "paths for tokens",
  judge(c) {
    const rule = blockingRule(c);
    if (rule !== null) return finding("path_blocked", { kind: "path_filter", rule });
    if (c.credential.kind !== "ours") return null;
    const kept = keeper(c);
    return kept === null ? null : finding("path_blocked", kept);
  },
  alone: "nothing",
  remark: (c) => {
    const { observedRules } = c;
    const isOurs = c.credential.kind === "ours";
    if (observedRules.length === 0) {
      if (isOurs) return { detail: "The path is open to tokens." };
      return { detail: "Nothing about the path stands out.", applies: false };
    }
    const detail = (isOurs ? OBSERVED : OBSERVED_ONLY)[observedRules.length === 1 ? "one" : "several"];
    return { detail, rule: observedRules.join(" and ") };
  },
  advice: (c, { rule }) => {
    if (rule?.kind !== "path_filter") return packsThatOpen(c);
    return keeper(c) === null ? `The path filter's rule ${rule.rule} can be set to observe or off.` : null;
  },
};
