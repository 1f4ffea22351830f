import { describe, expect, it } from "vitest";
import { DAY, NOON } from "#test/rules";
import { previewOf, type Sighted } from "./preview";
import { bulkInput, wishOf, wishOfOperation } from "./schema";
import { countedRight } from "./size";

const ID = "0190d4a5-0000-7000-8000-000000000001";
const reads = (input: object) => bulkInput.safeParse(input).success;

describe("what is asked for many tokens", () => {
  it("names them by ids or by a filter, never by both or neither", () => {
    expect(reads({ action: "resume", ids: [ID] })).toBe(true);
    expect(reads({ action: "resume", filter: { status: ["suspended"], neverUsed: true, unusedDays: 90 } })).toBe(true);
    expect(reads({ action: "resume" })).toBe(false);
    expect(reads({ action: "resume", ids: [ID], filter: {} })).toBe(false);
    expect(reads({ action: "resume", ids: [] })).toBe(false);
  });

  it("has the fields of its action and no others", () => {
    expect(reads({ action: "revoke", ids: [ID], reason: "unused", note: "gone" })).toBe(true);
    expect(reads({ action: "suspend", ids: [ID], reason: "unused" })).toBe(false);
    expect(reads({ action: "change-expiry", ids: [ID] })).toBe(false);
    expect(reads({ action: "change-expiry", ids: [ID], expiresAt: null })).toBe(true);
    expect(reads({ action: "delete", ids: [ID] })).toBe(false);
    expect(reads({ action: "resume", filter: { brand: "x" } })).toBe(false);
  });

  it("is bounded: 1,000 ids, each of which counts once", () => {
    const ids = Array.from({ length: 1_001 }, (_, n) => `0190d4a5-0000-7000-8000-${String(n).padStart(12, "0")}`);
    expect(reads({ action: "resume", ids })).toBe(false);
    expect(bulkInput.parse({ action: "resume", ids: [ID, ID] }).ids).toEqual([ID]);
    const spelt = ["0190d4a5-0000-7000-8000-00000000000a", "0190D4A5-0000-7000-8000-00000000000A"];
    expect(bulkInput.parse({ action: "resume", ids: spelt }).ids).toEqual(spelt.slice(0, 1));
  });

  it("is kept as it was understood until its turn", () => {
    for (const asked of [
      { action: "revoke", ids: [ID] },
      { action: "suspend", ids: [ID], note: "on leave" },
      { action: "resume", ids: [ID] },
      { action: "change-expiry", ids: [ID], expiresAt: "2027-01-01T00:00:00Z" },
    ]) {
      const wish = wishOf(bulkInput.parse(asked));
      const { action, ...fields } = wish;
      expect(wishOfOperation({ action, fields: JSON.parse(JSON.stringify(fields)) })).toEqual(wish);
    }
  });
});

describe("how many are meant", () => {
  it("must be how many were seen; otherwise the new count is said", () => {
    expect(countedRight(12, 12, 100).ok).toBe(true);
    expect(countedRight(12, undefined, 100).ok).toBe(true);
    expect(countedRight(13, 12, 100)).toMatchObject({
      refusal: {
        code: "stale",
        detail: "13 tokens match now, not 12. Look at them again.",
        errors: [{ path: "expected", message: "13" }],
      },
    });
    expect(countedRight(1, 12, 100)).toMatchObject({ refusal: { detail: expect.stringContaining("1 token matches") } });
  });

  it("is neither none nor too many", () => {
    expect(countedRight(0, 0, 100)).toMatchObject({ refusal: { code: "invalid_input" } });
    expect(countedRight(101, 101, 100)).toMatchObject({ refusal: { code: "invalid_input" } });
  });
});

describe("a preview", () => {
  const seen: Sighted[] = [
    {
      changed: ["a", "b"],
      refused: [{ id: "c", code: "ended", detail: "It has ended." }],
      owners: new Map([
        ["a", "ada"],
        ["b", "bob"],
        ["c", "ada"],
      ]),
      usedAt: new Map([["a", NOON - DAY / 2]]),
    },
    {
      changed: ["d"],
      refused: [
        { id: "e", code: "forbidden", detail: "No." },
        { id: "f", code: "forbidden", detail: "No." },
      ],
      owners: new Map([["d", "bob"]]),
      usedAt: new Map([["d", NOON - 2 * DAY]]),
    },
  ];

  it("counts what changes, what is so already and what is refused, and nobody twice", () => {
    expect(previewOf("revoke", 8, seen, NOON)).toEqual({
      ...{ action: "revoke", matched: 8, changes: 3, unchanged: 2 },
      refused: [
        { code: "forbidden", detail: "No.", count: 2 },
        { code: "ended", detail: "It has ended.", count: 1 },
      ],
      owners: 2,
      most: [
        { username: "bob", tokens: 2 },
        { username: "ada", tokens: 1 },
      ],
      usedLastDay: 1,
      neverUsed: 1,
    });
  });
});
