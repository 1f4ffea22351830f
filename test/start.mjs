// `npm test`, `npm run check`, `npm run faults` and `npm run fuzz`, from a clean clone with Node only: sets up what is missing, says in words what it does,
// and closes `npm test` with one line: N passed, N failed. Has no dependencies, because it installs them.
import { join } from "node:path";
import { ensure } from "../server/build/ensure.mjs";
import { cleanUp, cleanUpAtExit, run, runFolder } from "./processes.mjs";
import { judged, machineTally, playwrightTally, sum, vitestTally } from "./tally.mjs";
import { CLOCKS, ensureTools } from "./tools.mjs";

const say = (sentence) => console.log(`\n▸ ${sentence}`);
const tool = (name, ...args) => run(join("node_modules", ".bin", name), args);

/** What CI runs first: each in turn, all of them, so that one run shows everything that is wrong. */
async function check() {
  const steps = [
    ["Format and lint", () => tool("biome", "ci", ".")],
    ["Route types", () => tool("next", "typegen")],
    ["Types", () => tool("tsc", "--noEmit", "-p", ".")],
    ["Dead code", () => tool("knip")],
    [
      "Generated documents and configurations are current, and the house keeps its rules",
      () => tool("vitest", "run", "--project", "unit", "test/current", "test/environment", "test/habits"),
    ],
  ];
  const wrong = [];
  for (const [name, step] of steps) {
    say(name);
    if ((await step()) !== 0) wrong.push(name);
  }
  say(wrong.length === 0 ? "All checks hold." : `Not in order: ${wrong.join(", ")}.`);
  return wrong.length === 0;
}

async function test() {
  ensureTools(say);
  const tallies = [];
  say("Unit and integration tests");
  const vitestReport = join(runFolder(), "vitest.json");
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${vitestReport}`];
  tallies.push(judged(await tool("vitest", "run", ...reporters), vitestTally(vitestReport)));

  say("Building what `npm start` would build, then journeys in a real browser, through a real nginx");
  tallies.push((await built()) ? await journeys() : UNBUILT);
  return closed(sum(tallies), ({ passed, failed }) => `${passed} passed, ${failed} failed`);
}

/** Every fault many times over, and the journeys in which something goes wrong: for whoever touches how changes spread. */
async function faults() {
  ensureTools(say, CLOCKS);
  const often = { FAULTS_REPEATED: "10" };
  say("Every fault of database, wire, verifier, history and clock, ten times");
  const vitestReport = join(runFolder(), "vitest.json");
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${vitestReport}`];
  const status = await run("node_modules/.bin/vitest", ["run", "test/faults", ...reporters], often);
  const tallies = [judged(status, vitestTally(vitestReport))];
  say("Faults of the portal, three times, and journeys in which something goes wrong");
  const files = ["e2e/faults.spec.ts", "e2e/portal-faults.spec.ts", "e2e/quarantine.spec.ts"];
  tallies.push((await built()) ? await journeys(files, often) : UNBUILT);
  const { held, answers } = machineTally(vitestReport);
  const machine = `${held} answers were the machine's, of ${answers}`;
  return closed(sum(tallies), ({ passed, failed }) => `${passed} stories held, ${failed} did not; ${machine}`);
}

/** Hostile input to the verifier, fifty times what `npm test` plays and never the same: for whoever touches what it reads. */
async function fuzz() {
  ensureTools(say);
  say("Hostile input, fifty times");
  const more = { FUZZ_RUNS: process.env.FUZZ_RUNS ?? "50" };
  const status = await run("node_modules/.bin/vitest", ["run", "test/fuzz", "--test-timeout=3600000"], more);
  cleanUp();
  return status === 0;
}

const UNBUILT = { passed: 0, failed: 1, what: ["The product could not be built"] };

/** Cleans up, names what failed once more where somebody who reads the end finds it, and closes with the one line. */
function closed(tally, line) {
  cleanUp();
  for (const one of tally.what) console.log(`\n✗ ${one}`);
  console.log(`\n${line(tally)}`);
  return tally.failed === 0 && tally.passed > 0;
}

async function built() {
  try {
    await ensure(["packages", "client", "programs", "pages"]);
    return true;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return false;
  }
}

async function journeys(files = [], env = {}) {
  const report = join(runFolder(), "playwright.json");
  const own = { PLAYWRIGHT_JSON_OUTPUT_NAME: report, ...env };
  const status = await run("node_modules/.bin/playwright", ["test", ...files], own);
  return judged(status, playwrightTally(report));
}

const COMMANDS = { test, check, faults, fuzz };
const name = process.argv[2] ?? "test";
const command = COMMANDS[name];
if (!command) {
  console.error(`There is no ${name}: ask for one of ${Object.keys(COMMANDS).join(", ")}.`);
  process.exit(2);
}

cleanUpAtExit();
process.chdir(join(import.meta.dirname, ".."));
try {
  await ensure(["packages", "client"]);
  process.exit((await command()) ? 0 : 1);
} catch (thrown) {
  console.error(thrown instanceof Error ? thrown.message : thrown);
  if (command === test) console.log("\n0 passed, 1 failed");
  process.exit(1);
}
