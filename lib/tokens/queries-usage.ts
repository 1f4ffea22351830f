import type { Viewer } from "#lib/access/viewer";
import { now } from "#lib/clock";
import { database } from "#lib/db/client";
import { readUsage } from "./store-usage";
import type { Usage } from "./usage";

/** How a token of one's own is used; null for others': looking at those is noted, see commands/see-usage.ts. */
export async function ownUsage(viewer: Viewer, id: string): Promise<Usage | null> {
  if (!("userId" in viewer)) return null;
  const db = database();
  const token = await db.token.findFirst({
    where: { id, ownerId: viewer.userId },
    select: { id: true, rotatedFromId: true, supersededAt: true },
  });
  return token === null ? null : readUsage(db, token, now());
}
