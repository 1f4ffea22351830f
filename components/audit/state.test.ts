import { describe, expect, it } from "vitest";
import { auditFilterOf, auditHref, auditState, isFiltered } from "./state";

describe("the address of the log", () => {
  it("keeps what is asked, leaves out what says nothing, and can be read back", () => {
    const state = auditState({ q: " office ", action: "network.edited", cursor: ["-12", "5"], other: "x" });
    expect(state).toMatchObject({ q: "office", action: "network.edited", cursor: "-12", from: "" });
    expect(auditHref(state)).toBe("/admin/audit?q=office&action=network.edited&cursor=-12");
    expect(isFiltered(state)).toBe(true);
    expect(isFiltered(auditState({ cursor: "5" }))).toBe(false);
    expect(auditState({ q: "x".repeat(5_000_000) }).q).toHaveLength(255);
  });

  it("names days of the reader's own calendar, the last one included, also when the clocks change", () => {
    const of = (from: string, to: string, zone: string) => {
      const filter = auditFilterOf(auditState({ from, to }), zone);
      return [filter.from, filter.to];
    };
    expect(of("2026-11-22", "2026-11-22", "UTC")).toEqual(["2026-11-22T00:00:00.000Z", "2026-11-23T00:00:00.000Z"]);
    expect(of("2026-10-25", "2026-10-25", "Europe/Berlin")).toEqual([
      "2026-10-24T22:00:00.000Z",
      "2026-10-25T23:00:00.000Z",
    ]);
    expect(of("2026-13-45", "yesterday", "UTC")).toEqual(["", ""]);
    expect(of("", "", "UTC")).toEqual(["", ""]);
  });
});
