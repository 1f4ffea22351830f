import { can } from "#lib/access/can";
import type { Viewer } from "#lib/access/viewer";
import { now } from "#lib/clock";
import { type Database, database, type Prisma } from "#lib/db/client";
import { ok, type Result, refuse } from "#lib/errors/error";
import { isId } from "#lib/fields";
import { ABSOLUTE_MS, IDLE_MS } from "#lib/sessions/session";
import type { Stopping } from "./stopping";
import { USER_NOT_FOUND, visibleUsers } from "./store";
import { activeMaintainer } from "./store-filter";

const HOUR_MS = 3600_000;
const DAY_MS = 24 * HOUR_MS;
const MOST = 50;

/** Tokens that only a deactivated owner can stop. */
const working = (ownerId: string, at: Date): Prisma.TokenWhereInput => ({
  ...{ ownerId, revokedAt: null, deniedAt: null, suspendedAt: null, secretBornAt: { not: null } },
  AND: [
    { OR: [{ expiresAt: null }, { expiresAt: { gt: at } }] },
    { OR: [{ supersededAt: null }, { overlapEndsAt: { gt: at } }] },
  ],
});

async function callsSince(db: Database, tokenIds: string[], since: number): Promise<number> {
  const where = { tokenId: { in: tokenIds }, hour: { gte: new Date(Math.floor(since / HOUR_MS) * HOUR_MS) } };
  const { _sum: sum } = await db.tokenUsageHour.aggregate({ where, _sum: { allowed: true } });
  return Number(sum.allowed ?? 0n);
}

const maintainedOnlyBy = (id: string): Prisma.UserWhereInput => ({
  kind: "service",
  deactivatedAt: null,
  maintainers: {
    some: { OR: [{ userId: id }, { group: { members: { some: { userId: id } } } }] },
    none: activeMaintainer(id),
  },
});

/**
 * What deactivating somebody would stop. Changes nothing.
 * @returns `not_found` for who is not the viewer's to see, `forbidden` without a role
 */
export async function whatStops(viewer: Viewer, id: string | undefined): Promise<Result<Stopping>> {
  const db = database();
  const where = isId(id) ? await visibleUsers(db, viewer) : null;
  const user = where && (await db.user.findFirst({ where: { AND: [where, { id: id ?? "" }] }, select: { id: true } }));
  if (user === null) return USER_NOT_FOUND;
  if (!can(viewer, "users.read")) return refuse("forbidden", "Only administrators and auditors see what this stops.");
  const at = now();
  const tokens = await db.token.findMany({ where: working(user.id, new Date(at)), select: { id: true }, take: 10_000 });
  const tokenIds = tokens.map((token) => token.id);
  const [used, calls24h, calls30d, sessions, alone] = await Promise.all([
    db.tokenUsage.aggregate({ where: { tokenId: { in: tokenIds } }, _max: { lastUsedAt: true } }),
    callsSince(db, tokenIds, at - DAY_MS),
    callsSince(db, tokenIds, at - 30 * DAY_MS),
    db.session.count({
      where: {
        userId: user.id,
        endedAt: null,
        createdAt: { gt: new Date(at - ABSOLUTE_MS) },
        seenAt: { gt: new Date(at - IDLE_MS) },
      },
    }),
    db.user.findMany({
      where: maintainedOnlyBy(user.id),
      select: { username: true },
      orderBy: { usernameKey: "asc" },
      take: MOST,
    }),
  ]);
  return ok({
    ...{ tokens: tokenIds.length, calls24h, calls30d, sessions },
    lastUsedAt: used._max.lastUsedAt?.toISOString() ?? null,
    unmaintained: alone.map(({ username }) => username),
  });
}
