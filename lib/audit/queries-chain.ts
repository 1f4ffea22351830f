import { can } from "#lib/access/can";
import type { Viewer } from "#lib/access/viewer";
import { database } from "#lib/db/client";
import { ok, type Result, refuse } from "#lib/errors/error";
import { type ChainReport, chainReport } from "./chain";
import { eventOf } from "./row";
import { walkChain } from "./store-chain";
import { text } from "./words";

/** Events that a page looks at each time: what came last is what somebody would want to hide. */
const LATEST = 1_000;

/**
 * Checks the audit chain from the first event to the head.
 * @param now epoch milliseconds
 * @returns `forbidden` for who may not read the log
 */
export async function checkAuditChain(viewer: Viewer, now: number): Promise<Result<ChainReport>> {
  if (!can(viewer, "audit.read")) return refuse("forbidden", "The audit log is for administrators and auditors.");
  return ok(chainReport(await walkChain(database(), null, now)));
}

/** What a page says of the chain: the last events, checked just now, and the last check of all of it that was noted. */
export type ChainState = {
  /** Sequences, as texts: the first that was looked at and the last that fits. */
  readonly from: string;
  readonly through: string;
  readonly firstBad: { readonly seq: string; readonly why: string } | null;
  /** Null where nobody has noted one. `at` is ISO 8601. */
  readonly noted: {
    readonly at: string;
    readonly by: string;
    readonly through: string;
    readonly broken: string | null;
  } | null;
};

/**
 * Checks the last events of the log.
 * @param now epoch milliseconds
 * @returns null for who may not read the log
 */
export async function checkLatestEvents(viewer: Viewer, now: number): Promise<ChainState | null> {
  if (!can(viewer, "audit.read")) return null;
  const db = database();
  const walked = await walkChain(db, LATEST, now);
  const row = await db.auditEvent.findFirst({
    where: { subjectKind: "log", action: "log.checked" },
    orderBy: { seq: "desc" },
  });
  const after = row === null ? null : eventOf(row).detail.after;
  const told = typeof after === "object" && after !== null && !Array.isArray(after) ? after : {};
  const member = (name: string) => text(Object.getOwnPropertyDescriptor(told, name)?.value);
  const bad = walked.firstBad;
  return {
    from: walked.from.toString(),
    through: walked.through.toString(),
    firstBad: bad && { seq: bad.seq.toString(), why: bad.why },
    noted: row && {
      at: row.at.toISOString(),
      by: row.actorName,
      through: member("through"),
      broken: member("broken") || null,
    },
  };
}
