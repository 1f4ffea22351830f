// What the runners say in their JSON reports, as one sum: passed and failed, nothing else exists.
import { existsSync, readFileSync } from "node:fs";

/**
 * @typedef {{ passed: number, failed: number }} Tally
 * @param {string} file Vitest's JSON report. A file that could not even be loaded counts as one failure, so does a test
 *   that was skipped (nothing may be), and a run that left no report.
 * @returns {Tally}
 */
export function vitestTally(file) {
  if (!existsSync(file)) return { passed: 0, failed: 1 };
  const report = JSON.parse(readFileSync(file, "utf8"));
  const broken = report.testResults.filter(
    (suite) => suite.status === "failed" && !suite.assertionResults.some((test) => test.status === "failed"),
  ).length;
  const skipped = report.numPendingTests + report.numTodoTests;
  return { passed: report.numPassedTests, failed: report.numFailedTests + broken + skipped };
}

/**
 * @param {string} file Playwright's JSON report. A test that passed only when tried again has failed.
 * @returns {Tally}
 */
export function playwrightTally(file) {
  if (!existsSync(file)) return { passed: 0, failed: 1 };
  const { stats, errors } = JSON.parse(readFileSync(file, "utf8"));
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + stats.skipped + errors.length };
}

/**
 * One runner's part of the sum: whatever its report says, a status other than 0 is at least one failure.
 * @param {number} status
 * @param {Tally} tally
 * @returns {Tally}
 */
export const judged = (status, tally) =>
  status !== 0 && tally.failed === 0 ? { passed: tally.passed, failed: 1 } : tally;

/** @param {readonly Tally[]} tallies */
export const sum = (tallies) => ({
  passed: tallies.reduce((total, tally) => total + tally.passed, 0),
  failed: tallies.reduce((total, tally) => total + tally.failed, 0),
});
