import { describe, expect, test } from "vitest";
import type { Impact } from "#lib/impact/impact";
import { affectedOf } from "./affected-choice";
import { impactNumbers, impactSentences, moveWords, reasonWords } from "./impact-words";

const NONE = { use: 0, applications: 0, access: 0, ranges: 0 };
const impact = (some: Partial<Impact["tokens"]> = {}, moving = 0): Impact => ({
  people: { moving, moves: [] },
  tokens: {
    ...{ affected: 0, refused: 0, stopped: 0, tooLong: 0, tooFast: 0, writeFromAnywhere: 0, byRule: NONE },
    ...{ owners: 0, usedLastDay: 0, neverUsed: 0, first: [] },
    ...some,
  },
  needsChoice: false,
  fingerprint: "",
});

describe("an impact in words", () => {
  test("says how many tokens of whom, and whether anybody changes tier", () => {
    expect(impactSentences(impact())).toEqual(["No token is touched.", "Nobody changes tier."]);
    expect(impactSentences(impact({ affected: 41, owners: 29, tooLong: 41 }))).toEqual([
      "41 tokens of 29 people",
      "end later than the new limit allows. Nobody changes tier.",
    ]);
    const both = impact({ affected: 2, owners: 1, tooLong: 1, tooFast: 1 });
    expect(impactSentences(both)[1]).toContain("end later or may be used more often than the new limit allows.");
    const fast = impact({ affected: 2, owners: 1, tooFast: 2 });
    expect(impactSentences(fast)[1]).toBe("may be used more often than the new limit allows. Nobody changes tier.");
    expect(impactNumbers(fast)).toEqual([{ count: 2, words: "with a higher rate than the new limit, or none" }]);
    expect(impactSentences(impact({ affected: 1, owners: 1, refused: 1 }, 1))[1]).toContain("1 person changes tier");
  });

  test("leaves out numbers that are none, and never that something stops at once", () => {
    expect(impactNumbers(impact())).toEqual([]);
    const [stop] = impactNumbers(impact({ affected: 3, stopped: 3 }));
    expect(stop).toMatchObject({ count: 3, words: expect.stringContaining("stopped at once") });
  });

  test("says why a token is in the list, and who moves where", () => {
    const token = { id: "t", name: "t", owner: "ada", lastUsedAt: null, refusedBy: ["access"] as const };
    expect(reasonWords({ ...token, tooLong: true, tooFast: false })).toBe("only reads, ends too late");
    expect(reasonWords({ ...token, refusedBy: [], tooLong: false, tooFast: true })).toBe("rate too high");
    expect(moveWords({ from: null, to: "Interns", people: 12 })).toBe("no tier → Interns: 12 people");
  });
});

test("a choice is sent as the API wants it, its day from midnight UTC", () => {
  const chosen = { day: "2027-02-18", spreadDays: 14 };
  expect(affectedOf({ ...chosen, kind: "leave" })).toEqual({ choice: "leave", until: "2027-02-18T00:00:00Z" });
  expect(affectedOf({ ...chosen, kind: "shorten" })).toMatchObject({ from: "2027-02-18T00:00:00Z", spreadDays: 14 });
  expect(affectedOf({ ...chosen, kind: "reduce" })).toEqual({ choice: "reduce" });
  expect(affectedOf({ ...chosen, kind: "revoke" })).toEqual({ choice: "revoke", at: "2027-02-18T00:00:00Z" });
});
