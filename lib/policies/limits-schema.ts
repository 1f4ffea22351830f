import { z } from "zod";
import { slug } from "#lib/fields";
import { rangeEntries } from "#lib/networks/network-schema";
import type { Limits } from "./limits";
import { untilEnforced } from "./not-enforced";

const LONGEST_DAYS = 3_650;
const MOST_TOKENS = 10_000;
const DEFAULT_DAYS = 30;

const days = z.int("Give whole days.").min(1, "At least one day.").max(LONGEST_DAYS, `At most ${LONGEST_DAYS} days.`);
const noNumber = (value: number | null | undefined) => value === null || value === undefined;

/** Some applications by key, or all of them; none at all would be for nothing. Whether they exist is judged where they are known. */
export const applications = z.union([
  z.literal("all"),
  z
    .array(slug)
    .min(1, "Name at least one application.")
    .max(200, "At most 200 applications.")
    .transform((keys) => [...new Set(keys)]),
]);

export const access = z.enum(["read", "write"], "Say read or write.");

const approval = z.union([
  z.enum(["never", "always"]),
  z.strictObject({ whenWrite: z.boolean(), whenLongerThanDays: days.nullable(), whenNoRanges: z.boolean() }),
]);

/** What may be left out, in tiers, delegations and ceilings alike. */
const optional = {
  defaultLifetimeDays: days,
  requireRanges: z.boolean(),
  ranges: rangeEntries,
  maxRatePerMinute: z.int("Give a whole number.").min(1, "At least 1.").max(1_000_000, "At most 1,000,000.").nullable(),
  requirePurpose: z.boolean(),
  requireContact: z.boolean(),
  endNeverUsedAfterDays: untilEnforced(days.nullable(), "endNeverUsedAfterDays", noNumber),
  endUnusedAfterDays: untilEnforced(days.nullable(), "endUnusedAfterDays", noNumber),
  approval,
};

/** What must be said: a right is never granted by omission. */
const required = {
  maxLifetimeDays: days.nullable(),
  access,
  applications,
  maxActive: z.int().min(0).max(MOST_TOKENS, `At most ${MOST_TOKENS}.`).nullable(),
};

/** Whether the default lifetime is within the longest. */
const defaultFits = ({
  defaultLifetimeDays,
  maxLifetimeDays,
}: {
  defaultLifetimeDays?: number | undefined;
  maxLifetimeDays?: number | null | undefined;
}) =>
  defaultLifetimeDays === undefined ||
  noNumber(maxLifetimeDays) ||
  defaultLifetimeDays <= (maxLifetimeDays ?? LONGEST_DAYS);
const misfit = { path: ["defaultLifetimeDays"], message: "The default is longer than the longest lifetime." };

/** `own` of a tier and `issue` of a delegation: four limits must be stated, the rest has the defaults of the docs. */
export const limitsInput = z
  .strictObject({ ...required, ...z.strictObject(optional).partial().shape })
  .refine(defaultFits, misfit)
  .transform(
    (given): Limits => ({
      maxLifetimeDays: given.maxLifetimeDays,
      defaultLifetimeDays: given.defaultLifetimeDays ?? Math.min(DEFAULT_DAYS, given.maxLifetimeDays ?? DEFAULT_DAYS),
      access: given.access,
      applications: given.applications,
      maxActive: given.maxActive,
      requireRanges: given.requireRanges ?? false,
      ranges: given.ranges ?? [],
      maxRatePerMinute: given.maxRatePerMinute ?? null,
      requirePurpose: given.requirePurpose ?? false,
      requireContact: given.requireContact ?? false,
      endNeverUsedAfterDays: given.endNeverUsedAfterDays ?? null,
      endUnusedAfterDays: given.endUnusedAfterDays ?? null,
      approval: given.approval ?? "never",
    }),
  );

/** A ceiling only takes away: whatever is left out it does not limit. */
export const ceilingInput = z
  .strictObject({ ...required, ...optional })
  .exactPartial()
  .refine(defaultFits, misfit);
