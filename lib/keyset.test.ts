import { Buffer } from "node:buffer";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Column, type Cursor, keyOf, number, seal, text, time, unseal } from "./keyset";

const ID = "0190d4a5-0000-7000-8000-000000000001";
const NAME = text("name");
const ENDED = time("endedAt", "nullable");
const COUNT = number("count");

const forged = (content: unknown) => Buffer.from(JSON.stringify(content)).toString("base64url");
const cursor = (some: Partial<Cursor> = {}): Cursor => ({ key: "ada", id: ID, backwards: false, ...some });

describe("a cursor", () => {
  test("comes back as it was sealed, whatever the key, forwards and back", () => {
    const keys: fc.Arbitrary<[Column, Cursor["key"]]> = fc.oneof(
      fc.string({ maxLength: 100 }).map((key): [Column, string] => [NAME, key.replaceAll("\u0000", "")]),
      fc.integer().map((key): [Column, number] => [COUNT, key]),
      fc
        .date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) })
        .map((at): [Column, string] => [ENDED, at.toISOString()]),
      fc.constant<[Column, null]>([ENDED, null]),
    );
    fc.assert(
      fc.property(keys, fc.boolean(), ([column, key], backwards) => {
        const made = cursor({ key, backwards });
        expect(unseal(seal("-sort", made), "-sort", column)).toEqual(made);
      }),
    );
  });

  test("fits a URL as it is", () => {
    fc.assert(fc.property(fc.string(), (key) => /^[\w-]+$/.test(seal("name", cursor({ key })))));
  });

  test("of another order or another kind of column is none", () => {
    const sealed = seal("name", cursor());
    expect(unseal(sealed, "-name", NAME)).toBeNull();
    expect(unseal(sealed, "name", ENDED)).toBeNull();
    expect(unseal(sealed, "name", COUNT)).toBeNull();
    expect(unseal(seal("name", cursor({ key: null })), "name", NAME)).toBeNull();
  });

  test.each<[string, object]>([
    ["a condition in place of the key", { v: { gt: "" } }],
    ["a list in place of the key", { v: ["a"] }],
    ["no id", { i: "1; DROP TABLE tokens" }],
    ["a direction that is a text", { b: "true" }],
    ["something more", { where: {} }],
    ["a key that no column holds", { v: "x".repeat(501) }],
    ["a character that no column holds", { v: "a\u0000b" }],
  ])("with %s is none", (_what, some) => {
    expect(unseal(forged({ s: "name", v: "a", i: ID, b: false, ...some }), "name", NAME)).toBeNull();
    expect(unseal(forged({ s: "name", v: "a", i: ID, b: false }), "name", NAME)).not.toBeNull();
  });

  test("made of anything at all is none of ours, or one that asks for nothing but its column", () => {
    const anything = fc.oneof(
      fc.string(),
      fc.json().map((json) => Buffer.from(json).toString("base64url")),
    );
    fc.assert(fc.property(anything, (sealed) => unseal(sealed, "name", NAME) === null));
  });

  test.each(["1e999", "1.5", "NaN"])("with a number that no column holds (%s) is none", (n) => {
    const sealed = Buffer.from(`{"s":"count","v":${n},"i":"${ID}","b":false}`).toString("base64url");
    expect(unseal(sealed, "count", COUNT)).toBeNull();
  });
});

describe("what a row is sorted by", () => {
  test("is read where the column says, also from what it is linked to, times to the millisecond", () => {
    const at = new Date(1_795_000_000_123);
    expect(keyOf({ owner: { username: "ada" } }, text("owner.username"))).toBe("ada");
    expect(keyOf({ endedAt: at }, ENDED)).toBe(at.toISOString());
    expect([keyOf({ endedAt: null }, ENDED), keyOf({ count: 0 }, COUNT), keyOf({ name: "" }, NAME)]).toEqual([
      null,
      0,
      "",
    ]);
  });

  test.each<[string, object, string]>([
    ["was not fetched", {}, "name"],
    ["is of what was not fetched", { owner: null }, "owner.username"],
    ["only every object has", {}, "constructor.name"],
    ["is not its own", Object.create({ name: "ada" }), "name"],
    ["cannot be compared", { name: ["a"] }, "name"],
  ])("that %s is a mistake of ours, and never a page in some other order", (_what, row, path) => {
    expect(() => keyOf(row, text(path))).toThrow(/does not fetch/);
  });
});
