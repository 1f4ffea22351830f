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

/** Why a session ended whose person left it themselves: what they began by it goes on. */
export const LEFT = "signed out";

/**
 * Ends sessions of a person: all, all but one, or only one. Of those that they left, what was begun by them ends too.
 * @param which the ids of the sessions that are meant, in Prisma's words; all if it says nothing
 * @param now epoch milliseconds
 * @returns how many stood, or had something going on
 */
export async function endSessions(
  tx: Transaction,
  userId: string,
  why: string,
  now: number,
  which: { readonly not: string } | { readonly equals: string } | undefined = undefined,
): Promise<number> {
  const meant = { userId, ...(which === undefined ? {} : { id: which }) };
  const data = { endReason: why };
  const ended = await tx.session.updateMany({
    where: { ...meant, endedAt: null },
    data: { ...data, endedAt: new Date(now) },
  });
  // After the others: one that is left at this moment is among these.
  const going = await tx.operation.findMany({
    where: { makerId: userId, finishedAt: null, sessionId: { not: null } },
    select: { sessionId: true },
  });
  const ids = going.flatMap(({ sessionId }) => sessionId ?? []);
  if (ids.length === 0) return ended.count;
  const stopped = await tx.session.updateMany({ where: { AND: [meant, { id: { in: ids } }], endReason: LEFT }, data });
  return ended.count + stopped.count;
}
