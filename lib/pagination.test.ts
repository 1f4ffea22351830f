import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { inOrder, meets } from "#test/prisma-words";
import { number, text, time } from "./keyset";
import { containing, listPage, listQuery, type Page } from "./pagination";

const COLUMNS = {
  name: text("name", "nullable"),
  createdAt: time("createdAt"),
  priority: number("priority"),
  owner: text("owner.username"),
};
const schema = listQuery(COLUMNS, "name");
type Row = {
  readonly id: string;
  readonly name: string | null;
  readonly priority: number;
  readonly owner: { readonly username: string };
  readonly createdAt: string;
};

const idOf = (index: number) => `0190d4a5-0000-7000-8000-${String(index).padStart(12, "0")}`;
const rowOf = (name: string | null, index: number): Row => ({
  ...{ id: idOf(index), name, priority: (name ?? "").length, owner: { username: `of ${name}` } },
  createdAt: new Date(Date.UTC(2026, 0, 1 + (name ?? "").length)).toISOString(),
});

/** What a database would answer to what is asked. */
async function page(rows: readonly Row[], raw: object): Promise<Page<Row>> {
  const found = await listPage({
    query: schema.parse(raw),
    columns: COLUMNS,
    where: [],
    view: (row: Row) => row,
    fetch: async ({ where, orderBy, take }) => {
      const compare = (a: Row, b: Row) => orderBy.map((by) => inOrder(a, b, by)).find((sign) => sign !== 0) ?? 0;
      return rows
        .filter((row) => meets(row, where))
        .toSorted(compare)
        .slice(0, take);
    },
  });
  if (!found.ok) throw new Error(found.refusal.detail);
  return found.value;
}

/** Goes from one end of a list to the other; between two pages rows may come. */
async function walk(rows: Row[], asked: object, from: Page<Row>, back: boolean, between: () => void): Promise<Row[]> {
  const seen = [...from.items];
  let here = from;
  for (;;) {
    const cursor = back ? here.previousCursor : here.nextCursor;
    if (cursor === null) return seen;
    between();
    here = await page(rows, { ...asked, cursor });
    expect(here.items.length).toBeGreaterThan(0);
    if (back) seen.unshift(...here.items);
    else seen.push(...here.items);
  }
}

const names = fc.array(fc.option(fc.constantFrom("a", "b", "bb", "Ä", "")), { maxLength: 25 });
const sorts = fc.constantFrom(...Object.keys(COLUMNS).flatMap((name) => [name, `-${name}`]));
const limits = fc.integer({ min: 1, max: 7 });

describe("paging by keyset", () => {
  it("goes through everything once, in order, forwards and back, with equals and with rows without a value", async () => {
    const walks = fc.asyncProperty(names, limits, sorts, async (some, limit, sort) => {
      const rows = some.map(rowOf);
      const asked = { limit: String(limit), sort };
      const all = (await page(rows, { sort, limit: "100" })).items;
      const first = await page(rows, asked);
      expect(first.previousCursor).toBeNull();
      expect(await walk(rows, asked, first, false, () => undefined)).toEqual(all);
      expect(new Set(all.map((row) => row.id)).size).toBe(rows.length);
      const lastKey = all.at(-1);
      if (lastKey !== undefined && first.nextCursor !== null) {
        let last = first;
        while (last.nextCursor !== null) last = await page(rows, { ...asked, cursor: last.nextCursor });
        expect(await walk(rows, asked, last, true, () => undefined)).toEqual(all);
      }
    });
    await fc.assert(walks);
  });

  it("shows every row once that was there at the start, in order, while others come", async () => {
    const walks = fc.asyncProperty(names, names, limits, sorts, async (some, more, limit, sort) => {
      const rows = some.map(rowOf);
      const asked = { limit: String(limit), sort };
      const before = (await page(rows, { sort, limit: "100" })).items;
      const late = more.map((name, index) => rowOf(name, 500 - index));
      const come = () => {
        const next = late.pop();
        if (next !== undefined) rows.push(next);
      };
      const seen = await walk(rows, asked, await page(rows, asked), false, come);
      expect(new Set(seen).size).toBe(seen.length);
      expect(seen.filter((row) => before.includes(row))).toEqual(before);
    });
    await fc.assert(walks);
  });

  it("puts rows without a value last, upwards and downwards", async () => {
    const rows = [null, "b", null, "a"].map(rowOf);
    const order = async (sort: string) => (await page(rows, { sort })).items.map((row) => row.name);
    expect(await order("name")).toEqual(["a", "b", null, null]);
    expect(await order("-name")).toEqual(["b", "a", null, null]);
  });

  it("does not skip or repeat when a row beside the cursor goes away", async () => {
    const rows = ["a", "b", "c", "d"].map(rowOf);
    const first = await page(rows, { limit: "2" });
    const rest = rows.filter((row) => row.name !== "b");
    const second = await page(rest, { limit: "2", cursor: first.nextCursor ?? "" });
    expect(second.items.map((row) => row.name)).toEqual(["c", "d"]);
  });

  it("refuses a cursor of nobody, of another order, or with something else in it", async () => {
    const cursor = (await page(["a", "b", "c"].map(rowOf), { limit: "1" })).nextCursor ?? "";
    const forged = (content: unknown) => Buffer.from(JSON.stringify(content)).toString("base64url");
    const wrong = [
      { cursor: "x" },
      { cursor: "" },
      { cursor, sort: "-name" },
      { cursor: forged({ s: "name", v: "a", i: "1 OR 1=1", b: false }) },
      { cursor: forged({ s: "name", v: { gt: "" }, i: idOf(1), b: false }) },
      { cursor: forged({ s: "name", v: 7, i: idOf(1), b: false }) },
      { cursor: forged({ s: "createdAt", v: "yesterday", i: idOf(1), b: false }), sort: "createdAt" },
      { cursor: forged({ s: "createdAt", v: null, i: idOf(1), b: false }), sort: "createdAt" },
      { cursor: forged({ s: "priority", v: 1.5, i: idOf(1), b: false }), sort: "priority" },
      { cursor: forged({ s: "name", v: "a", i: idOf(1), b: false, more: 1 }) },
    ];
    const never = async (): Promise<Row[]> => expect.unreachable("nothing is asked for a cursor that is refused");
    for (const raw of wrong) {
      const listing = { query: schema.parse(raw), columns: COLUMNS, where: [], view: (row: Row) => row, fetch: never };
      expect(await listPage(listing)).toMatchObject({
        refusal: { code: "invalid_input", errors: [{ path: "cursor" }] },
      });
    }
  });
});

describe("the query of a list", () => {
  it("has 50 a page in the preset order, unless asked otherwise", () => {
    expect(schema.parse({})).toEqual({ limit: 50, sort: "name" });
    expect(listQuery(COLUMNS, "-name").parse({}).sort).toBe("-name");
  });

  it.each([
    { limit: "0" },
    { limit: "101" },
    { limit: "many" },
    { limit: "" },
    { limit: ["1", "2"] },
    { sort: "password" },
    { sort: "" },
    { q: "x".repeat(201) },
    { q: ["a", "b"] },
    { page: "2" },
  ])("refuses %j", (raw) => {
    expect(schema.safeParse(raw).success).toBe(false);
  });

  it("takes wildcards of LIKE literally", () => {
    expect(containing("50%_\\")).toEqual({ contains: "50\\%\\_\\\\", mode: "insensitive" });
  });
});
