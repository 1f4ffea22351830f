import { expect, it } from "vitest";
import { tracesInWords } from "./traces";

it("says what somebody has left behind, in numbers", () => {
  expect(tracesInWords({ tokens: 1, issued: 2, sessions: 1, events: 3, maintained: 1 })).toEqual([
    "1 token",
    "2 tokens issued for others",
    "1 session",
    "1 service account maintained",
    "3 entries in the audit log",
  ]);
});

it("says nothing of who has left nothing", () => {
  expect(tracesInWords({ tokens: 0, issued: 0, sessions: 0, events: 0, maintained: 0 })).toEqual([]);
});
