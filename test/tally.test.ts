import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { judged, playwrightTally, sum, vitestTally } from "./tally.mjs";

const folder = mkdtempSync(join(tmpdir(), "latchkey-tally-"));
afterAll(() => rmSync(folder, { recursive: true }));
const report = (content: unknown): string => {
  const file = join(folder, "report.json");
  writeFileSync(file, JSON.stringify(content));
  return file;
};

const VITEST = { numPassedTests: 3, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0, testResults: [] };

test("what passed is counted", () => {
  expect(vitestTally(report(VITEST))).toEqual({ passed: 3, failed: 0 });
});

test("a file that cannot be loaded is a failure, although no test of it failed", () => {
  const testResults = [{ status: "failed", assertionResults: [] }];
  expect(vitestTally(report({ ...VITEST, testResults })).failed).toBe(1);
});

test("a skipped test is a failure", () => {
  expect(vitestTally(report({ ...VITEST, numPendingTests: 1, numTodoTests: 1 })).failed).toBe(2);
  const stats = { expected: 2, unexpected: 0, flaky: 0, skipped: 1 };
  expect(playwrightTally(report({ stats, errors: [] }))).toEqual({ passed: 2, failed: 1 });
});

test("a journey that passes only when tried again is a failure", () => {
  const stats = { expected: 2, unexpected: 1, flaky: 1, skipped: 0 };
  expect(playwrightTally(report({ stats, errors: [{}] }))).toEqual({ passed: 2, failed: 3 });
});

test("a runner that left no report, or a bad status, has failed", () => {
  expect(vitestTally(join(folder, "nowhere.json")).failed).toBe(1);
  expect(playwrightTally(join(folder, "nowhere.json")).failed).toBe(1);
  expect(judged(1, { passed: 3, failed: 0 })).toEqual({ passed: 3, failed: 1 });
  expect(judged(1, { passed: 3, failed: 2 })).toEqual({ passed: 3, failed: 2 });
  expect(judged(0, { passed: 3, failed: 0 })).toEqual({ passed: 3, failed: 0 });
});

test("the runners' sums add up", () => {
  expect(
    sum([
      { passed: 3, failed: 0 },
      { passed: 2, failed: 1 },
    ]),
  ).toEqual({ passed: 5, failed: 1 });
});
