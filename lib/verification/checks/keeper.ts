import type { Case } from "../case";
import { brokenRule, otherReadings } from "../readings";
import { keptOut, type Paths } from "../reads";
import type { Rule } from "../rule";

/**
 * What keeps the path from tokens, however somebody might read it.
 * @param paths the application's, or those that it might have
 * @returns null if tokens reach it, else the rule
 */
export function keeper(c: Case, paths: Paths = c.known.paths): Rule | null {
  const rule = keptOut(paths, c.target.segments, c.depth);
  if (rule !== null || c.target.signatures.length === 0) return rule;
  const others = otherReadings(c.target);
  if (others === null) return { kind: "too_long" };
  for (const segments of others) {
    const broken = brokenRule(segments);
    const of = broken === null ? keptOut(paths, segments, c.depth) : ({ kind: "broken", rule: broken } as const);
    if (of !== null) return { kind: "reading", segments, of };
  }
  return null;
}
