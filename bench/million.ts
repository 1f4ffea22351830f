import { join } from "node:path";
import { openEmbedded } from "#server/postgres/embedded";
import { against } from "./against";
import { CROWD } from "./crowd";
import { type Ground, measured, type Part } from "./ground";
import { install } from "./installed";
import { estimate } from "./median";
import type { Starting } from "./ours";
import type { Contestant } from "./pairs";
import { say } from "./report";
import { seedCrowd } from "./search/seed";
import type { Subject } from "./subject";
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
  const compared: Part = async (few) => [await cached(crowd, few), ...(await uncached(crowd, few))];
  return [starts, ...(await measured(compared, { folder: crowd.folder, database, installed }))];
}

const tokens = `${CROWD.tokens} tokens, ${CROWD.users} users`;

type Verified = { readonly of: Ground; readonly subject: Subject };

const verified = async (of: Ground, starting: Starting): Promise<Verified> => ({
  of,
  subject: (await of.verifier(starting)).subject,
});

/** @param count so many different ones in turn */
const asked = ({ of, subject }: Verified, count: number): Contestant => ({
  subject,
  traffic: of.traffic(`${subject.name}-${count}`, of.installed.secrets.slice(0, count)),
});

/** The same thousand again and again. */
async function cached(crowd: Ground, few: Ground): Promise<Row> {
  const [mine, theirs] = [await verified(crowd, { name: "crowd" }), await verified(few, { name: "few" })];
  return against(`cached: ${tokens} ÷ 1,000`, asked(mine, CACHED), asked(theirs, CACHED), NEAR);
}

/**
 * By verifiers that remember none: first a thousand of each in turn, so that only how many others there are differs; then
 * all of the crowd that are known, which are other pages of the database each time, and a row to write for each of them.
 */
async function uncached(crowd: Ground, few: Ground): Promise<Row[]> {
  const program = "forgetful";
  const mine = await verified(crowd, { name: "crowd-forgetful", program });
  const theirs = await verified(few, { name: "few-forgetful", program });
  const known = crowd.installed.secrets.length;
  const [those, many] = [asked(theirs, CACHED), asked(mine, known)];
  return [
    await against(`uncached: ${tokens} ÷ 1,000, a thousand of each in turn`, asked(mine, CACHED), those, NEAR),
    await against(`uncached: ${known} of them in turn ÷ 1,000 in turn`, many, those, null),
  ];
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
