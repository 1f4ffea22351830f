import type { Database, Prisma, Transaction } from "#lib/db/client";
import { reasonWords } from "#lib/verification/reasons";
import { DAY_MS } from "./status";
import type { RefusedCall, Source, Usage } from "./usage";

const MOST = 8;
const DAYS = 30;

type Reader = Database | Transaction;

/** What is needed of a token to tell its use. */
export type Used = { readonly id: string; readonly rotatedFromId: string | null; readonly supersededAt: Date | null };

async function readSources(db: Reader, where: Prisma.TokenSightingWhereInput): Promise<Source[]> {
  const seen = await db.tokenSighting.findMany({
    where,
    orderBy: [{ lastSeenAt: "desc" }, { address: "asc" }, { client: "asc" }],
    take: MOST,
  });
  return seen.map(({ address, client, calls, lastSeenAt, lastRequest }) => ({
    ...{ address, client, calls: Number(calls), lastSeenAt: lastSeenAt.toISOString(), lastRequest },
  }));
}

async function readHours(db: Reader, tokenId: string, now: number): Promise<Usage["hours"]> {
  const hours = await db.tokenUsageHour.findMany({
    where: { tokenId, hour: { gte: new Date(now - DAYS * DAY_MS) } },
    orderBy: { hour: "asc" },
  });
  return hours.map(({ hour, allowed, refused }) => ({
    ...{ at: hour.getTime(), allowed: Number(allowed), refused: Number(refused) },
  }));
}

async function readRefusals(db: Reader, tokenId: string, now: number): Promise<RefusedCall[]> {
  const rows = await db.refusal.findMany({
    where: { tokenId, at: { gte: new Date(now - DAYS * DAY_MS) } },
    orderBy: { at: "desc" },
    take: MOST,
  });
  return rows.map(({ requestId, at, reason, method, path, address }) => ({
    ...{ requestId, at: at.toISOString(), address },
    meaning: reasonWords(reason).meaning,
    request: method === null || path === null ? null : `${method} ${path}`,
  }));
}

/** The token whose secret was replaced: this one, or the one before it. */
async function replacedBy(db: Reader, token: Used): Promise<{ id: string; since: Date } | null> {
  if (token.supersededAt !== null) return { id: token.id, since: token.supersededAt };
  if (token.rotatedFromId === null) return null;
  const before = await db.token.findUnique({
    where: { id: token.rotatedFromId },
    select: { id: true, supersededAt: true },
  });
  return before?.supersededAt ? { id: before.id, since: before.supersededAt } : null;
}

async function readStragglers(db: Reader, token: Used): Promise<Source[]> {
  const replaced = await replacedBy(db, token);
  if (replaced === null) return [];
  return readSources(db, { tokenId: replaced.id, lastSeenAt: { gt: replaced.since } });
}

/** How a token is used. @param now epoch milliseconds */
export async function readUsage(db: Reader, token: Used, now: number): Promise<Usage> {
  const hours = await readHours(db, token.id, now);
  const sum = (since: number) =>
    hours.reduce((all, { at, allowed, refused }) => (at >= since ? all + allowed + refused : all), 0);
  return {
    calls24h: sum(now - DAY_MS),
    calls30d: sum(now - DAYS * DAY_MS),
    hours,
    sources: await readSources(db, { tokenId: token.id }),
    refusals: await readRefusals(db, token.id, now),
    stragglers: await readStragglers(db, token),
  };
}
