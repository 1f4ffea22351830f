import { describe, expect, it } from "vitest";
import { editSettingsInput } from "./settings-schema";

const errorsOf = (changes: object) => {
  const read = editSettingsInput.safeParse({ version: 1, ...changes });
  return read.success ? [] : read.error.issues.map(({ path }) => path.join("."));
};

describe("a change of the settings", () => {
  it("says the version that was read and may leave out the rest", () => {
    expect(errorsOf({})).toEqual([]);
    expect(editSettingsInput.safeParse({}).success).toBe(false);
  });

  it.each(["l", "lk_", "1k", "", "l k", "é2", "a".repeat(17), 7, null])("takes no prefix like %j", (tokenPrefix) => {
    expect(errorsOf({ tokenPrefix })).toEqual(["tokenPrefix"]);
    expect(errorsOf({ retiredPrefixes: [tokenPrefix] })).toEqual(["retiredPrefixes.0"]);
  });

  it("takes prefixes of 2 to 16 letters and digits, and each once", () => {
    expect(errorsOf({ tokenPrefix: "lk" })).toEqual([]);
    expect(editSettingsInput.parse({ version: 1, retiredPrefixes: ["Lk", "Lk", "lk"] }).retiredPrefixes).toEqual([
      "Lk",
      "lk",
    ]);
    expect(errorsOf({ retiredPrefixes: Array.from({ length: 22 }, (_, n) => `p${n}x`) })).toEqual(["retiredPrefixes"]);
  });

  it("stores nothing that nothing enforces, and lets its default pass", () => {
    const refused = editSettingsInput.safeParse({ version: 1, endedRetentionDays: 90 });
    expect(refused.error?.issues.map((issue) => (issue.code === "custom" ? issue.params?.code : issue.code))).toEqual([
      "not_enforced_yet",
    ]);
    expect(errorsOf({ ranges: [], endedRetentionDays: null })).toEqual([]);
    expect(errorsOf({ ceiling: { persons: { endUnusedAfterDays: 60 } } })).toEqual([
      "ceiling.persons.endUnusedAfterDays",
    ]);
  });

  it("takes ranges as addresses and names of networks, canonical and each once", () => {
    const { ranges } = editSettingsInput.parse({ version: 1, ranges: ["2001:DB8::/32", "office", "2001:db8::/32"] });
    expect(ranges).toEqual(["2001:db8::/32", "office"]);
    for (const range of ["10.0.0.1/8", "300.1.1.1", "_"]) expect(errorsOf({ ranges: [range] })).toEqual(["ranges.0"]);
    expect(errorsOf({ ranges: Array.from({ length: 501 }, () => "::1") })).toEqual(["ranges"]);
  });

  it.each(["ownerRate", "failureRate"])("takes %s as a rate and a burst of at least one, or none", (field) => {
    expect(errorsOf({ [field]: { perMinute: 1, burst: 1 } })).toEqual([]);
    expect(errorsOf({ [field]: null })).toEqual([]);
    for (const wrong of [0, -1, 1.5, 1e9]) {
      expect(errorsOf({ [field]: { perMinute: wrong, burst: 1 } })).toEqual([`${field}.perMinute`]);
      expect(errorsOf({ [field]: { perMinute: 1, burst: wrong } })).toEqual([`${field}.burst`]);
    }
    expect(errorsOf({ [field]: { perMinute: 1 } })).toEqual([`${field}.burst`]);
  });

  it("knows no other field, also not inside the ceilings", () => {
    expect(errorsOf({ quarantined: false })).toEqual([""]);
    expect(errorsOf({ ceiling: { everybody: null } })).toEqual(["ceiling"]);
    expect(errorsOf({ ceiling: { persons: { use: false } } })).toEqual(["ceiling.persons"]);
  });
});
