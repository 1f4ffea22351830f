import type { FilterRule } from "#lib/applications/application";
import type { Case } from "../case";
import { type Check, finding } from "../check";
import { DESTINATION_FAULTS, destinationOf } from "../destination";
import { overridesUrl } from "../overrides";
import { packsThatOpen } from "../pack-advice";
import type { Rule } from "../rule";
import { blockingRule, blocks } from "./filter";
import { keeper } from "./keeper";

/** The first filter rule that refuses the request; what is only observed is noted on the way. */
function refusingRule(c: Case): FilterRule | null {
  const rule = blockingRule(c, c);
  if (rule !== null) return rule;
  return c.known.filter.url_override !== "off" && overridesUrl(c.request) && blocks(c, "url_override")
    ? "url_override"
    : null;
}

type Barred = Extract<Rule, { kind: "destination" }>["of"];

/** What keeps a token from where its request says that it goes to: all that keeps it from a path. */
function keeperOfDestination(c: Case): Barred | null {
  const found = destinationOf(c.request, c.installation.routes, c.known, c.question.adapter === "envoy");
  if (found === null) return null;
  if (typeof found === "string") return { kind: "named", name: DESTINATION_FAULTS[found] };
  if ("ok" in found) return { kind: "broken", rule: found.rule };
  c.destination = found;
  const rule = blockingRule(c, found);
  if (rule !== null) return { kind: "path_filter", rule };
  return keeper(c, c.known.paths, found);
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

/**
 * Step 8: filter rules and the positive list, for tokens; for what is not ours only observed. Where a request says in
 * `Destination` that it goes elsewhere (WebDAV's MOVE and COPY must), that is judged like its own path, and belongs to
 * the same application.
 */
export const reachCheck: Check = {
  step: 8,
  name: "paths for tokens",
  judge(c) {
    const rule = refusingRule(c);
    if (rule !== null) return finding("path_blocked", { kind: "path_filter", rule });
    if (c.credential.kind !== "ours") return null;
    const kept = keeper(c);
    if (kept !== null) return finding("path_blocked", kept);
    const of = keeperOfDestination(c);
    return of === null ? null : finding("path_blocked", { kind: "destination", of });
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
    const isDestination = rule?.kind === "destination";
    const [aim, what] = isDestination ? [c.destination, rule.of] : [c, rule];
    if (aim === null) return null;
    if (what?.kind !== "path_filter") return packsThatOpen(c, aim);
    const opens = keeper(c, c.known.paths, aim) === null;
    return opens ? `The path filter's rule ${what.rule} can be set to observe or off.` : null;
  },
};
