import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { newSecret } from "#lib/tokens/secret";
import { openAsker } from "./ask";
import { asServer, ourProgram } from "./command";
import { forgiveFailures } from "./database";
import type { Ground } from "./ground";
import { load, type Traffic } from "./load";
import { quantile } from "./median";
import type { Ours } from "./ours";
import { SECONDS } from "./pairs";
import { pause } from "./pause";
import { say } from "./report";
import { whileAskedSteadily } from "./steady";
import type { Row } from "./table";
import { CACHED } from "./verification";

const run = promisify(execFile);

/** Well-formed secrets of nobody: asked in turn, each has long been forgotten when it comes again. */
const RANDOM = 100_000;
/** How often a known token is asked for meanwhile, in a second. */
const PACE = 500;
const ROUNDS = 5;

/** What becomes of a verifier, and of who has a token, when somebody sends random secrets as fast as they can. */
export async function measureFlood(ground: Ground): Promise<Row[]> {
  const rows = [await lookUps(ground)];
  await forgiveFailures(ground.database.ownerUrl);
  const ours = await ground.verifier();
  const known = ground.installed.secrets.slice(0, CACHED);
  const flood = ground.traffic(
    "flood",
    Array.from({ length: RANDOM }, () => newSecret()),
  );
  const crowd = ground.traffic("crowd", known);
  return [...rows, ...(await beside(ours, flood, crowd, known))];
}

/** Only the looking up, in batches as many as come: random digests, nobody else asks. */
async function lookUps({ installed }: Ground): Promise<Row> {
  say("Measuring: look-ups of random digests");
  const env = { ...process.env, ...installed.env, BENCH_SECONDS: String(SECONDS) };
  const found: { perSecond: number; other: number; cpu: number }[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const [program = "", ...args] = asServer(ourProgram("bench", "looker.mjs"));
    const { stdout } = await run(program, args, { env });
    found.push(JSON.parse(/^looked (.*)$/m.exec(stdout)?.[1] ?? "null"));
  }
  const middle = found.toSorted((a, b) => a.perSecond - b.perSecond)[Math.floor(ROUNDS / 2)];
  if (!middle) throw new Error("nothing was looked up");
  const what = `look-ups of random digests a second (${middle.cpu.toFixed(1)} µs of processor time each)`;
  return { what, value: middle.perSecond, bar: 30_000, unit: "/s", better: "more" };
}

/** Known tokens at a steady pace: alone, beside full load of known tokens, and beside full load of random secrets. */
async function beside(ours: Ours, flood: Traffic, crowd: Traffic, known: readonly string[]): Promise<Row[]> {
  say("Measuring: known tokens in a flood of random secrets");
  const { ask, close } = openAsker(ours);
  const tails: Record<"alone" | "crowd" | "flood", number[]> = { alone: [], crowd: [], flood: [] };
  const [looked, answered, wrong]: [number[], number[], number[]] = [[], [], []];
  const once = async (name: keyof typeof tails, during: () => Promise<unknown>) => {
    const { steady } = await whileAskedSteadily(ask, known, PACE, during);
    tails[name].push(steady.p99);
    wrong.push(steady.wrong);
  };
  const quiet = () => pause(SECONDS * 1_000);
  await once("alone", quiet);
  tails.alone.length = 0; // all are in memory now
  for (let round = 0; round < ROUNDS; round += 1) {
    await once("alone", quiet);
    await once("crowd", () => load(ours.subject, crowd, SECONDS));
    await once("flood", async () => {
      const before = await ours.metric("loaded_digests_total");
      const { answersPerSecond } = await load(ours.subject, flood, SECONDS);
      looked.push(((await ours.metric("loaded_digests_total")) - before) / SECONDS);
      answered.push(answersPerSecond);
    });
  }
  close();
  const middle = (values: readonly number[]) => quantile(values, 0.5);
  const [alone, crowded, flooded] = [middle(tails.alone), middle(tails.crowd), middle(tails.flood)];
  const told = `${PACE}/s alone ${alone.toFixed(1)} ms, beside known ones ${crowded.toFixed(1)} ms`;
  const bad = wrong.reduce((sum, each) => sum + each, 0);
  return [
    {
      ...{ what: "random secrets looked up a second over HTTP, full load of 32 connections", value: middle(looked) },
      ...{ bar: null, unit: `/s of ${Math.round(middle(answered))} answers`, better: "more" },
    },
    {
      what: `known tokens' p99 in that flood (${told}, ${bad} refused)`,
      value: flooded,
      bar: 50,
      unit: " ms",
      better: "less",
    },
    {
      what: "the same ÷ beside full load of known tokens",
      value: flooded / crowded,
      bar: 1.25,
      unit: "×",
      better: "less",
    },
  ];
}
