import type { AuditEntry } from "#lib/audit/event";
import type { TokenRow } from "../row";
import { datedOf } from "../row";
import { statusOf } from "../status";
import { isHeld } from "./actions-on";
import type { RevocationReason } from "./revocation";
import { mayResume, type Standing, suspendsAsOwner } from "./standing";

type Written =
  | "revokedAt"
  | "revokedBy"
  | "revocationReason"
  | "revocationNote"
  | "leakReportedAt"
  | "suspendedAt"
  | "suspendedBy"
  | "suspendedByOwner"
  | "suspensionNote"
  | "expiresAt"
  | "overlapEndsAt";

/** The same columns of some tokens, and how that is told. */
export type Write = {
  readonly columns: Partial<Pick<TokenRow, Written>>;
  readonly touched: readonly TokenRow[];
  readonly events: readonly AuditEntry[];
};

/** What doing something to a token writes: the same to it and to whatever works beside it, each told by its event. */
export type Act = Write & { readonly events: readonly [AuditEntry, ...AuditEntry[]] };

const ACTIVE_OWNER = { deactivatedAt: null };

/** Whether a token is revoked, or its overlap over. @param now epoch milliseconds */
export const isRevoked = (row: TokenRow, now: number): boolean =>
  statusOf(datedOf(row), ACTIVE_OWNER, now) === "revoked";

const subjectOf = ({ id, name }: TokenRow) => ({ id, name });

/** One event for each, the named token's first. */
function told(
  columns: Act["columns"],
  row: TokenRow,
  others: readonly TokenRow[],
  tell: (row: TokenRow) => AuditEntry,
) {
  return { columns, touched: [row, ...others], events: [tell(row), ...others.map(tell)] } satisfies Act;
}

type Why = { readonly by: string; readonly reason: RevocationReason; readonly note: string | null };

/**
 * Ends a token for good, and with it the other one of a rotating pair.
 * @param others what still works beside it, as far as it is meant too
 * @param now epoch milliseconds
 * @returns null where it is revoked already
 */
export function revoking(row: TokenRow, others: readonly TokenRow[], why: Why, now: number): Act | null {
  if (isRevoked(row, now)) return null;
  const { by, reason, note } = why;
  const columns = { revokedAt: new Date(now), revokedBy: by, revocationReason: reason, revocationNote: note };
  return told(columns, row, others, (each) => ({
    action: "token.revoked",
    subject: subjectOf(each),
    detail: { before: { revocation: null }, after: { revocation: { by, reason, note }, owner: each.owner.username } },
  }));
}

/**
 * Stops a token and what works beside it: the other secret of a rotating pair does the same thing, so leaving it at work
 * would stop nothing. What the owner suspended somebody else may take over; then the owner alone no longer resumes it.
 * @returns null where it is held already
 */
export function suspending(
  { row, standing }: { readonly row: TokenRow; readonly standing: Standing },
  others: readonly TokenRow[],
  { by, note }: Pick<Why, "by" | "note">,
  now: number,
): Act | null {
  if (isHeld(row, standing)) return null;
  const byOwner = suspendsAsOwner(standing);
  const columns = { suspendedAt: new Date(now), suspendedBy: by, suspendedByOwner: byOwner, suspensionNote: note };
  const held = others.filter((each) => !isHeld(each, standing));
  return told(columns, row, held, (each) => {
    const before = each.suspendedAt === null ? null : { by: each.suspendedBy, byOwner: each.suspendedByOwner };
    const detail = { before: { suspension: before }, after: { suspension: { by, byOwner, note } } };
    return { action: "token.suspended", subject: subjectOf(each), detail };
  });
}

const NOT_SUSPENDED = { suspendedAt: null, suspendedBy: null, suspendedByOwner: false, suspensionNote: null };

/** Lets a token go on, and what works beside it as far as it may be. @returns null where nothing holds it */
export function resuming(
  { row, standing }: { readonly row: TokenRow; readonly standing: Standing },
  others: readonly TokenRow[],
): Act | null {
  if (row.suspendedAt === null) return null;
  const resumed = others.filter(
    ({ suspendedAt, suspendedByOwner: byOwner, suspendedBy: by }) =>
      suspendedAt !== null && mayResume(standing, { byOwner, by }).ok,
  );
  return told(NOT_SUSPENDED, row, resumed, (each) => {
    const before = { by: each.suspendedBy, byOwner: each.suspendedByOwner, note: each.suspensionNote };
    return {
      action: "token.resumed",
      subject: subjectOf(each),
      detail: { before: { suspension: before }, after: { suspension: null } },
    };
  });
}

/** A token as an act leaves it. */
export const actedOn = (row: TokenRow, { columns }: Pick<Write, "columns">): TokenRow => ({
  ...row,
  ...columns,
  version: row.version + 1,
});
