import { describe, expect, it } from "vitest";
import { brokenWords, intactWords, notedWords } from "./chain-words";

const NOTED = { at: "2026-11-22T09:00:00.000Z", by: "root", through: "44000", broken: null };
const when = () => "3 h ago";

describe("the state of the log in words", () => {
  it("says how much was looked at", () => {
    expect(intactWords({ from: "1", through: "340" })).toMatch(/^All 340 events/);
    expect(intactWords({ from: "44679", through: "45678" })).toMatch(/^The last 1,000 events, up to 45,678,/);
    expect(intactWords({ from: "1", through: "0" })).toBe("Nothing is in the log yet.");
  });

  it("says where it is broken", () => {
    expect(brokenWords({ seq: "45012", why: "it is missing" })).toBe(
      "The log is broken at event 45,012: it is missing.",
    );
  });

  it("claims of what was not looked at only what somebody noted", () => {
    expect(notedWords({ from: "44679", noted: NOTED }, when)).toBe(
      "All of it was checked 3 h ago by root, up to event 44,000: intact.",
    );
    expect(notedWords({ from: "44679", noted: null }, when)).toBe("Nobody has noted a check of all of it.");
    expect(notedWords({ from: "1", noted: NOTED }, when)).toBeNull();
  });

  it("does not hide a break that a check found, whatever was looked at now", () => {
    for (const from of ["1", "44679"]) {
      expect(notedWords({ from, noted: { ...NOTED, broken: "7" } }, when)).toMatch(/broken at event 7\.$/);
    }
  });
});
