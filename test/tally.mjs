// What the runners say in their JSON reports, as one sum: passed and failed, nothing else exists. And what failed by its
// name, because a run of twenty minutes has said it long before its last lines.
import { existsSync, readFileSync } from "node:fs";
import { relative } from "node:path";
import { stripVTControlCharacters } from "node:util";

/** @typedef {{ passed: number, failed: number, what: string[] }} Tally */

const SAID = 600;
/** A message's beginning without the colours of a terminal. */
const beginning = (message) => stripVTControlCharacters(message ?? "").slice(0, SAID);
const unreported = (runner) => ({ passed: 0, failed: 1, what: [`${runner} left no report`] });

/**
 * @param {string} file Vitest's JSON report. A file that could not even be loaded counts as one failure, so does a test
 *   that was skipped (nothing may be), and a run that left no report.
 * @returns {Tally}
 */
export function vitestTally(file) {
  if (!existsSync(file)) return unreported("Vitest");
  const report = JSON.parse(readFileSync(file, "utf8"));
  const what = report.testResults.flatMap(({ name, status, message, assertionResults }) => {
    const where = relative(process.cwd(), name);
    const bad = assertionResults.filter((one) => one.status !== "passed");
    const broken = status === "failed" && !bad.some((one) => one.status === "failed");
    const tests = bad.map((one) => `${where} › ${one.fullName}\n${beginning(one.failureMessages?.[0] ?? one.status)}`);
    return broken ? [...tests, `${where}\n${beginning(message)}`] : tests;
  });
  return { passed: report.numPassedTests, failed: what.length, what };
}

/**
 * @param {string} file Playwright's JSON report. A test that passed only when tried again has failed.
 * @returns {Tally}
 */
export function playwrightTally(file) {
  if (!existsSync(file)) return unreported("Playwright");
  const { stats, errors, suites } = JSON.parse(readFileSync(file, "utf8"));
  const failed = stats.unexpected + stats.flaky + stats.skipped + errors.length;
  const what = [...suites.flatMap(badSpecs), ...errors.map((error) => beginning(error.message))];
  return { passed: stats.expected, failed, what };
}

function badSpecs(suite) {
  const own = (suite.specs ?? []).flatMap((spec) =>
    spec.tests
      .filter((one) => one.status !== "expected")
      .map(({ status, results }) => {
        const said = results.find((result) => result.error)?.error.message ?? status;
        return `${spec.file}:${spec.line} › ${spec.title}\n${beginning(said)}`;
      }),
  );
  return [...own, ...(suite.suites ?? []).flatMap(badSpecs)];
}

/**
 * One runner's part of the sum: whatever its report says, a status other than 0 is at least one failure.
 * @param {number} status
 * @param {Tally} tally
 * @returns {Tally}
 */
export const judged = (status, tally) =>
  status !== 0 && tally.failed === 0 ? { ...tally, failed: 1, what: [`The runner ended with ${status}`] } : tally;

/**
 * What the stories of faults held against the machine, and of how many answers, as each has left it with its test.
 * @param {string} file Vitest's JSON report
 * @returns {{ held: number, answers: number }}
 */
export function machineTally(file) {
  const { testResults } = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : { testResults: [] };
  const left = testResults.flatMap(({ assertionResults }) =>
    assertionResults.flatMap(({ meta }) => meta?.machine ?? []),
  );
  const total = (name) => left.reduce((most, each) => most + each[name], 0);
  return { held: total("held"), answers: total("answers") };
}

/** @param {readonly Tally[]} tallies */
export const sum = (tallies) => ({
  passed: tallies.reduce((total, tally) => total + tally.passed, 0),
  failed: tallies.reduce((total, tally) => total + tally.failed, 0),
  what: tallies.flatMap((tally) => tally.what),
});
