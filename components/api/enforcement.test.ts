import { expect, test } from "vitest";
import { enforcementSentence } from "./enforcement";

const reader = { now: Date.parse("2026-11-20T13:03:00Z"), zone: "Europe/Berlin" };
const by = "2026-11-20T13:03:10.000Z";

test("with nothing outstanding it holds everywhere", () => {
  expect(enforcementSentence({ outstanding: [], effectiveBy: by }, "Stopped", reader)).toBe("Stopped everywhere.");
});

test("a verifier that did not answer is named, with the time by which it holds there, on the reader's clock", () => {
  expect(enforcementSentence({ outstanding: ["gw-2"], effectiveBy: by }, "Stopped", reader)).toBe(
    "gw-2 cannot be reached; there at the latest 14:03:10. Stopped everywhere else.",
  );
});

test("many are counted, not listed", () => {
  const names = ["gw-1", "gw-2", "gw-3", "gw-4", "gw-5"];
  expect(enforcementSentence({ outstanding: names, effectiveBy: by }, "Stopped", reader)).toMatch(
    /^gw-1, gw-2, gw-3 and 2 more cannot/,
  );
});

test("where nothing is known, nothing is claimed", () => {
  expect(enforcementSentence(undefined, "Stopped", reader)).toBe("Stopped.");
  const unknown = enforcementSentence({ outstanding: ["unknown"], effectiveBy: by }, "Stopped", reader);
  expect(unknown).not.toContain("everywhere");
  expect(unknown).toContain("14:03:10");
});
