import type { Aim, Case } from "../case";
import { brokenRule, otherReadings } from "../readings";
import { keptOut, type Paths } from "../reads";
import type { Barrier } from "../rule";

/**
 * What keeps a path from tokens, however somebody might read it.
 * @param paths the application's, or those that it might have
 * @param aim the path of the request, or where it says that it goes to
 * @returns null if tokens reach it, else the rule
 */
export function keeper(c: Case, paths: Paths = c.known.paths, { target, depth }: Aim = c): Barrier | null {
  const rule = keptOut(paths, target.segments, depth);
  if (rule !== null || target.signatures.length === 0) return rule;
  const others = otherReadings(target);
  if (others === null) return { kind: "too_long" };
  for (const segments of others) {
    const broken = brokenRule(segments);
    const of = broken === null ? keptOut(paths, segments, depth) : ({ kind: "broken", rule: broken } as const);
    if (of !== null) return { kind: "reading", segments, of };
  }
  return null;
}
