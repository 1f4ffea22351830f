import type { Viewer } from "#lib/access/viewer";
import { type Database, Prisma } from "#lib/db/client";
import { seal } from "#lib/keyset";
import { managedTokensQuery, pageOfManagedTokens } from "#lib/tokens/queries-managed";
import { keyText } from "#lib/tokens/search/cursor";
import { TOKEN_ORDERS } from "#lib/tokens/search/filter";
import { ORDERS } from "#lib/tokens/store-orders";
import type { Row } from "../table";
import { filtersAt, wordsOf } from "./filters";
import { type Cell, rowOf, slowest, timed } from "./timed";

const BAR = 300;
const SORTS = TOKEN_ORDERS.flatMap((order) => [order, `-${order}`]);
/** Only filters that say this: to look at one of them more closely, in a crowd of BENCH_FOLDER. */
const ONLY = process.env.BENCH_ONLY ?? "";
/** Page 10,000 of fifty. */
const DEEP = 500_000;

type Asked = Readonly<Record<string, unknown>>;

const pageOf = (viewer: Viewer, asked: Asked) => async () => {
  const found = await pageOfManagedTokens(viewer, managedTokensQuery.parse(asked));
  if (!found.ok) throw new Error(`${JSON.stringify(asked)}: ${found.refusal.detail}`);
  return found.value;
};

/** One measurement more where the first was beyond the bar: the machine may have had something else to do. */
async function sure(what: string, ask: () => Promise<unknown>): Promise<Cell> {
  const cell = await timed(what, ask);
  if (cell.ms <= BAR) return cell;
  const again = await timed(what, ask, 3);
  return again.ms < cell.ms ? again : cell;
}

/** The cursors beside a place in an order, in the middle of all tokens. */
async function cursorsAt(db: Database, sort: string): Promise<{ readonly next: string; readonly previous: string }> {
  const order = TOKEN_ORDERS.find((each) => each === sort.replace("-", "")) ?? "createdAt";
  const { key, walk } = ORDERS[order];
  const [row] = await db.$queryRaw<{ id: string; key: string }[]>(Prisma.sql`
    SELECT ${walk.id}::text AS id, (${key})::text AS key FROM ${walk.from} ORDER BY ${key}, ${walk.id} OFFSET ${DEEP} LIMIT 1`);
  if (row === undefined) throw new Error("There are not so many tokens");
  const cursor = (backwards: boolean) => seal(sort, { key: keyText(order, row.key), id: row.id, backwards });
  return { next: cursor(false), previous: cursor(true) };
}

/** The first page of each filter in each order, and page 10,000 in each order, onwards and backwards. */
export async function measureTokens(
  db: Database,
  viewer: Viewer,
  now: number,
  say: (sentence: string) => void,
): Promise<{ readonly rows: readonly Row[]; readonly cells: readonly Cell[] }> {
  const rows: Row[] = [];
  const cells: Cell[] = [];
  for (const filter of filtersAt(now).filter((each) => wordsOf(each).includes(ONLY))) {
    const here: Cell[] = [];
    for (const sort of SORTS)
      here.push(await sure(`${wordsOf(filter)} by ${sort}`, pageOf(viewer, { ...filter, sort })));
    cells.push(...here);
    const worst = slowest(here);
    if (worst !== undefined) rows.push(rowOf(worst, BAR));
    say(`${wordsOf(filter)}: ${worst?.ms.toFixed(0)} ms at most`);
  }
  const deep: Cell[] = [];
  for (const sort of SORTS) {
    const { next, previous } = await cursorsAt(db, sort);
    deep.push(await sure(`page 10,000 by ${sort}`, pageOf(viewer, { sort, cursor: next })));
    deep.push(await sure(`the page before it by ${sort}`, pageOf(viewer, { sort, cursor: previous })));
  }
  cells.push(...deep);
  const worst = slowest(deep);
  if (worst !== undefined) rows.push(rowOf({ ...worst, what: `page 10,000, slowest: ${worst.what}` }, BAR));
  return { rows, cells };
}
