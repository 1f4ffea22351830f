import { z } from "zod";
import { id } from "#lib/fields";

import { REVOCATION_REASONS } from "../acting/revocation";
import { instant, note } from "../schema";
import { tokenFilter } from "../search/filter";

export const BULK_ACTIONS = ["revoke", "suspend", "resume", "change-expiry"] as const;
export type BulkAction = (typeof BULK_ACTIONS)[number];

/** Whether it only takes away, as revoking and suspending one do: possible while a restored backup waits. */
export const isEnd = (action: BulkAction): boolean => action === "revoke" || action === "suspend";

/** A body of 64 KB holds no more ids; beyond that, a filter says which. */
const MOST_IDS = 1_000;
const COUNT = "Send how many tokens you expect.";

/** What is done to each, with the fields that doing it to one alone has. */
const FIELDS = {
  revoke: {
    reason: z
      .enum(REVOCATION_REASONS, `A reason is one of ${REVOCATION_REASONS.join(", ")}.`)
      .default("no_longer_needed"),
    note,
  },
  suspend: { note },
  resume: {},
  "change-expiry": { expiresAt: instant.nullable() },
} as const;

/** Which tokens: these, or all that a filter of the token manager finds. */
const WHICH = {
  ids: z
    .array(id, "Send a list of ids.")
    .min(1, "Choose at least one token.")
    .max(MOST_IDS, `At most ${MOST_IDS} ids; for more send the filter that finds them.`)
    .transform((all) => [...new Set(all)])
    .optional(),
  filter: tokenFilter.optional(),
  expected: z.int(COUNT).min(0, COUNT).max(1_000_000, COUNT).optional(),
  /** Only say what it would do. */
  dryRun: z.boolean().default(false),
};

const actionOf = <A extends BulkAction>(action: A) =>
  z.strictObject({ action: z.literal(action), ...FIELDS[action], ...WHICH });

/** Something that is done to many tokens. */
export const bulkInput = z
  .discriminatedUnion(
    "action",
    [actionOf("revoke"), actionOf("suspend"), actionOf("resume"), actionOf("change-expiry")],
    `An action is one of ${BULK_ACTIONS.join(", ")}.`,
  )
  .refine(({ ids, filter }) => (ids === undefined) !== (filter === undefined), {
    path: ["ids"],
    message: "Say which tokens, once: by their ids or by a filter.",
  });

export type BulkInput = z.output<typeof bulkInput>;

/** What is wished of each token, as an operation keeps it until its turn. Times are epoch milliseconds. */
const bulkWish = z.discriminatedUnion("action", [
  z.strictObject({
    action: z.literal("revoke"),
    reason: z.enum(REVOCATION_REASONS),
    note: z.string().max(500).nullable(),
  }),
  z.strictObject({ action: z.literal("suspend"), note: z.string().max(500).nullable() }),
  z.strictObject({ action: z.literal("resume") }),
  z.strictObject({ action: z.literal("change-expiry"), expiresAt: z.number().nullable() }),
]);
export type BulkWish = z.output<typeof bulkWish>;

/** The part of the input that is kept. */
export function wishOf(input: BulkInput): BulkWish {
  switch (input.action) {
    case "revoke":
      return { action: input.action, reason: input.reason, note: input.note };
    case "suspend":
      return { action: input.action, note: input.note };
    case "resume":
      return { action: input.action };
    case "change-expiry":
      return { action: input.action, expiresAt: input.expiresAt };
  }
}

export const operationInput = z.strictObject({ id });

/** How many tokens are read, or written in one transaction: nobody else waits long for the change head. */
export const CHUNK = 250;

/** A turn of an operation. `most`: how many of its tokens; fewer where so many took too long. */
export const turnInput = operationInput.extend({ most: z.int().min(1).max(CHUNK).default(CHUNK) });

/** What an operation is for, as it was kept. @throws for what nobody of this version has written */
export const wishOfOperation = ({ action, fields }: { readonly action: string; readonly fields: unknown }): BulkWish =>
  bulkWish.parse({ ...(typeof fields === "object" ? fields : {}), action });
