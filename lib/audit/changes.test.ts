import { describe, expect, it } from "vitest";
import { changes } from "./changes";
import { differences } from "./difference";

describe("where two documents differ", () => {
  it("is told by its keys, from the outside in, with what stands on either side", () => {
    const before = { name: "a", rules: { password: "observe", none: "allow" }, routes: [1] };
    const after = { name: "a", rules: { password: "block", none: "allow" }, routes: [1, 2], note: "x" };
    expect(differences(before, after)).toEqual([
      { path: ["rules", "password"], before: "observe", after: "block" },
      { path: ["routes"], before: [1], after: [1, 2] },
      { path: ["note"], before: null, after: "x" },
    ]);
    expect(differences(before, before)).toEqual([]);
  });

  it("is every field of a document that was not there, or is no more", () => {
    expect(differences(null, { a: 1, b: { c: 2 } }).map(({ path }) => path.join("."))).toEqual(["a", "b.c"]);
    expect(differences({ a: 1 }, null)).toEqual([{ path: ["a"], before: 1, after: null }]);
  });

  it("is the whole where the two are not of a kind, and no names are mistaken for what every object has", () => {
    expect(differences({ a: 1 }, "text")).toEqual([{ path: [], before: { a: 1 }, after: "text" }]);
    expect(differences({ a: [1] }, { a: { b: 1 } })).toHaveLength(1);
    const proto = JSON.parse('{"__proto__": 1, "constructor": 2}');
    expect(differences({}, proto).map(({ path }) => path[0])).toEqual(["__proto__", "constructor"]);
  });

  it("is found in documents of any depth without falling over", () => {
    const deep = (leaf: number) => JSON.parse(`${'{"a":'.repeat(2_000)}${leaf}${"}".repeat(2_000)}`);
    expect(differences(deep(1), deep(2))).toHaveLength(1);
  });
});

describe("changes in words", () => {
  const labels = { name: "name", ranges: "ranges", on: "web sockets", text: "text", limits: "limit", n: "hops" };
  const of = (before: object, after: object) => changes(before, after, labels);

  it("say from what to what, and of lists what came and went", () => {
    expect(of({ name: "a" }, { name: "b" })).toBe(": name from “a” to “b”");
    expect(of({ on: false, n: 0 }, { on: true, n: 2 })).toBe(": web sockets from no to yes; hops from 0 to 2");
    expect(of({ ranges: ["a", "b"] }, { ranges: ["b", "c"] })).toBe(": ranges: added c, took out a");
    expect(of({ ranges: ["a", "b"] }, { ranges: ["b", "a"] })).toBe(": ranges: in another order");
    expect(of({ name: "" }, { name: "b" })).toBe(": name from nothing to “b”");
    expect(of({ limits: { days: 1 } }, { limits: { days: 2 } })).toBe(": limit days from 1 to 2");
  });

  it("leave out what is too long, and everything beyond the third", () => {
    expect(of({ text: "" }, { text: "x".repeat(61) })).toBe(": text");
    expect(of({}, { name: "a", on: true, n: 1, limits: { days: 2 }, text: "t" })).toMatch(/; and 2 more$/);
    const many = Array.from({ length: 9 }, (_, index) => `r${index}`);
    expect(of({ ranges: [] }, { ranges: many })).toBe(": ranges: added r0, r1, r2, r3, r4 and 4 more");
  });

  it("say nothing of fields without a label, nor of no difference", () => {
    expect(of({ version: 1, name: "a" }, { version: 2, name: "a" })).toBe("");
    expect(changes({ toString: 1 }, { toString: 2 }, labels)).toBe("");
  });
});
