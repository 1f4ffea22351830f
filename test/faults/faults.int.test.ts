import { afterAll, beforeAll, describe, expect, type TaskMeta, test } from "vitest";
import { startRedis, type TestRedis } from "#test/redis";
import { CHANGES } from "./change-scenarios";
import { JumpingClock } from "./clock";
import { CLOCK, databaseClock } from "./clock-scenarios";
import { ENDINGS, LONG_ENDINGS } from "./ending-scenarios";
import { FLOODS } from "./flood-scenarios";
import { fullPipe } from "./full-pipe";
import { HISTORY } from "./history-scenarios";
import { FaultHouse } from "./house";
import { LOGS } from "./log-scenarios";
import { PROCESS } from "./process-scenarios";
import { RACES } from "./race-scenarios";
import { redisFaults } from "./redis-scenarios";
import { RULES } from "./rule-scenarios";
import { DATABASE, type Scenario, WIRE } from "./scenarios";
import { Story } from "./story";

declare module "vitest" {
  interface TaskMeta {
    /** What was held against the machine, and of how many answers: the closing line of `npm run faults` has the sum. */
    machine?: { held: number; answers: number };
  }
}

let house: FaultHouse;
let redis: TestRedis | undefined;
let unread: ReturnType<typeof fullPipe>;
/** `npm run faults` plays each story more often: what happens when differs from turn to turn. */
const REPEATED = Number(process.env.FAULTS_REPEATED ?? 1);
const clock = REPEATED > 1 ? new JumpingClock() : null;
beforeAll(async () => {
  house = await FaultHouse.open();
  await house.addPost("gw-grpc", { by: "envoy" });
  if (REPEATED > 1) await addWorld();
  await house.addPost("gw-full", { logTo: "/dev/full" }); // the disk of its log is full from the beginning
  if (clock !== null) await house.addPost("gw-clock", { clock });
  unread = fullPipe();
  await house.addPost("gw-unread", { logTo: unread.path });
});

/** What takes more of a machine than `npm test` should: workers, and a Redis. */
async function addWorld(): Promise<void> {
  redis = await startRedis();
  await house.addPost("gw-workers", { env: { VERIFIER_WORKERS: "2" } });
  await house.addPost("gw-redis", { env: { REDIS_URL: redis.url } });
}

afterAll(async () => {
  await house.close();
  await redis?.close();
  unread.remove();
  clock?.remove();
});

const STORIES: [string, Readonly<Record<string, Scenario>>][] = [
  ["the database", DATABASE],
  ["the wire", WIRE],
  ["the order of things", RACES],
  ["a verifier, while something changes", CHANGES],
  ["a verifier, while the rules of many change", RULES],
  ["a verifier", PROCESS],
  ["a verifier that", ENDINGS],
  ["a log that", LOGS],
  ["callers, where a verifier", FLOODS],
  ["the history", HISTORY],
];
if (clock !== null) STORIES.push(["a clock", CLOCK]);
const redisOf = () => {
  if (redis === undefined) throw new Error("There is no Redis");
  return redis;
};
if (REPEATED > 1) STORIES.push(["a verifier that, slowly,", LONG_ENDINGS], ["Redis", redisFaults(redisOf)]);

/** No false allow, no false 401, 503 only where undecided, and all is well after without a restart. */
async function holds(at: FaultHouse, scenario: Scenario, meta: TaskMeta): Promise<void> {
  const machine = { held: 0, answers: 0 };
  meta.machine = machine;
  for (let turn = 0; turn < REPEATED; turn += 1) {
    const story = await Story.begin(at);
    await scenario(at, story);
    const wrong = await story.end();
    machine.held += story.heldAgainstMachine.length;
    machine.answers += story.judged;
    expect(wrong).toEqual([]);
  }
}
const timeout = REPEATED * 120_000;

describe.each(STORIES)("faults of %s", (_of, scenarios) => {
  test.for(Object.entries<Scenario>(scenarios))("%s", { timeout }, ([, scenario], { task }) =>
    holds(house, scenario, task.meta),
  );
});

/** Last, because a house says to the whole process which database there is. */
describe.each(REPEATED > 1 ? [new JumpingClock()] : [])("faults of the clock of the database", (ofDatabase) => {
  let other: FaultHouse;
  beforeAll(async () => {
    other = await FaultHouse.open(["gw-1", "gw-2"], ofDatabase);
  });
  afterAll(async () => {
    await other.close();
    ofDatabase.remove();
  });
  test.for(Object.entries(databaseClock(ofDatabase)))("%s", { timeout }, ([, scenario], { task }) =>
    holds(other, scenario, task.meta),
  );
});
