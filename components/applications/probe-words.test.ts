import { expect, test } from "vitest";
import { LONGEST_RUN_MS, PROBES } from "#lib/probes/probe";
import { probeTitle, runWords } from "./probe-words";

const NOW = Date.parse("2026-11-22T12:00:00Z");
const reader = { now: NOW, zone: "UTC" };
const run = (begun: number, ended: number | null) => ({
  ...{ by: "ann", url: "https://jira.corp", begunAt: new Date(begun).toISOString() },
  endedAt: ended === null ? null : new Date(ended).toISOString(),
});

test("each probe has a title of its own, as it should be", () => {
  const titles = PROBES.map((probe) => probeTitle(probe, "observe"));
  expect(new Set(titles).size).toBe(PROBES.length);
});

test("where the rule refuses what brings no credential, a browser that passes is no good news", () => {
  expect(probeTitle("browser", "allow")).toBe("A browser passes");
  expect(probeTitle("browser", "block")).toBe("Without a credential it is refused");
});

test("it is said when it was tried, by whom and where", () => {
  expect(runWords(run(NOW - 120_000, NOW - 118_000), reader)).toBe("Tried 2 min ago by ann, at https://jira.corp.");
});

test("a run that goes on is told from one that came to no end", () => {
  expect(runWords(run(NOW - 1_000, null), reader)).toContain("at this moment");
  expect(runWords(run(NOW - LONGEST_RUN_MS, null), reader)).toContain("came to no end");
});
