import { z } from "zod";
import { id } from "#lib/fields";

/** What a row is sorted by, as a cursor carries it; times as ISO 8601. */
export type Key = string | number | null;

/** A column that a list may be sorted by. */
export type Column = {
  readonly holds: "text" | "number" | "time";
  /** Where row and database have it: `name`, or `owner.username` of what is always linked. */
  readonly path: string;
  /** May be missing: such rows come last in either direction. */
  readonly nullable: boolean;
};

const column =
  (holds: Column["holds"]) =>
  (path: string, nullable: "nullable" | "always there" = "always there"): Column => ({
    ...{ holds, path },
    nullable: nullable === "nullable",
  });
export const text = column("text");
export const number = column("number");
export const time = column("time");

/** Where a page begins: beside this key (and, among equals, this id), onwards or backwards. */
export type Cursor = { readonly key: Key; readonly id: string; readonly backwards: boolean };

const cursorSchema = z.strictObject({
  s: z.string(),
  // No column holds a NUL: the database would call the question wrong.
  v: z.union([
    z
      .string()
      .max(500)
      .regex(/^[^\0]*$/),
    z.number(),
    z.null(),
  ]),
  i: id,
  b: z.boolean(),
});

const FITS: Readonly<Record<Column["holds"], (key: string | number) => boolean>> = {
  text: (key) => typeof key === "string",
  number: (key) => Number.isInteger(key),
  time: (key) => typeof key === "string" && z.iso.datetime().safeParse(key).success,
};

export const seal = (sort: string, { key, id: rowId, backwards }: Cursor): string =>
  Buffer.from(JSON.stringify({ s: sort, v: key, i: rowId, b: backwards })).toString("base64url");

/** Reads a cursor. @returns null for one of another order, of another column, or of nobody */
export function unseal(sealed: string, sort: string, { holds, nullable }: Column): Cursor | null {
  let content: unknown;
  try {
    content = JSON.parse(Buffer.from(sealed, "base64url").toString("utf8"));
  } catch {
    return null; // not one of ours
  }
  const parsed = cursorSchema.safeParse(content);
  if (!parsed.success || parsed.data.s !== sort) return null;
  const { v: key, i, b: backwards } = parsed.data;
  return (key === null ? nullable : FITS[holds](key)) ? { key, id: i, backwards } : null;
}

/** Reads what a row is sorted by. @throws when the row was fetched without that column */
export function keyOf(row: object, { path }: Column): Key {
  let at: unknown = row;
  for (const step of path.split(".")) {
    at = typeof at === "object" && at !== null ? Object.getOwnPropertyDescriptor(at, step)?.value : undefined;
  }
  if (at instanceof Date) return at.toISOString();
  if (at === null || typeof at === "string" || typeof at === "number") return at;
  throw new Error(`A list is sorted by ${path}, which it does not fetch`);
}

/** What to ask the database for: rows beyond `from` in this order, `take` of them. */
export type Seek = {
  readonly column: Column;
  readonly order: "asc" | "desc";
  readonly from: Cursor | null;
  readonly take: number;
};

// The client's types know no computed paths; `never` fits each of them, and an unknown column throws at once.
const at = ({ path }: Column, value: unknown) =>
  path.split(".").reduceRight<unknown>((inner, step) => ({ [step]: inner }), value) as Record<string, never>;

/** The database's condition for rows beyond the cursor, in Prisma's words. */
export function beyond({ column, order, from }: Seek) {
  if (from === null) return {};
  const side = order === "asc" ? "gt" : "lt";
  const equal = { AND: [at(column, from.key), { id: { [side]: from.id } }] };
  // Forwards those without come last, so backwards they come first.
  if (from.key === null) return { OR: from.backwards ? [equal, at(column, { not: null })] : [equal] };
  const further = [at(column, { [side]: from.key }), equal];
  if (column.nullable && !from.backwards) return { OR: [...further, at(column, null)] };
  // Says nothing more, but an index can begin there: it cannot with the alternatives.
  return { AND: [at(column, { [`${side}e`]: from.key })], OR: further };
}

/** The database's order, in Prisma's words. */
export function ordered({ column, order, from }: Seek) {
  const nulls = from?.backwards ? "first" : "last";
  return [at(column, column.nullable ? { sort: order, nulls } : order), { id: order }];
}
