import type { VisitorViewer } from "#lib/access/viewer";
import type { Transaction } from "#lib/db/client";

/** What was proved when it was opened, and when (epoch ms). */
type Proved = { readonly stepUpAt: number | null; readonly secondFactorAt: number | null };

const date = (at: number | null) => (at === null ? null : new Date(at));

/**
 * Opens a new session of a person for a visitor.
 * @param now epoch milliseconds
 * @returns null for who may not enter (any more)
 */
export async function openSession(
  tx: Transaction,
  { address, userAgent }: VisitorViewer,
  userId: string,
  { stepUpAt, secondFactorAt }: Proved,
  now: number,
): Promise<{ sessionId: string; username: string } | null> {
  const at = new Date(now);
  // Locked against a deactivation at the same moment: it would end only the sessions that it sees.
  const [user] = await tx.$queryRaw<{ username: string; enters: boolean }[]>`
    SELECT username, deactivated_at IS NULL AND kind = 'person' AS enters FROM users WHERE id = ${userId}::uuid FOR SHARE`;
  if (user === undefined || !user.enters) return null;
  const proved = { stepUpAt: date(stepUpAt), secondFactorAt: date(secondFactorAt) };
  const session = await tx.session.create({
    data: { userId, address, userAgent, createdAt: at, seenAt: at, ...proved },
  });
  await tx.userActivity.upsert({
    where: { id: userId },
    create: { id: userId, lastSignInAt: at },
    update: { lastSignInAt: at },
  });
  return { sessionId: session.id, username: user.username };
}

/** Ends sessions of a person: all, or all but one. @returns how many there were */
export async function endSessions(
  tx: Transaction,
  userId: string,
  why: string,
  now: number,
  except?: string,
): Promise<number> {
  const ended = await tx.session.updateMany({
    where: { userId, endedAt: null, ...(except === undefined ? {} : { id: { not: except } }) },
    data: { endedAt: new Date(now), endReason: why },
  });
  return ended.count;
}
