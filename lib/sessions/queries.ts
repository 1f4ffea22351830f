import type { Viewer } from "#lib/access/viewer";
import { now } from "#lib/clock";
import { database } from "#lib/db/client";
import { ABSOLUTE_MS, IDLE_MS } from "./session";

/** One's own session, as the account page and the API show it. */
export type SessionView = {
  readonly id: string;
  readonly createdAt: string;
  readonly seenAt: string;
  readonly address: string;
  readonly userAgent: string;
  /** The one that asks. */
  readonly current: boolean;
};

/** The viewer's own sessions that still stand, newest first; at most a hundred. Operators and scripts have none. */
export async function listOwnSessions(
  viewer: Viewer,
): Promise<{ items: SessionView[]; nextCursor: null; previousCursor: null }> {
  const none = { items: [], nextCursor: null, previousCursor: null };
  if (viewer.kind !== "session") return none;
  const at = now();
  const rows = await database().session.findMany({
    where: {
      userId: viewer.userId,
      endedAt: null,
      createdAt: { gt: new Date(at - ABSOLUTE_MS) },
      seenAt: { gt: new Date(at - IDLE_MS) },
    },
    orderBy: { createdAt: "desc" },
    take: 100,
  });
  const items = rows.map(({ id, createdAt, seenAt, address, userAgent }) => ({
    id,
    createdAt: createdAt.toISOString(),
    seenAt: seenAt.toISOString(),
    address,
    userAgent,
    current: id === viewer.sessionId,
  }));
  return { ...none, items };
}
