import type { Case } from "../case";
import { PATH_RULES } from "../path";
import { brokenRule, otherReadings } from "../readings";
import { keptOut, type Paths } from "../reads";

/**
 * What keeps the path from tokens, however somebody might read it; the readings are noted on the case.
 * @param paths the application's, or those that it might have
 * @returns null if tokens reach it, else the rule
 */
export function keeper(c: Case, paths: Paths = c.known.paths): string | null {
  const rule = keptOut(paths, c.target.segments, c.depth);
  if (rule !== null || c.target.signatures.length === 0) return rule;
  const others = otherReadings(c.target);
  if (others === null) return "in doubt, and too long to be read in every way";
  c.readings = others;
  for (const segments of others) {
    const broken = brokenRule(segments);
    const other = broken === null ? keptOut(paths, segments, c.depth) : PATH_RULES[broken];
    if (other !== null) return `read as /${segments.join("/")}: ${other}`;
  }
  return null;
}
