import { z } from "zod";
import type { Access, Applications, Ceiling, Limits } from "#lib/policies/limits";
import { count, flag, shape, texts } from "./shape";

export const access: z.ZodType<Access> = z
  .enum(["read", "write"])
  .describe("Write includes read. Reading goes by what a request does, not by its method alone.");

export const applications: z.ZodType<Applications> = z
  .union([z.literal("all"), texts])
  .describe("Keys of applications. *All* never includes the portal itself (`latchkey`) where it stands on a token.");

const days = count.nullable();
const approval = z.union([
  z.enum(["never", "always"]),
  z.strictObject({ whenWrite: flag, whenLongerThanDays: days, whenNoRanges: flag }),
]);

const fields = {
  maxLifetimeDays: days.describe("Null allows tokens that never expire."),
  defaultLifetimeDays: count,
  access,
  applications,
  maxActive: count.nullable(),
  requireRanges: flag,
  ranges: texts.describe("Ranges (CIDR) and names of networks; empty is from anywhere."),
  maxRatePerMinute: count.nullable(),
  requirePurpose: flag,
  requireContact: flag,
  endNeverUsedAfterDays: days,
  endUnusedAfterDays: days,
  approval,
};

export const LIMITS = shape<Limits>("Limits", fields);

/** What a ceiling leaves out it does not limit. */
const { exactOptional: maybe } = z;
export const CEILING: z.ZodType<Ceiling> = shape("Ceiling", {
  maxLifetimeDays: maybe(fields.maxLifetimeDays),
  defaultLifetimeDays: maybe(fields.defaultLifetimeDays),
  access: maybe(fields.access),
  applications: maybe(fields.applications),
  maxActive: maybe(fields.maxActive),
  requireRanges: maybe(fields.requireRanges),
  ranges: maybe(fields.ranges),
  maxRatePerMinute: maybe(fields.maxRatePerMinute),
  requirePurpose: maybe(fields.requirePurpose),
  requireContact: maybe(fields.requireContact),
  endNeverUsedAfterDays: maybe(fields.endNeverUsedAfterDays),
  endUnusedAfterDays: maybe(fields.endUnusedAfterDays),
  approval: maybe(fields.approval),
});
