import { describe, expect, it } from "vitest";
import { ceilingInWords, rangesFrom, rateFrom, rateInWords, tokensInWords } from "./settings-words";

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

describe("what is typed about addresses and rates", () => {
  it("is a range or a name for each line or comma, blanks inside a name included", () => {
    expect(rangesFrom(" office ffm \n\n10.0.0.0/8, ::1;ci")).toEqual(["office ffm", "10.0.0.0/8", "::1", "ci"]);
    expect(rangesFrom(" \n")).toEqual([]);
  });

  it("is a rate where something is typed; half of one, or no number, goes to the API to be refused", () => {
    const typed = (perMinute: string, burst: string) => {
      const data = new FormData();
      data.set("ownerRate.perMinute", perMinute);
      data.set("ownerRate.burst", burst);
      return rateFrom(data, "ownerRate");
    };
    expect(typed("600", " 60 ")).toEqual({ perMinute: 600, burst: 60 });
    expect(typed("", " ")).toBeNull();
    expect(typed("600", "")).toEqual({ perMinute: 600, burst: null });
    expect(JSON.stringify(typed("many", "1"))).toBe('{"perMinute":null,"burst":1}');
  });

  it("is said in words, and not at all where there is none", () => {
    expect(rateInWords({ perMinute: 6_000, burst: 60 })).toBe("6,000 a minute, 60 at once");
    expect(rateInWords(null)).toBeNull();
  });
});
