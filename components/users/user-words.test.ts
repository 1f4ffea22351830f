import { expect, test } from "vitest";
import { becauseOf, fewOf, returningWords, stoppingWords } from "./user-words";

const NOTHING = { tokens: 0, lastUsedAt: null, calls24h: 0, calls30d: 0, sessions: 0, unmaintained: [] };

test("of many groups the first few are named, the rest counted", () => {
  expect(fewOf([])).toBe("");
  expect(fewOf(["a", "b"])).toBe("a, b");
  expect(fewOf(["a", "b", "c", "d"])).toBe("a, b, +2");
});

test("a tier names its cause", () => {
  expect(becauseOf({ by: "group", group: "ldap:dev" })).toBe("because of the group ldap:dev");
  expect(becauseOf({ by: "everyone", group: null })).toContain("every person");
  expect(becauseOf({ by: "serviceAccounts", group: null })).toContain("every service account");
});

test("what stops is said in numbers, and nothing where nothing does", () => {
  expect(stoppingWords(NOTHING, null)).toEqual([]);
  expect(stoppingWords({ ...NOTHING, tokens: 1 }, null)).toEqual(["1 token that works: never used."]);
  const all = { ...NOTHING, tokens: 2, calls24h: 5, calls30d: 90, sessions: 1, unmaintained: ["ci-bot"] };
  expect(stoppingWords(all, "2 h ago")).toEqual([
    "2 tokens that work: last used 2 h ago, 5 calls in 24 h, 90 in 30 days.",
    "1 session of the portal.",
    "Nobody maintains ci-bot then: their tokens go on unwatched.",
  ]);
});

test("what comes back is said too", () => {
  expect(returningWords({ tokens: 0 })).toMatch(/^None/);
  expect(returningWords({ tokens: 3 })).toMatch(/^3 tokens work again at once/);
});
