import { z } from "zod";
import type { Viewer } from "#lib/access/viewer";
import { now } from "#lib/clock";
import { database, type Prisma } from "#lib/db/client";
import { ok, type Result, refuse } from "#lib/errors/error";
import { isId, name } from "#lib/fields";
import { text, time } from "#lib/keyset";
import { containing, listPage, listQuery, type Page } from "#lib/pagination";
import { foldName } from "#lib/users/name";
import type { OfferedToken } from "./acting/actions-on";
import type { TokenRow } from "./row";
import { STATUSES } from "./status";
import { statusFilter } from "./status-filter";
import { maintains, TOKEN_COLUMNS, visibleTokens } from "./store";
import { offerTokens } from "./store-offered";
import { plainly } from "./store-shown";
import type { TokenView } from "./view";

const COLUMNS = { createdAt: time("createdAt"), name: text("name") };
const OWN_MOST = 1_000;

const several = <T extends z.ZodType>(each: T, most: number) =>
  z.union([each.transform((one) => [one]), z.array(each).max(most, `At most ${most}.`)]).default([]);

/** The query parameters of a list of tokens: names together are *and*, a name repeated is *or*. */
export const tokensQuery = listQuery(COLUMNS, "-createdAt").extend({
  status: several(z.enum(STATUSES, `A status is one of ${STATUSES.join(", ")}.`), STATUSES.length),
  owner: several(name(255), 20),
});

export type TokensQuery = z.output<typeof tokensQuery>;

/** Free text: name, description, hint, contact, owner; a label as a whole. */
function matching(q: string): Prisma.TokenWhereInput {
  const text = containing(q);
  const columns = [{ name: text }, { description: text }, { hint: text }, { contact: text }, { labels: { has: q } }];
  return { OR: [...columns, { owner: { username: text } }, { owner: { displayName: text } }] };
}

type Show<View> = (rows: readonly TokenRow[], now: number) => Promise<View[]>;

/** Reads one page of the tokens for which a condition of the database holds. */
async function readTokens<View extends TokenView>(
  where: Prisma.TokenWhereInput,
  query: TokensQuery,
  show: Show<View>,
): Promise<Result<Page<View>>> {
  const db = database();
  const at = now();
  const owners = query.owner.map(foldName);
  return listPage({
    ...{ query, columns: COLUMNS, view: (token: View) => token },
    where: [
      where,
      query.q ? matching(query.q) : {},
      statusFilter(query.status, at),
      owners.length > 0 ? { owner: { usernameKey: { in: owners } } } : {},
    ],
    fetch: async (ask) => show(await db.token.findMany({ ...ask, select: TOKEN_COLUMNS }), at),
  });
}

/** A viewer's own tokens, page by page. @returns `forbidden` for the operator, who owns none */
export async function pageOfOwnTokens(viewer: Viewer, query: TokensQuery): Promise<Result<Page<TokenView>>> {
  if (!("userId" in viewer)) return refuse("forbidden", "Nobody's own tokens: name an owner.");
  return readTokens({ ownerId: viewer.userId }, query, (rows, at) => plainly(viewer, rows, at));
}

/** All tokens of one's own, newest first, ended ones included, with what may be done to each. */
export async function listOwnTokens(viewer: Viewer): Promise<OfferedToken[]> {
  if (!("userId" in viewer)) return [];
  const db = database();
  const rows = await db.token.findMany({
    where: { ownerId: viewer.userId },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: OWN_MOST,
    select: TOKEN_COLUMNS,
  });
  return offerTokens(db, viewer, rows, now());
}

async function findRow(viewer: Viewer, id: string | undefined): Promise<TokenRow | null> {
  if (!isId(id)) return null;
  const where = { AND: [await visibleTokens(database(), viewer), { id }] };
  return database().token.findFirst({ where, select: TOKEN_COLUMNS });
}

/** Whether somebody's tokens are the viewer's own, or those of a service account that the viewer maintains. */
export async function holdsTokensOf(viewer: Viewer, ownerId: string): Promise<boolean> {
  return ("userId" in viewer && viewer.userId === ownerId) || maintains(database(), viewer, ownerId);
}

/** One token by id, for a page; null also for one that exists but is not for this viewer. */
export async function findToken(viewer: Viewer, id: string | undefined): Promise<OfferedToken | null> {
  const row = await findRow(viewer, id);
  const [token] = row === null ? [] : await offerTokens(database(), viewer, [row], now());
  return token ?? null;
}

/** One token by id, for REST and the command line. @returns `not_found` also for one that is not for this viewer */
export async function tokenById(viewer: Viewer, id: string | undefined): Promise<Result<TokenView>> {
  const row = await findRow(viewer, id);
  const [token] = row === null ? [] : await plainly(viewer, [row], now());
  return token === undefined ? refuse("not_found", "There is no such token, or none that you may see.") : ok(token);
}
