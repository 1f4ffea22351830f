import { ok, type Result } from "#lib/errors/error";
import { restrictionsOf } from "../restrictions/restrictions";
import { applicationsOf, shownRestrictions, type TokenRow } from "../row";
import type { Write } from "./acts";
import { besideSuccessor } from "./plan-beside";
import { type EditSubject, planEdit } from "./plan-edit";

const iso = (date: Date | null): string | null => date?.toISOString() ?? null;

/** What an edit can change of a token, for the log. */
export const editableOf = (row: TokenRow) => ({
  name: row.name,
  description: row.description,
  contact: row.contact,
  labels: row.labels,
  applications: applicationsOf(row),
  access: row.access,
  ipRanges: row.ipRanges,
  ...restrictionsOf(shownRestrictions(row)),
  expiresAt: iso(row.expiresAt),
});

/** The earlier of two ends, of which the second may be never. */
export const sooner = (end: Date | null, other: Date | null): Date | null =>
  end !== null && other !== null && other < end ? other : end;

/**
 * Lets a token end at another time, by the rules of an edit that changes nothing else. The old secret of one that is
 * being rotated never lives longer for it.
 * @param expiresAt epoch milliseconds; null = never
 * @param now epoch milliseconds
 * @returns what to write, nothing where it ends then already; `forbidden`, `ended`, `stale`, `invalid_input`,
 *   `limit_exceeded`, `not_granted`
 */
export function endingAt(
  subject: EditSubject,
  others: readonly TokenRow[],
  expiresAt: number | null,
  now: number,
): Result<readonly Write[]> {
  const planned = planEdit(subject, { expiresAt }, now);
  if (!planned.ok) return planned;
  const { row, rules } = subject;
  const at = expiresAt === null ? null : new Date(expiresAt);
  if (at?.getTime() === row.expiresAt?.getTime()) return ok([]);
  const before = editableOf(row);
  const event = {
    action: "token.edited" as const,
    subject: { id: row.id, name: row.name },
    detail: { before, after: { ...before, expiresAt: iso(at) } },
  };
  const write: Write = { columns: { expiresAt: at }, touched: [row], events: [event] };
  const writes = [write];
  for (const old of others) {
    const beside = besideSuccessor(old, planned.value, rules.networks);
    if (!beside.ok) return beside;
    const { expiresAt: end } = beside.value.wish;
    const ends = end === null ? null : new Date(end);
    const overlapEndsAt = sooner(old.overlapEndsAt, ends);
    // What is told of the token is told of its old secret too, as when it is edited alone.
    writes.push({ columns: { expiresAt: ends, overlapEndsAt }, touched: [old], events: [] });
  }
  return ok(writes);
}
