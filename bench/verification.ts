import { against } from "./against";
import type { Ground } from "./ground";
import { measureAt } from "./load";
import { estimate } from "./median";
import { answerHeaders } from "./ours";
import { type Contestant, SECONDS } from "./pairs";
import { startBare, startBetterAuth, startNext, startQuery } from "./peers";
import { say } from "./report";
import type { Row } from "./table";

/** So many are always in memory, once they were asked for. */
export const CACHED = 1_000;

/** Verification beside what is bare, and beside what a user would pick instead. */
export async function measureVerification(ground: Ground): Promise<Row[]> {
  const { folder, database, installed, traffic } = ground;
  const ours = await ground.verifier();
  const answer = await answerHeaders(ours);
  const cached: Contestant = { subject: ours.subject, traffic: traffic("cached", installed.secrets.slice(0, CACHED)) };
  const uncached: Contestant = { subject: ours.subject, traffic: traffic("uncached", installed.secrets) };

  const bare: Contestant = { subject: await startBare("bare node:http", answer), traffic: cached.traffic };
  ground.ending(() => bare.subject.stop());
  const rows: Row[] = [];
  const first = await against("cached ÷ bare node:http (204, same headers)", cached, bare, 0.75);
  const half = Math.min(first.ours.requestsPerSecond, first.theirs.requestsPerSecond) / 2;
  rows.push(first, await tail(cached, bare, half));

  const query = await startQuery(database.ownerUrl, answer, installed.secrets);
  ground.ending(() => query.stop());
  const queried = { subject: query, traffic: uncached.traffic };
  rows.push(await against("uncached ÷ node:http + one prepared pg query", uncached, queried, 0.8));
  await query.stop();

  say("Building an empty Next application");
  const next = await startNext(folder, answer);
  ground.ending(() => next.stop());
  const nothing = { subject: next, traffic: traffic("next", installed.secrets.slice(0, 1), "/nothing") };
  rows.push(await against("cached ÷ a Next route handler that does nothing", cached, nothing, 10));
  await next.stop();

  say("Installing better-auth");
  const betterAuth = await startBetterAuth(folder, database.ownerUrl, answer);
  ground.ending(() => betterAuth.subject.stop());
  const keyed = { subject: betterAuth.subject, traffic: traffic("better-auth", betterAuth.keys) };
  rows.push(await against("cached ÷ better-auth's API-key plugin", cached, keyed, 50));
  await betterAuth.subject.stop();
  return rows;
}

/** Five open-loop runs of each, in turn; the median of their 99th percentiles. */
async function tail(mine: Contestant, theirs: Contestant, perSecond: number): Promise<Row> {
  say("Measuring: p99 at half load");
  const tails: [number[], number[]] = [[], []];
  for (let round = 0; round < 5; round++) {
    tails[0].push(await measureAt(mine.subject, mine.traffic, perSecond, SECONDS * 2));
    tails[1].push(await measureAt(theirs.subject, theirs.traffic, perSecond, SECONDS * 2));
  }
  const [ours = 0, bare = 0] = tails.map((values) => estimate(values).median);
  const what = `cached p99 ÷ bare's, open loop at ${Math.round(perSecond)}/s (${ours} ms, ${bare} ms)`;
  return { what, value: ours / Math.max(bare, 1), bar: 2, unit: "×", better: "less" };
}
