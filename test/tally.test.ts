import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { judged, machineTally, playwrightTally, sum, vitestTally } from "./tally.mjs";

const folder = mkdtempSync(join(tmpdir(), "latchkey-tally-"));
afterAll(() => rmSync(folder, { recursive: true }));
const report = (content: unknown): string => {
  const file = join(folder, "report.json");
  writeFileSync(file, JSON.stringify(content));
  return file;
};

const GREEN = { status: "passed", fullName: "it holds" };
const vitest = (...testResults: unknown[]) => report({ numPassedTests: 3, testResults });
const suite = (status: string, ...assertionResults: unknown[]) => ({
  name: join(process.cwd(), "lib/one.test.ts"),
  status,
  message: "no such module",
  assertionResults,
});
const playwright = (stats: object, suites: unknown[] = [], errors: unknown[] = []) =>
  report({ stats: { expected: 2, unexpected: 0, flaky: 0, skipped: 0, ...stats }, suites, errors });

test("what passed is counted", () => {
  expect(vitestTally(vitest(suite("passed", GREEN)))).toEqual({ passed: 3, failed: 0, what: [] });
  expect(playwrightTally(playwright({}))).toEqual({ passed: 2, failed: 0, what: [] });
});

test("a test that failed is named with its file and the beginning of what it said, without colours", () => {
  const failed = { status: "failed", fullName: "it breaks", failureMessages: ["\u001B[31mAssertionError: 1 is 2"] };
  const { failed: count, what } = vitestTally(vitest(suite("failed", GREEN, failed)));
  expect({ count, what }).toEqual({ count: 1, what: ["lib/one.test.ts › it breaks\nAssertionError: 1 is 2"] });
});

test("a file that cannot be loaded is a failure, although no test of it failed", () => {
  const { failed, what } = vitestTally(vitest(suite("failed")));
  expect({ failed, what }).toEqual({ failed: 1, what: ["lib/one.test.ts\nno such module"] });
});

test("a skipped test is a failure", () => {
  const { failed, what } = vitestTally(vitest(suite("passed", { status: "skipped", fullName: "later" })));
  expect({ failed, what }).toEqual({ failed: 1, what: ["lib/one.test.ts › later\nskipped"] });
  expect(playwrightTally(playwright({ skipped: 1 })).failed).toBe(1);
});

test("a journey that passes only when tried again is a failure, and is named wherever it is nested", () => {
  const results = [{ error: { message: "not visible" } }, {}];
  const spec = { file: "a.spec.ts", line: 7, title: "one signs in", tests: [{ status: "flaky", results }] };
  const nested = [{ specs: [], suites: [{ specs: [spec] }] }];
  const { failed, what } = playwrightTally(playwright({ unexpected: 1, flaky: 1 }, nested, [{ message: "no port" }]));
  expect(failed).toBe(3);
  expect(what).toEqual(["a.spec.ts:7 › one signs in\nnot visible", "no port"]);
});

test("a runner that left no report, or a bad status, has failed", () => {
  expect(vitestTally(join(folder, "nowhere.json")).failed).toBe(1);
  expect(playwrightTally(join(folder, "nowhere.json")).failed).toBe(1);
  expect(judged(1, { passed: 3, failed: 0, what: [] }).failed).toBe(1);
  expect(judged(1, { passed: 3, failed: 2, what: ["a", "b"] }).failed).toBe(2);
  expect(judged(0, { passed: 3, failed: 0, what: [] }).failed).toBe(0);
});

test("the runners' sums add up", () => {
  expect(
    sum([
      { passed: 3, failed: 0, what: [] },
      { passed: 2, failed: 1, what: ["a"] },
    ]),
  ).toEqual({ passed: 5, failed: 1, what: ["a"] });
});

test("what the machine is to blame for is counted over all stories, also of one that did not hold", () => {
  const story = (status: string, held: number, answers: number) => ({
    ...GREEN,
    status,
    meta: { machine: { held, answers } },
  });
  const file = vitest(
    suite("failed", story("passed", 0, 200), story("failed", 3, 40)),
    suite("passed", { ...GREEN, meta: {} }, story("passed", 2, 1)),
  );
  expect(machineTally(file)).toEqual({ held: 5, answers: 241 });
  expect(machineTally(join(folder, "nowhere.json"))).toEqual({ held: 0, answers: 0 });
});
