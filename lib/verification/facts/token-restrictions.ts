import { compileRestrictions, FREE, type Restricted } from "#lib/tokens/restrictions/restricted";
import type { Restrictions } from "#lib/tokens/restrictions/restrictions";
import { restrictionsIn } from "#lib/tokens/restrictions/restrictions-schema";

/** What of a token's row `TOKEN_CELLS` reads as one cell, in this order; null where the token has no restriction at all. */
export const RESTRICTIONS_CELL = `CASE WHEN cardinality(t.restrictions) > 0 THEN
    json_build_array(t.header_conditions, t.path_rules, t.time_window, t.rate_limit) END`;

/** Which restrictions are set, by the names under which the database lists them. */
const SET: Readonly<Record<string, (restrictions: Restrictions) => boolean>> = {
  header_conditions: ({ headerConditions }) => headerConditions.length > 0,
  path_rules: ({ pathRules }) => pathRules.length > 0,
  time_window: ({ timeWindow }) => timeWindow !== null,
  rate_limit: ({ rateLimit }) => rateLimit !== null,
};

/**
 * Reads the cell of a token's restrictions and makes them ready.
 * @throws what is not as it was stored
 */
export function compiledCell(cell: unknown): Restricted {
  if (cell === null) return FREE;
  if (!Array.isArray(cell)) throw new Error("the restrictions are no list");
  const [headerConditions, pathRules, timeWindow, rateLimit] = cell;
  return compileRestrictions(
    restrictionsIn({ headerConditions: headerConditions ?? [], pathRules, timeWindow, rateLimit }),
  );
}

/** Whether what is set and what the database lists as set is the same: where they part, neither is believed. */
export const isListed = (restrictions: Restrictions, listed: readonly string[]): boolean =>
  Object.entries(SET).every(([name, isSet]) => isSet(restrictions) === listed.includes(name));
