import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { changedPrefixes, samePrefixes } from "./prefixes";

const TODAY = { prefix: "acme", retiredPrefixes: ["lk", "old"] };

describe("prefixes of secrets", () => {
  it("stay as they are where nothing is said", () => {
    expect(changedPrefixes(TODAY, {})).toEqual({ ...TODAY, removed: [], unknown: [] });
  });

  it("retire when another is chosen, even if the list of retired ones that comes along leaves them out", () => {
    expect(changedPrefixes(TODAY, { tokenPrefix: "new" })).toMatchObject({
      prefix: "new",
      retiredPrefixes: ["lk", "old", "acme"],
    });
    expect(changedPrefixes(TODAY, { tokenPrefix: "new", retiredPrefixes: [] })).toMatchObject({
      retiredPrefixes: ["acme"],
      removed: ["lk", "old"],
    });
  });

  it("come back from retirement when they are chosen again", () => {
    const back = changedPrefixes(TODAY, { tokenPrefix: "lk" });
    expect(back).toEqual({ prefix: "lk", retiredPrefixes: ["old", "acme"], removed: [], unknown: [] });
  });

  it("are removed by leaving them out of the list, and never invented by putting them in", () => {
    expect(changedPrefixes(TODAY, { retiredPrefixes: ["old"] })).toMatchObject({ removed: ["lk"], unknown: [] });
    const invented = changedPrefixes(TODAY, { retiredPrefixes: ["lk", "old", "ghp"] });
    expect(invented).toMatchObject({ retiredPrefixes: ["lk", "old"], unknown: ["ghp"] });
  });

  it("are lost only by being removed, whatever is wished", () => {
    const prefix = fc.constantFrom("acme", "lk", "old", "new", "ghp");
    fc.assert(
      fc.property(
        fc.option(prefix, { nil: undefined }),
        fc.option(fc.uniqueArray(prefix), { nil: undefined }),
        (a, b) => {
          const after = changedPrefixes(TODAY, { tokenPrefix: a, retiredPrefixes: b });
          const ours = [after.prefix, ...after.retiredPrefixes, ...after.removed];
          expect(ours).toEqual(expect.arrayContaining(["acme", "lk", "old"]));
          expect(after.removed).not.toContain("acme");
          expect(new Set(ours).size).toBe(ours.length);
        },
      ),
    );
  });

  it("are the same in another order", () => {
    expect(samePrefixes(TODAY, { prefix: "acme", retiredPrefixes: ["old", "lk"] })).toBe(true);
    expect(samePrefixes(TODAY, { prefix: "acme", retiredPrefixes: ["old"] })).toBe(false);
    expect(samePrefixes(TODAY, { prefix: "lk", retiredPrefixes: ["old", "acme"] })).toBe(false);
  });
});
