import type { SessionViewer } from "#lib/access/viewer";
import type { AuditEntry } from "#lib/audit/event";
import type { Transaction } from "#lib/db/client";
import { endSessions } from "#lib/sessions/store";
import type { Enrolled, FactorView } from "./factor";
import { renewRecoveryCodes } from "./store";

/**
 * What follows from a new factor: this session has proved it; with the first one come recovery codes, and every other
 * session ends, for none of them proved one.
 * @param had how many there were before
 */
export async function afterEnrolment(
  tx: Transaction,
  { userId, username, sessionId }: SessionViewer,
  factor: FactorView,
  had: number,
  now: number,
): Promise<{ output: Enrolled; events: [AuditEntry] }> {
  const at = new Date(now);
  await tx.session.updateMany({
    where: { id: sessionId, endedAt: null },
    data: { secondFactorAt: at, stepUpAt: at },
  });
  const first = had === 0;
  const recoveryCodes = first ? await renewRecoveryCodes(tx, userId, now) : null;
  const endedSessions = first ? await endSessions(tx, userId, "second factor added", now, { not: sessionId }) : 0;
  const { id, kind, name } = factor;
  const after = { id, kind, name, recoveryCodesMade: first, endedSessions };
  const subject = { id: userId, name: username };
  const event: AuditEntry = { action: "user.factor-added", subject, detail: { before: null, after } };
  return { output: { ...factor, recoveryCodes }, events: [event] };
}
