import { describe, expect, it } from "vitest";
import { ceilingInWords, tokensInWords } from "./settings-words";

describe("a ceiling in words", () => {
  it("says each thing that it takes away, and nothing of what it leaves", () => {
    expect(ceilingInWords({ maxLifetimeDays: 365 })).toEqual(["At most 365 days"]);
    expect(
      ceilingInWords({
        ...{ maxLifetimeDays: 1, maxActive: 1, access: "read", applications: ["jira", "git"] },
        ...{ ranges: ["office", "10.0.0.0/8"], requireRanges: true },
      }),
    ).toEqual([
      "At most 1 day",
      "At most 1 active token each",
      "Only read",
      "Only for jira, git",
      "Only from office, 10.0.0.0/8",
      "Each token names its own addresses",
    ]);
  });

  it("is empty where nothing is limited", () => {
    const loose = { maxLifetimeDays: null, access: "write", applications: "all", requireRanges: false } as const;
    for (const ceiling of [null, {}, loose]) expect(ceilingInWords(ceiling)).toEqual([]);
  });

  it("forbids every token where it allows none", () => {
    expect(ceilingInWords({ maxActive: 0 })).toEqual(["At most 0 active tokens each"]);
  });
});

describe("the tokens that bear a retired prefix", () => {
  it("are counted", () => {
    expect([0, 1, 2400].map(tokensInWords)).toEqual([
      "borne by no token that has not ended",
      "borne by 1 token not ended",
      "borne by 2,400 tokens not ended",
    ]);
  });
});
