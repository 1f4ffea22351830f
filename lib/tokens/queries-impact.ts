import type { Viewer } from "#lib/access/viewer";
import { now } from "#lib/clock";
import { database } from "#lib/db/client";
import { ok, type Result, refuse } from "#lib/errors/error";
import { isId } from "#lib/fields";
import { visibleTokens } from "./store";
import { callsOf } from "./store-calls";

const MOST = 8;

/** Who would notice if a token stopped. Times are ISO 8601 UTC; calls count refused ones too. */
export type Impact = {
  readonly calls24h: number;
  readonly calls30d: number;
  readonly sources: readonly {
    readonly address: string;
    readonly client: string;
    readonly calls: number;
    readonly lastSeenAt: string;
  }[];
};

/** What stops when a token is revoked. @returns `not_found` also for a token that is not for this viewer */
export async function impactOf(viewer: Viewer, id: string | undefined): Promise<Result<Impact>> {
  const db = database();
  const known = isId(id)
    ? await db.token.findFirst({ where: { AND: [await visibleTokens(db, viewer), { id }] }, select: { id: true } })
    : null;
  if (known === null) return refuse("not_found", "There is no such token, or none that you may see.");
  const at = now();
  const [day, month, seen] = await Promise.all([
    callsOf(db, [known.id], at, 1),
    callsOf(db, [known.id], at),
    db.tokenSighting.findMany({
      where: { tokenId: known.id },
      orderBy: [{ lastSeenAt: "desc" }, { address: "asc" }, { client: "asc" }],
      take: MOST,
    }),
  ]);
  return ok({
    calls24h: day.get(known.id) ?? 0,
    calls30d: month.get(known.id) ?? 0,
    sources: seen.map(({ address, client, calls, lastSeenAt }) => ({
      ...{ address, client, calls: Number(calls), lastSeenAt: lastSeenAt.toISOString() },
    })),
  });
}
