import { randomUUID } from "node:crypto";
import type { SessionViewer } from "#lib/access/viewer";
import { sessionViewer } from "#lib/auth/actors";
import { readPerson } from "#lib/auth/person";
import type { Database } from "#lib/db/client";

/** Somebody with every role and power, signed in. */
export const administrator = (db: Database, now: number): Promise<SessionViewer> => person(db, now, "admins");

/** Somebody new in one of the groups that every installation has, signed in with a second factor. */
export async function person(db: Database, now: number, group: "admins" | "api-users"): Promise<SessionViewer> {
  const name = `bench-${randomUUID().slice(0, 8)}`;
  const { id: groupId } = await db.group.findFirstOrThrow({ where: { source: "local", externalId: group } });
  const memberships = { create: { groupId, addedBy: "bench" } };
  const { id: userId } = await db.user.create({
    data: { username: name, usernameKey: name, displayName: name, memberships },
  });
  const at = new Date(now);
  const times = { createdAt: at, seenAt: at, stepUpAt: at, secondFactorAt: at };
  const session = await db.session.create({ data: { userId, ...times, address: "192.0.2.1", userAgent: "bench" } });
  const read = await readPerson(db, userId);
  if (read === null) throw new Error(`${name} is not there`);
  const { username, displayName, role, groupIds } = read;
  const who = { userId, username, displayName, role, groupIds, address: "192.0.2.1" };
  return sessionViewer({ kind: "session", sessionId: session.id, steppedUpAt: now, secondFactor: true, ...who });
}
