import { describe, expect, it } from "vitest";
import { limitsHold, usesInWords } from "./uses";

describe("limits that name a network", () => {
  it("are found by their ranges, whichever of them it is", () => {
    expect(limitsHold("office", null, { ranges: ["10.0.0.0/8", "office"] })).toBe(true);
    expect(limitsHold("office", { ranges: ["office-2"] }, { access: "read" })).toBe(false);
  });

  it("are none where nothing, or something else, is stored", () => {
    for (const stored of [null, undefined, "office", ["office"], { ranges: "office" }]) {
      expect(limitsHold("office", stored)).toBe(false);
    }
  });
});

describe("uses in words", () => {
  it("names tiers and delegations, and counts tokens", () => {
    expect(
      usesInWords({ policies: ["Developers"], delegations: ["Integrations"], installation: true, tokens: 2 }),
    ).toEqual(["tier Developers", "delegation Integrations", "the installation's settings", "2 tokens"]);
    expect(usesInWords({ policies: [], delegations: [], installation: false, tokens: 1 })).toEqual(["1 token"]);
  });

  it("is empty when nothing names it", () => {
    expect(usesInWords({ policies: [], delegations: [], installation: false, tokens: 0 })).toEqual([]);
  });
});
