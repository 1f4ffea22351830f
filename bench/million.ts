import { join } from "node:path";
import { openEmbedded } from "#server/postgres/embedded";
import { against } from "./against";
import { CROWD } from "./crowd";
import { type Ground, measured, type Part } from "./ground";
import { install } from "./installed";
import { estimate } from "./median";
import type { Contestant } from "./pairs";
import { say } from "./report";
import { seedCrowd } from "./search/seed";
import type { Row } from "./table";
import { CACHED } from "./verification";

const FEW = { users: 1_000, tokens: 1, groups: 400 };
const STARTS = 5;
/** Bars say that both are within ten percent of each other: the other way round nobody minds. */
const NEAR = 0.9;

/** Whether it matters how many tokens and people there are: the crowd's verifier beside one that has a thousand. */
export async function measureMillion(crowd: Ground): Promise<Row[]> {
  const starts = await measureStarts(crowd);
  say("Making an installation of a thousand tokens");
  const folder = join(crowd.folder, "few");
  const database = await openEmbedded(folder, { settings: ["shared_buffers=256MB"] });
  crowd.ending(() => database.close());
  await seedCrowd(database, FEW, 1, Date.now());
  const installed = await install(folder, database, FEW.users, true);
  const compared: Part = async (few) => [await cached(crowd, few), await uncached(crowd, few)];
  return [starts, ...(await measured(compared, { folder: crowd.folder, database, installed }))];
}

const tokens = `${CROWD.tokens} tokens, ${CROWD.users} users`;

/** The same thousand again and again. */
async function cached(crowd: Ground, few: Ground): Promise<Row> {
  const side = async (ground: Ground, name: string): Promise<Contestant> => {
    const { subject } = await ground.verifier({ name });
    return { subject, traffic: ground.traffic(name, ground.installed.secrets.slice(0, CACHED)) };
  };
  return against(`cached: ${tokens} ÷ 1,000`, await side(crowd, "crowd-cached"), await side(few, "few-cached"), NEAR);
}

/** As many as are known, spread over the whole crowd, by verifiers that remember none: a thousand would all be kept. */
async function uncached(crowd: Ground, few: Ground): Promise<Row> {
  const side = async (ground: Ground, name: string): Promise<Contestant> => {
    const { subject } = await ground.verifier({ name, program: "forgetful" });
    return { subject, traffic: ground.traffic(name, ground.installed.secrets) };
  };
  const [mine, theirs] = [await side(crowd, "crowd-uncached"), await side(few, "few-uncached")];
  return against(`uncached: ${tokens} ÷ 1,000`, mine, theirs, NEAR);
}

/** How long a verifier takes from nothing until it can decide everything. */
async function measureStarts(crowd: Ground): Promise<Row> {
  say("Measuring: starts of a verifier");
  const took: number[] = [];
  for (let start = 0; start < STARTS; start += 1) {
    const begun = performance.now();
    const { subject } = await crowd.verifier();
    took.push((performance.now() - begun) / 1_000);
    await subject.stop();
  }
  const { median, low, high } = estimate(took);
  return {
    what: `verifier started to ready: ${tokens}`,
    value: median,
    interval: [low, high],
    bar: 5,
    unit: " s",
    better: "less",
  };
}
