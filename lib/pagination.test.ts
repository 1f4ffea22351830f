import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { beyond, containing, type ListQuery, listQuery, ordered, pageOf, seekOf } from "./pagination";

const schema = listQuery(["name", "createdAt", "priority"]);
type Row = { readonly id: string; readonly name: string };

const idOf = (index: number) => `0190d4a5-0000-7000-8000-${String(index).padStart(12, "0")}`;
const keyOf = (row: Row) => row.name;

/** What a database would answer: beyond the cursor, in order, that many. */
function fetched(
  rows: readonly Row[],
  query: ListQuery,
): { rows: Row[]; seek: Parameters<typeof pageOf<Row, Row>>[1] } {
  const seek = seekOf(query);
  if (!seek.ok) throw new Error(seek.refusal.detail);
  const { order, from, take } = seek.value;
  const sign = order === "asc" ? 1 : -1;
  const compare = (a: Row, b: Row) =>
    a.name < b.name ? -1 : a.name > b.name ? 1 : a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
  const sorted = [...rows].sort((a, b) => sign * compare(a, b));
  const start =
    from === null ? sorted : sorted.filter((row) => sign * compare(row, { id: from.id, name: String(from.value) }) > 0);
  return { rows: start.slice(0, take), seek: seek.value };
}

const page = (rows: readonly Row[], raw: object) => {
  const query = schema.parse(raw);
  const found = fetched(rows, query);
  return pageOf(query, found.seek, found.rows, keyOf, (row) => row);
};

describe("paging by keyset", () => {
  it("goes through everything once, forwards and back, whatever the names and the order", () => {
    const names = fc.array(fc.string({ maxLength: 3 }), { maxLength: 25 });
    fc.assert(
      fc.property(names, fc.integer({ min: 1, max: 7 }), fc.constantFrom("name", "-name"), (texts, limit, sort) => {
        const rows = texts.map((name, index) => ({ id: idOf(index), name }));
        const forwards: Row[] = [];
        let next = page(rows, { limit: String(limit), sort });
        expect(next.previousCursor).toBeNull();
        forwards.push(...next.items);
        while (next.nextCursor !== null) {
          next = page(rows, { limit: String(limit), sort, cursor: next.nextCursor });
          expect(next.items.length).toBeGreaterThan(0);
          forwards.push(...next.items);
        }
        expect(new Set(forwards.map((row) => row.id)).size).toBe(rows.length);
        const back: Row[] = [...next.items];
        while (next.previousCursor !== null) {
          next = page(rows, { limit: String(limit), sort, cursor: next.previousCursor });
          back.unshift(...next.items);
        }
        expect(back).toEqual(forwards);
      }),
    );
  });

  it("does not skip or repeat when a row beside the cursor goes away", () => {
    const rows = ["a", "b", "c", "d"].map((name, index) => ({ id: idOf(index), name }));
    const first = page(rows, { limit: "2" });
    const rest = rows.filter((row) => row.name !== "b");
    const second = page(rest, { limit: "2", cursor: first.nextCursor ?? "" });
    expect(second.items.map((row) => row.name)).toEqual(["c", "d"]);
  });

  it("refuses a cursor of nobody, of another order, or with something else in it", () => {
    const rows = ["a", "b", "c"].map((name, index) => ({ id: idOf(index), name }));
    const cursor = page(rows, { limit: "1" }).nextCursor ?? "";
    const forged = (content: unknown) => Buffer.from(JSON.stringify(content)).toString("base64url");
    const wrong = [
      { cursor: "x" },
      { cursor: "" },
      { cursor, sort: "-name" },
      { cursor: forged({ s: "name", v: "a", i: "1 OR 1=1", b: false }) },
      { cursor: forged({ s: "name", v: { gt: "" }, i: idOf(1), b: false }) },
      { cursor: forged({ s: "name", v: 7, i: idOf(1), b: false }) },
      { cursor: forged({ s: "createdAt", v: "yesterday", i: idOf(1), b: false }), sort: "createdAt" },
      { cursor: forged({ s: "priority", v: 1.5, i: idOf(1), b: false }), sort: "priority" },
      { cursor: forged({ s: "name", v: "a", i: idOf(1), b: false, more: 1 }) },
    ];
    for (const raw of wrong) {
      expect(seekOf(schema.parse(raw))).toMatchObject({
        refusal: { code: "invalid_input", errors: [{ path: "cursor" }] },
      });
    }
  });
});

describe("the query of a list", () => {
  it("has 50 a page in the preset order, unless asked otherwise", () => {
    expect(schema.parse({})).toEqual({ limit: 50, sort: "name" });
    expect(listQuery(["name"], "-name").parse({}).sort).toBe("-name");
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
});

describe("what the database is asked", () => {
  it("is everything, in order, without a cursor", () => {
    const seek = seekOf(schema.parse({ sort: "-name", limit: "2" }));
    expect(seek.ok && [beyond(seek.value), ordered(seek.value), seek.value.take]).toEqual([
      {},
      [{ name: "desc" }, { id: "desc" }],
      3,
    ]);
  });

  it("takes wildcards of LIKE literally", () => {
    expect(containing("50%_\\")).toEqual({ contains: "50\\%\\_\\\\", mode: "insensitive" });
  });
});
