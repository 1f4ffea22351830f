import type { z } from "zod";
import type { Viewer } from "#lib/access/viewer";
import { now } from "#lib/clock";
import { database } from "#lib/db/client";
import { ok, type Result, refuse } from "#lib/errors/error";
import { text } from "#lib/keyset";
import { listQuery, type Page } from "#lib/pagination";
import type { OfferedToken } from "./acting/actions-on";
import type { TokenRow } from "./row";
import { pageOfFound, startOf } from "./search/cursor";
import { TOKEN_FILTERS, TOKEN_ORDERS } from "./search/filter";
import { managesSome } from "./store";
import { breachesAmong, readied } from "./store-breaches";
import { callsOf, knockingAmong } from "./store-calls";
import { offerTokens } from "./store-offered";
import { managedScope } from "./store-scope";
import { COUNTED, countTokens, findTokenIds } from "./store-search";
import { plainly, rowsOf } from "./store-shown";
import type { TokenView } from "./view";

const NOTHING = refuse("forbidden", "You manage nobody's tokens. Your own are at /api/v1/tokens.");

const ORDERED = Object.fromEntries(TOKEN_ORDERS.map((order) => [order, text(order)]));

/** The query parameters of the token manager's list. */
export const managedTokensQuery = listQuery(ORDERED, "-createdAt").extend(TOKEN_FILTERS);
export type ManagedTokensQuery = z.output<typeof managedTokensQuery>;

/** One page, and how many match in all: at most 10,000, beyond that `totalIsCapped`. */
export type FoundPage<Item> = Page<Item> & { readonly total: number; readonly totalIsCapped: boolean };

/**
 * A token as the manager shows it: with its calls of the last 30 days; `knocking`: refused since it has ended;
 * `breaches`: how it goes beyond what today's rules allow, in sentences.
 */
export type ManagedToken = OfferedToken & {
  readonly calls30d: number;
  readonly knocking: boolean;
  readonly breaches: readonly string[];
};

/**
 * Whether somebody has tokens of others to look at: with a role all, delegates those in their scope, maintainers those
 * of their accounts. Who does not finds neither list nor page.
 */
export async function managesTokens(viewer: Viewer): Promise<boolean> {
  return managesSome(database(), viewer);
}

type Show<View> = (rows: readonly TokenRow[], now: number) => Promise<View[]>;

async function search<View>(
  viewer: Viewer,
  query: ManagedTokensQuery,
  show: Show<View>,
): Promise<Result<FoundPage<View>>> {
  if (!(await managesTokens(viewer))) return NOTHING;
  const start = startOf(query);
  if (!start.ok) return start;
  const { order, descending, from } = start.value;
  const [db, at] = [database(), now()];
  await readied(db, query, at);
  const asked = { scope: await managedScope(db, viewer), filter: query, now: at };
  const counted = await countTokens(db, asked);
  const found = await findTokenIds(db, asked, { order, descending, from, take: query.limit + 1 }, counted);
  const { ids, nextCursor, previousCursor } = pageOfFound(query.sort, start.value, found, query.limit);
  const items = await show(await rowsOf(db, ids), at);
  const { total } = counted;
  return ok({ items, nextCursor, previousCursor, total: Math.min(total, COUNTED), totalIsCapped: total > COUNTED });
}

/**
 * Lists tokens for who manages them.
 * @returns `forbidden` for everybody else: one's own are another list; `invalid_input` for a cursor of another order
 */
export async function pageOfManagedTokens(
  viewer: Viewer,
  query: ManagedTokensQuery,
): Promise<Result<FoundPage<TokenView>>> {
  return search(viewer, query, (rows, at) => plainly(viewer, rows, at));
}

/**
 * The same for a page, whose address is typed and shared by hand: with what the viewer may do to each. What makes no
 * sense is left out, first the cursor, then everything.
 * @param asked what the address says
 */
export async function listManagedTokens(
  viewer: Viewer,
  asked: Readonly<Record<string, unknown>>,
): Promise<FoundPage<ManagedToken> & { readonly sort: string }> {
  const db = database();
  const show: Show<ManagedToken> = async (rows, at) => {
    const ids = rows.map(({ id }) => id);
    const [offered, calls, knocking, breaches] = await Promise.all([
      offerTokens(db, viewer, rows, at),
      callsOf(db, ids, at),
      knockingAmong(db, ids, at),
      breachesAmong(db, rows, at),
    ]);
    return offered.map((token) => ({
      ...token,
      calls30d: calls.get(token.id) ?? 0,
      knocking: knocking.has(token.id),
      breaches: breaches.get(token.id) ?? [],
    }));
  };
  const given = Object.fromEntries(
    Object.entries(asked).filter(([, value]) => value !== null && value !== "" && value !== undefined),
  );
  for (const attempt of [given, { ...given, cursor: undefined }, {}]) {
    const query = managedTokensQuery.safeParse(attempt);
    const found = query.success ? await search(viewer, query.data, show) : null;
    if (query.success && found?.ok) return { ...found.value, sort: query.data.sort };
  }
  return { items: [], nextCursor: null, previousCursor: null, total: 0, totalIsCapped: false, sort: "" };
}
