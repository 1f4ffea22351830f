import { z } from "zod";
import { ok, type Result, refuse } from "#lib/errors/error";
import { id, line } from "#lib/fields";

export type Page<Item> = {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
  readonly previousCursor: string | null;
};

/** Where a page begins: beside this value (and, among equals, this id), onwards or backwards. */
type Cursor = { readonly value: string | number; readonly id: string; readonly backwards: boolean };

/** Columns that do not hold text: what their cursors must hold. Times are ISO 8601. */
const HOLDS: Readonly<Record<string, (value: string | number) => boolean>> = {
  createdAt: (value) => typeof value === "string" && !Number.isNaN(Date.parse(value)),
  priority: (value) => Number.isInteger(value),
};
const isText = (value: string | number) => typeof value === "string";

const MOST = 100;
const PRESET = 50;
const LIMIT = `Give a number from 1 to ${MOST}.`;

/**
 * The query parameters of every list. Strict: unknown names are refused, names given twice too.
 * @param columns what may be sorted by
 * @param preset the order when none is asked for
 */
export function listQuery(columns: readonly [string, ...string[]], preset: string = columns[0]) {
  const directions: string[] = columns.flatMap((column) => [column, `-${column}`]);
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

/** What to ask the database for: rows beyond `from` in this order, `take` of them. */
export type Seek = {
  readonly column: string;
  readonly order: "asc" | "desc";
  readonly from: Cursor | null;
  readonly take: number;
};

const cursorSchema = z.strictObject({
  s: z.string(),
  v: z.union([z.string().max(500), z.number()]),
  i: id,
  b: z.boolean(),
});

const seal = (sort: string, { value, id: rowId, backwards }: Cursor): string =>
  Buffer.from(JSON.stringify({ s: sort, v: value, i: rowId, b: backwards })).toString("base64url");

function open(text: string, sort: string): Cursor | null {
  let content: unknown;
  try {
    content = JSON.parse(Buffer.from(text, "base64url").toString("utf8"));
  } catch {
    return null; // not one of ours
  }
  const parsed = cursorSchema.safeParse(content);
  if (!parsed.success || parsed.data.s !== sort) return null;
  return { value: parsed.data.v, id: parsed.data.i, backwards: parsed.data.b };
}

/**
 * Reads where a page begins: keyset paging, so that page 10,000 costs what page 1 costs.
 * @returns what to fetch, or `invalid_input` for a cursor of another list or of nobody
 */
export function seekOf(query: ListQuery): Result<Seek> {
  const descending = query.sort.startsWith("-");
  const column = descending ? query.sort.slice(1) : query.sort;
  const from = query.cursor === undefined ? null : open(query.cursor, query.sort);
  const readable = from === null || (HOLDS[column] ?? isText)(from.value);
  if ((query.cursor !== undefined && from === null) || !readable) {
    const message = "This cursor belongs to no page of this list. Start again without it.";
    return refuse("invalid_input", message, [{ path: "cursor", message }]);
  }
  const order = descending !== (from?.backwards ?? false) ? "desc" : "asc";
  return ok({ column, order, from, take: query.limit + 1 });
}

/** The database's condition for rows beyond the cursor, in Prisma's words. */
export function beyond({ column, order, from }: Seek) {
  if (from === null) return {};
  const side = order === "asc" ? "gt" : "lt";
  return { OR: [{ [column]: { [side]: from.value } }, { [column]: from.value, id: { [side]: from.id } }] };
}

/** The database's order, in Prisma's words. */
export const ordered = ({ column, order }: Seek) => [{ [column]: order }, { id: order }];

/** `q` as a condition on a column; what LIKE would take for wildcards is meant literally. */
export function containing(q: string) {
  return { contains: q.replace(/[\\%_]/g, "\\$&"), mode: "insensitive" } as const;
}

/**
 * Makes the page of what was fetched: one row more than wanted says that there are more.
 * @param keyOf what the row is sorted by; times as ISO 8601
 */
export function pageOf<Row extends { readonly id: string }, Item>(
  query: ListQuery,
  seek: Seek,
  rows: readonly Row[],
  keyOf: (row: Row) => string | number,
  view: (row: Row) => Item,
): Page<Item> {
  const backwards = seek.from?.backwards ?? false;
  const more = rows.length > query.limit;
  const kept = rows.slice(0, query.limit);
  if (backwards) kept.reverse();
  const [first, last] = [kept[0], kept.at(-1)];
  const cursor = (row: Row | undefined, back: boolean) =>
    row === undefined ? null : seal(query.sort, { value: keyOf(row), id: row.id, backwards: back });
  const hasNext = backwards || more;
  const hasPrevious = backwards ? more : seek.from !== null;
  return {
    items: kept.map(view),
    nextCursor: hasNext ? cursor(last, false) : null,
    previousCursor: hasPrevious ? cursor(first, true) : null,
  };
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

/** For what takes no query parameters: any is refused. */
export const noQuery = z.strictObject({});
