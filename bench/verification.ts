import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { openEmbedded } from "#server/postgres/embedded";
import { projectFolder } from "#server/project";
import { measureFailures } from "./failures";
import { makeTraffic, measureAt } from "./load";
import { answerHeaders, startOurs } from "./ours";
import { type Comparison, type Contestant, compare } from "./pairs";
import { startBare, startBetterAuth, startNext, startQuery } from "./peers";
import { report, say } from "./report";
import type { Row } from "./table";

// BENCH_PAIRS and BENCH_SECONDS make it longer or shorter.
const PAIRS = Number(process.env.BENCH_PAIRS ?? 10);
const SECONDS = Number(process.env.BENCH_SECONDS ?? 2);
/** More than the verifier keeps, so that asked in turn none is ever in memory. */
const TOKENS = Number(process.env.BENCH_TOKENS ?? 250_000);
const CACHED = 1_000;

/** What the bars say about verification, measured in one run on this machine. */
export async function measureVerification(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "latchkey-bench-"));
  chmodSync(folder, 0o711);
  const ending: (() => Promise<void>)[] = [];
  try {
    await build({
      entryPoints: ["bare", "query"].map((name) => join(projectFolder(), "bench", "peers", `${name}.ts`)),
      outdir: join(projectFolder(), "dist", "bench"),
      outExtension: { ".js": ".mjs" },
      bundle: true,
      packages: "external",
      platform: "node",
      format: "esm",
    });
    const rows = await measureAll(folder, ending);
    report("verification", { pairs: PAIRS, seconds: SECONDS, tokens: TOKENS, rows });
  } finally {
    for (const end of ending.reverse()) await end();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measureAll(folder: string, ending: (() => Promise<void>)[]): Promise<Row[]> {
  say("Starting PostgreSQL and our verifier");
  const database = await openEmbedded(join(folder, "postgres"), { settings: ["shared_buffers=256MB"] });
  ending.push(() => database.close());
  const ours = await startOurs(folder, database, TOKENS);
  ending.push(() => ours.subject.stop());
  const memoryAtStart = ours.subject.residentMegabytes();
  const answer = await answerHeaders(ours);
  const traffic = (name: string, secrets: readonly string[], path = ours.path) =>
    makeTraffic(folder, name, secrets, ours.headers, path);
  const cached: Contestant = { subject: ours.subject, traffic: traffic("cached", ours.secrets.slice(0, CACHED)) };
  const uncached: Contestant = { subject: ours.subject, traffic: traffic("uncached", ours.secrets) };

  const bare: Contestant = { subject: await startBare("bare node:http", answer), traffic: cached.traffic };
  ending.push(() => bare.subject.stop());
  const rows: Row[] = [];
  const against = async (what: string, mine: Contestant, theirs: Contestant, bar: number, pairs = PAIRS) => {
    say(`Measuring: ${what}`);
    const comparison = await compare(mine, theirs, pairs, SECONDS);
    rows.push(rowOf(what, comparison, bar));
    return comparison;
  };

  const first = await against("cached ÷ bare node:http (204, same headers)", cached, bare, 0.75);
  const half = Math.min(first.ours.requestsPerSecond, first.theirs.requestsPerSecond) / 2;
  rows.push(await tail(cached, bare, half));

  const query = await startQuery(database.ownerUrl, answer, ours.secrets);
  ending.push(() => query.stop());
  await against(
    "uncached ÷ node:http + one prepared pg query",
    uncached,
    { subject: query, traffic: uncached.traffic },
    0.8,
  );
  await query.stop();
  const memoryFull = ours.subject.residentMegabytes();

  say("Building an empty Next application");
  const next = await startNext(folder, answer);
  ending.push(() => next.stop());
  const nothing = { subject: next, traffic: traffic("next", ours.secrets.slice(0, 1), "/nothing") };
  await against("cached ÷ a Next route handler that does nothing", cached, nothing, 10);
  await next.stop();

  say("Installing better-auth");
  const betterAuth = await startBetterAuth(folder, database.ownerUrl, answer);
  ending.push(() => betterAuth.subject.stop());
  const keyed = { subject: betterAuth.subject, traffic: traffic("better-auth", [betterAuth.key]) };
  await against("cached ÷ better-auth's API-key plugin", cached, keyed, 50);

  say("Measuring: revocations, and a database that hangs");
  rows.push(...(await measureFailures(ours, database)));

  const memory = { unit: " MB", better: "less" } as const;
  rows.push({ what: "memory after start", value: memoryAtStart, bar: 150, ...memory });
  rows.push({ what: "memory with 100,000 tokens in cache", value: memoryFull, bar: memoryAtStart + 100, ...memory });
  return rows;
}

function rowOf(what: string, comparison: Comparison, bar: number): Row {
  const { ratio, ours, theirs, runs } = comparison;
  return {
    what,
    value: ratio.median,
    interval: [ratio.low, ratio.high],
    bar,
    unit: "×",
    better: "more",
    ours,
    theirs,
    runs,
  };
}

/** Five open-loop runs of each, in turn; the median of their 99th percentiles. */
async function tail(mine: Contestant, theirs: Contestant, perSecond: number): Promise<Row> {
  say("Measuring: p99 at half load");
  const tails: [number[], number[]] = [[], []];
  for (let round = 0; round < 5; round++) {
    tails[0].push(await measureAt(mine.subject, mine.traffic, perSecond, SECONDS * 2));
    tails[1].push(await measureAt(theirs.subject, theirs.traffic, perSecond, SECONDS * 2));
  }
  const [ours = 0, bare = 0] = tails.map((values) => values.sort((a, b) => a - b)[2] ?? 0);
  const what = `cached p99 ÷ bare's, open loop at ${Math.round(perSecond)}/s (${ours} ms, ${bare} ms)`;
  return { what, value: ours / Math.max(bare, 1), bar: 2, unit: "×", better: "less" };
}
