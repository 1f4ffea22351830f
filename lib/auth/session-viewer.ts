import type { SessionViewer } from "#lib/access/viewer";
import type { Database } from "#lib/db/client";
import { keyRing } from "#lib/keys/ring";
import { SEEN_EVERY_MS, stands } from "#lib/sessions/session";
import { sessionViewer } from "./actors";
import { readPerson } from "./person";
import { openSession } from "./session-cookie";

/**
 * Who holds this cookie, judged now: the session's row, the person, their groups and role. Ending a session,
 * deactivating a person or changing a role therefore takes effect at the next request.
 * @param sealed the cookie's value
 * @param address of the client
 * @param now epoch milliseconds
 * @returns null if nobody is signed in with it
 */
export async function viewerOfCookie(
  db: Database,
  sealed: string,
  address: string,
  now: number,
): Promise<SessionViewer | null> {
  const claims = await openSession(await keyRing(db, "session", now), sealed);
  if (claims === null) return null;
  const row = await db.session.findUnique({ where: { id: claims.sessionId } });
  if (row === null) return null;
  const seenAt = row.seenAt.getTime();
  const endedAt = row.endedAt?.getTime() ?? null;
  if (!stands({ id: row.id, userId: row.userId, createdAt: row.createdAt.getTime(), seenAt, endedAt }, now))
    return null;
  const person = await readPerson(db, row.userId);
  if (person === null || person.deactivated || person.kind !== "person") return null;
  if (now - seenAt >= SEEN_EVERY_MS) {
    await db.session.updateMany({ where: { id: row.id, endedAt: null }, data: { seenAt: new Date(now) } });
  }
  const { userId, username, displayName, role, groupIds } = person;
  const steppedUpAt = row.stepUpAt?.getTime() ?? null;
  const secondFactor = row.secondFactorAt !== null;
  return sessionViewer({
    kind: "session",
    sessionId: row.id,
    steppedUpAt,
    secondFactor,
    address,
    userId,
    username,
    displayName,
    role,
    groupIds,
  });
}
