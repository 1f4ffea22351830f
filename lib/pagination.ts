import { z } from "zod";
import { ok, type Result, refuse } from "#lib/errors/error";
import { line } from "#lib/fields";
import { beyond, type Column, keyOf, ordered, type Seek, seal, unseal } from "./keyset";

export type Columns = Readonly<Record<string, Column>>;

export type Page<Item> = {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
  readonly previousCursor: string | null;
};

const MOST = 100;
const PRESET = 50;
const LIMIT = `Give a number from 1 to ${MOST}.`;

/**
 * The query parameters of every list. Strict: unknown names are refused, names given twice too.
 * @param columns what may be sorted by, by the names of the API
 * @param preset the order when none is asked for: upwards, or downwards with a minus
 */
export function listQuery(columns: Columns, preset: string) {
  const directions: string[] = Object.keys(columns).flatMap((column) => [column, `-${column}`]);
  return z.strictObject({
    limit: z.coerce.number(LIMIT).int(LIMIT).min(1, LIMIT).max(MOST, LIMIT).default(PRESET),
    cursor: z.string("Give one cursor.").max(1024).optional(),
    q: line(200).optional(),
    sort: z.enum(directions, `Sort by ${directions.join(", ")}.`).default(preset),
  });
}

export type ListQuery = {
  readonly limit: number;
  readonly cursor?: string | undefined;
  readonly q?: string | undefined;
  readonly sort: string;
};

/** Reads where a page begins. @returns `invalid_input` for a cursor of another list or of nobody */
function seekOf(query: ListQuery, columns: Columns): Result<Seek> {
  const descending = query.sort.startsWith("-");
  const column = columns[descending ? query.sort.slice(1) : query.sort];
  if (column === undefined) throw new Error(`The schema of this list lets ${query.sort} through, which is no column`);
  const from = query.cursor === undefined ? null : unseal(query.cursor, query.sort, column);
  if (query.cursor !== undefined && from === null) {
    const message = "This cursor belongs to no page of this list. Start again without it.";
    return refuse("invalid_input", message, [{ path: "cursor", message }]);
  }
  const order = descending !== (from?.backwards ?? false) ? "desc" : "asc";
  return ok({ column, order, from, take: query.limit + 1 });
}

type Listing<Where, Row, Item> = {
  readonly query: ListQuery;
  readonly columns: Columns;
  /** What the viewer may see, and what they look for: all of it. */
  readonly where: readonly Where[];
  /** Asks the database. The rows must have what the columns name. */
  readonly fetch: (ask: {
    where: { AND: (Where | ReturnType<typeof beyond>)[] };
    orderBy: ReturnType<typeof ordered>;
    take: number;
  }) => Promise<readonly Row[]>;
  readonly view: (row: Row) => Item;
};

/**
 * Reads one page of a list by keyset: page 10,000 costs what page 1 costs, and no row comes twice or is left out while
 * others come and go. Rows without a value come last.
 * @returns `invalid_input` for a cursor of another list or of nobody
 */
export async function listPage<Where extends object, Row extends { readonly id: string }, Item>(
  listing: Listing<Where, Row, Item>,
): Promise<Result<Page<Item>>> {
  const { query, columns, where, fetch, view } = listing;
  const found = seekOf(query, columns);
  if (!found.ok) return found;
  const seek = found.value;
  const rows = await fetch({ where: { AND: [...where, beyond(seek)] }, orderBy: ordered(seek), take: seek.take });
  const backwards = seek.from?.backwards ?? false;
  // One row more than wanted says that there are more.
  const more = rows.length > query.limit;
  const kept = rows.slice(0, query.limit);
  if (backwards) kept.reverse();
  const beside = (row: Row | undefined, back: boolean) =>
    row === undefined ? null : seal(query.sort, { key: keyOf(row, seek.column), id: row.id, backwards: back });
  return ok({
    items: kept.map(view),
    nextCursor: backwards || more ? beside(kept.at(-1), false) : null,
    previousCursor: (backwards ? more : seek.from !== null) ? beside(kept[0], true) : null,
  });
}

/** `q` as a condition on a column; what LIKE would take for wildcards is meant literally. */
export function containing(q: string) {
  return { contains: q.replace(/[\\%_]/g, "\\$&"), mode: "insensitive" } as const;
}

/**
 * A list for a page of the portal, whose address is typed and shared by hand: what makes no sense is left out, first
 * the cursor, then everything.
 * @param asked what the address says; empty texts say nothing
 * @returns the page and the order it is in; empty when even the whole list is refused
 */
export async function leniently<Query extends ListQuery, Item>(
  schema: z.ZodType<Query>,
  asked: Readonly<Record<string, unknown>>,
  read: (query: Query) => Promise<Result<Page<Item>>>,
): Promise<Page<Item> & { readonly sort: string }> {
  const given = Object.fromEntries(
    Object.entries(asked).filter(([, value]) => value !== null && value !== "" && value !== undefined),
  );
  for (const attempt of [given, { ...given, cursor: undefined }, {}]) {
    const query = schema.safeParse(attempt);
    const found = query.success ? await read(query.data) : null;
    if (query.success && found?.ok) return { ...found.value, sort: query.data.sort };
  }
  return { items: [], nextCursor: null, previousCursor: null, sort: "" };
}

/** For what takes no query parameters: whoever sends one is refused. */
export const noQuery = z.strictObject({});
