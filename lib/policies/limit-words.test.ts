import { describe, expect, it } from "vitest";
import { NOON } from "#test/rules";
import { daysWords, instantWords, sourceWords } from "./limit-words";

describe("words for limits", () => {
  it("name whose rule it is", () => {
    expect(sourceWords({ kind: "tier", name: "Developers" })).toBe("tier Developers");
    expect(sourceWords({ kind: "delegation", name: "Integrations" })).toBe("delegation Integrations");
    expect(sourceWords({ kind: "ceiling", name: "Contractors" })).toBe("the ceiling of tier Contractors");
    expect(sourceWords({ kind: "installation", name: "" })).toBe("the ceiling of the whole installation");
    expect(sourceWords({ kind: "token", name: "ci" })).toBe("token ci");
  });

  it("count days and name instants alike in every time zone", () => {
    expect(daysWords(1)).toBe("1 day");
    expect(daysWords(90)).toBe("90 days");
    expect(instantWords(NOON)).toBe("22 Nov 2026, 12:00 UTC");
    expect(instantWords(Date.UTC(2027, 1, 3, 4, 5))).toBe("3 Feb 2027, 04:05 UTC");
  });
});
