import { z } from "zod";
import { id, line, name, paragraph, version } from "#lib/fields";
import { rangeEntries } from "#lib/networks/network-schema";
import { access, applications } from "#lib/policies/limits-schema";
import { ruleName } from "#lib/policies/policy-schema";
import { REVOCATION_REASONS } from "./acting/revocation";
import { OVERLAPS } from "./acting/rotation";
import { restrictionFields } from "./restrictions/restrictions-schema";

/** A note beside what was done. */
export const note = paragraph(500).nullable().default(null);

/** ISO 8601 with a zone, as epoch milliseconds. */
export const instant = z.iso
  .datetime({ offset: true, error: "Write a date like 2027-02-18T12:00:00Z." })
  .max(40)
  .transform((text) => Date.parse(text));

const labels = z
  .array(name(40), "Send a list of labels.")
  .max(20, "At most 20 labels.")
  .transform((all) => [...new Set(all)]);

/** What a new token is made of. Access and applications must be said: no right by omission. */
const wished = {
  name: name(100),
  description: paragraph(500).default(""),
  contact: line(100).default(""),
  labels: labels.default([]),
  applications,
  access,
  ipRanges: rangeEntries.default([]),
  /** Left out: the default lifetime; null: never. */
  expiresAt: instant.nullable().optional(),
  headerConditions: restrictionFields.headerConditions.default([]),
  pathRules: restrictionFields.pathRules.default([]),
  timeWindow: restrictionFields.timeWindow.default(null),
  /** Left out: the highest that tier or delegation allow; null: none. */
  rateLimit: restrictionFields.rateLimit.optional(),
};

/** `override` is the operator's alone. */
const override = z.boolean().default(false);

/** A token of one's own; whose it is only the operator says. */
export const createTokenInput = z.strictObject({ ...wished, owner: name(255).optional(), override });

/** A token for somebody else, under one delegation: by id (REST) or by username (command line). */
export const issueTokenInput = z
  .strictObject({ ...wished, ownerId: id.optional(), owner: name(255).optional(), delegation: ruleName, override })
  .refine(({ ownerId, owner }) => (ownerId === undefined) !== (owner === undefined), {
    path: ["ownerId"],
    message: "Say whose token it is to be, once.",
  });

/** What an edit may change of a token; what is left out stays. */
export const editTokenInput = z.strictObject({
  id,
  version,
  name: name(100).exactOptional(),
  description: paragraph(500).exactOptional(),
  contact: line(100).exactOptional(),
  labels: labels.exactOptional(),
  applications: applications.exactOptional(),
  access: access.exactOptional(),
  ipRanges: rangeEntries.exactOptional(),
  expiresAt: instant.nullable().exactOptional(),
  headerConditions: restrictionFields.headerConditions.exactOptional(),
  pathRules: restrictionFields.pathRules.exactOptional(),
  timeWindow: restrictionFields.timeWindow.exactOptional(),
  rateLimit: restrictionFields.rateLimit.exactOptional(),
});

export const suspendTokenInput = z.strictObject({ id, note });

export const resumeTokenInput = z.strictObject({ id });

export const rotateTokenInput = z.strictObject({
  id,
  overlap: z.enum(OVERLAPS, `An overlap is one of ${OVERLAPS.join(", ")}.`).default("24h"),
});

export const revokeTokenInput = z.strictObject({
  id,
  reason: z
    .enum(REVOCATION_REASONS, `A reason is one of ${REVOCATION_REASONS.join(", ")}.`)
    .default("no_longer_needed"),
  note,
  /** Only this one of a rotating pair; preset is both. */
  only: z.boolean().default(false),
});

export type TokenWished = Pick<z.output<typeof createTokenInput>, keyof typeof wished>;

/** Gives a waiver (`why` says the reason), or lets one end at another time; null = now. */
export const changeWaiverInput = z.strictObject({ id, until: instant.nullable(), why: line(200).default("") });
