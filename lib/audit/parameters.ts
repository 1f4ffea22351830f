import { z } from "zod";
import { id, line } from "#lib/fields";
import { ACTIONS, EVENTS } from "./event";

const time = z.iso
  .datetime({ offset: true, error: "Give a time as ISO 8601, for example 2026-11-22T12:00:00Z." })
  .max(40, "Give a time as ISO 8601, for example 2026-11-22T12:00:00Z.");
const LIMIT = "Give a number from 1 to 100.";

/** What events are about; as a filter, all actions on such things. */
export const SUBJECT_KINDS: readonly string[] = [...new Set(Object.values(EVENTS).map(({ kind }) => kind))];

/** A sequence as people and cursors write it: as many digits as surely fit a bigint. */
const SEQUENCE = /^\d{1,18}$/;

/** Reads a sequence. @returns null for what is none */
export const sequenceOf = (written: string | undefined): bigint | null =>
  written !== undefined && SEQUENCE.test(written) ? BigInt(written) : null;

const FILTERS = {
  /** A name as the log has it; of a user also what their tokens did. */
  actor: line(255).optional(),
  /** An id or a name. */
  subject: z.union([id, line(255)]).optional(),
  /** One action, or the kind of thing it is about. */
  action: z.enum([...ACTIONS, ...SUBJECT_KINDS], "There is no such action.").optional(),
  from: time.optional(),
  to: time.optional(),
  q: line(200).optional(),
};

/** What is looked for in the log. */
export const auditFilter = z.strictObject(FILTERS);
export type AuditFilter = z.output<typeof auditFilter>;

/** The query parameters of the log. The cursor is the sequence of the last event seen; with a minus it pages back. */
export const auditQuery = z.strictObject({
  limit: z.coerce.number(LIMIT).int(LIMIT).min(1, LIMIT).max(100, LIMIT).default(50),
  cursor: z
    .string()
    .regex(/^-?\d{1,18}$/, "This cursor belongs to no page of this list.")
    .optional(),
  ...FILTERS,
});
export type AuditQuery = z.output<typeof auditQuery>;

/** The same for an export, which has no pages. */
export const exportQuery = z.strictObject({
  format: z.enum(["csv", "ndjson"], "Ask for csv or ndjson.").default("ndjson"),
  ...FILTERS,
});
export type ExportQuery = z.output<typeof exportQuery>;
