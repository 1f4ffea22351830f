import { z } from "zod";
import { name } from "#lib/fields";
import { FILTER_MODES, FILTER_RULES, PATH_FILTER } from "#lib/verification/path-filter";
import { PACK_NAMES } from "#lib/verification/reads/packs";
import type { Exception, FilterMode, FilterRule } from "./application";
import { pathPattern } from "./path-pattern";

/** What an application says about its requests: filter rules, read packs, what passes under `block`. */

const once = <T>(values: readonly T[]): T[] => [...new Set(values)];

/** Patterns that the administrator names. */
export const pathPatterns = z
  .array(pathPattern, "Send a list of path patterns.")
  .max(200, "At most 200 patterns.")
  .transform(once);

const user = name(64).refine((text) => !text.includes(":"), "A username here has no colon.");

const exception = (users: z.ZodType<string[]>) =>
  z.strictObject({ users, paths: pathPatterns }, "Send an object with users and paths.").exactPartial();

const named = exception(z.array(user, "Send a list of usernames.").max(200, "At most 200 users.").transform(once));
const nameless = exception(
  z
    .array(z.string().max(64))
    .max(0, "Nothing says who sent such a credential: name paths only.")
    .transform(() => []),
);

/** By class; a list that is left out stays as it was. What then names neither users nor paths is no exception any more. */
export const exceptions = z
  .strictObject(
    { password: named, foreignBearer: nameless, oauth1: nameless, otherScheme: nameless, none: nameless },
    "Send exceptions by class.",
  )
  .exactPartial();

/** Filter rules by id; what is left out stays as it is. */
export const pathFilter = z.partialRecord(
  z.enum(FILTER_RULES, `A filter rule is one of ${FILTER_RULES.join(", ")}.`),
  z.enum(FILTER_MODES, "A filter rule is off, observe or block."),
  "Send filter rules by id.",
);

export const readPacks = z
  .array(z.enum(PACK_NAMES, `A read pack is one of ${PACK_NAMES.join(", ")}.`), "Send a list of read packs.")
  .max(50, "At most 50 read packs.")
  .transform((names) => PACK_NAMES.filter((name) => names.includes(name)));

type Named<T> = Readonly<Partial<Record<string, T>>>;

const merged = <T>(before: Named<T>, changes: Named<T> | undefined, keeps: (name: string, value: T) => boolean) =>
  Object.fromEntries(
    Object.entries({ ...before, ...changes }).filter(
      (entry): entry is [string, T] => entry[1] !== undefined && keeps(entry[0], entry[1]),
    ),
  );

const NOTHING: Exception = { users: [], paths: [] };

/**
 * Exceptions after an edit, list by list: whoever adds a user must not lose the paths that this exception is limited to.
 * What excepts nothing is not kept.
 */
export function withExceptions(before: Named<Exception>, changes: Named<Partial<Exception>> = {}) {
  const whole = Object.entries(changes).map(
    ([each, lists]) => [each, { ...NOTHING, ...before[each], ...lists }] as const,
  );
  return merged(before, Object.fromEntries(whole), (_class, { users, paths }) => users.length + paths.length > 0);
}

/** Filter rules after an edit. What is as preset is not kept. */
export const withFilterRules = (before: Named<FilterMode>, changes: Named<FilterMode> | undefined) =>
  merged(before, changes, (rule, mode) => PATH_FILTER[rule as FilterRule].preset !== mode);
