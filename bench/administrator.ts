import { randomUUID } from "node:crypto";
import type { SessionViewer } from "#lib/access/viewer";
import { sessionViewer } from "#lib/auth/actors";
import type { Database } from "#lib/db/client";

/** Somebody with every role and power, signed in. */
export async function administrator(db: Database, now: number): Promise<SessionViewer> {
  const name = `bench-${randomUUID().slice(0, 8)}`;
  const groups = await db.group.findMany({ where: { source: "local", externalId: "admins" }, select: { id: true } });
  const memberships = { create: groups.map(({ id }) => ({ groupId: id, addedBy: "bench" })) };
  const person = { username: name, usernameKey: name, displayName: name, memberships };
  const { id: userId } = await db.user.create({ data: person, select: { id: true } });
  const [at, groupIds] = [new Date(now), groups.map(({ id }) => id)];
  const times = { createdAt: at, seenAt: at, stepUpAt: at, secondFactorAt: at };
  const session = await db.session.create({ data: { userId, ...times, address: "192.0.2.1", userAgent: "bench" } });
  const who = { userId, username: name, displayName: name, role: "admin" as const, groupIds, address: "192.0.2.1" };
  return sessionViewer({ kind: "session", sessionId: session.id, steppedUpAt: now, secondFactor: true, ...who });
}
