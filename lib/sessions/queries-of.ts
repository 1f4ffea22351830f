import { can } from "#lib/access/can";
import type { Viewer } from "#lib/access/viewer";
import { now } from "#lib/clock";
import { database } from "#lib/db/client";
import { isId } from "#lib/fields";
import { ABSOLUTE_MS, IDLE_MS, type SessionOfView } from "./session";

const MOST = 100;

/** Somebody's sessions that still stand, newest first, at most a hundred; none for who may not look. */
export async function sessionsOf(viewer: Viewer, userId: string): Promise<SessionOfView[]> {
  if (!can(viewer, "users.read") || !isId(userId)) return [];
  const at = now();
  const rows = await database().session.findMany({
    where: {
      userId,
      endedAt: null,
      createdAt: { gt: new Date(at - ABSOLUTE_MS) },
      seenAt: { gt: new Date(at - IDLE_MS) },
    },
    orderBy: { createdAt: "desc" },
    take: MOST,
    select: { id: true, createdAt: true, seenAt: true, address: true, userAgent: true },
  });
  return rows.map((row) => ({ ...row, createdAt: row.createdAt.toISOString(), seenAt: row.seenAt.toISOString() }));
}
