import type { z } from "zod";
import { notEnforcedYet } from "#lib/errors/invalid-input";

/**
 * Everything that the model can hold but nothing enforces yet. What is stored is enforced, so any value but the default
 * is refused (`not_enforced_yet`). Whoever builds the enforcement removes the line, and with it the refusals.
 */
export const NOT_ENFORCED = {
  endNeverUsedAfterDays: "Ending tokens that were never used",
  endUnusedAfterDays: "Ending tokens that are no longer used",
  createOnRequest: "Creating on request",
  audienceOnRequest: "Everyone may request",
  endedRetentionDays: "Deleting ended tokens",
} as const;

export type Unenforced = keyof typeof NOT_ENFORCED;

/**
 * Lets a field exist without being usable: shaped like `schema`, but only its default passes.
 * @param isDefault whether a value restricts nothing
 */
export function untilEnforced<S extends z.ZodType>(
  schema: S,
  what: Unenforced,
  isDefault: (value: z.output<S>) => boolean,
): S {
  return schema.refine(isDefault, notEnforcedYet(NOT_ENFORCED[what]));
}
