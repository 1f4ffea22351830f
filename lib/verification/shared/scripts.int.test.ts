import { createClient } from "@redis/client";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { runs } from "#test/fuzz/runs";
import { startRedis, type TestRedis } from "#test/redis";
import { NOON } from "#test/rules";
import { Buckets } from "../buckets";
import { Failures } from "../failures";
import { eachMs } from "../rates";
import type { Demand, Verdict } from "./demand";
import { questionOf, verdictOf } from "./question";
import { failScript, takeScript } from "./scripts";

let redis: TestRedis;
const connection = () =>
  createClient({ url: redis.url, RESP: 2, disableClientInfo: true, maintNotifications: "disabled" });
let client: ReturnType<typeof connection>;

beforeAll(async () => {
  redis = await startRedis();
  client = connection();
  await client.connect();
});
afterAll(async () => {
  client.destroy();
  await redis.close();
});
beforeEach(() => client.sendCommand(["FLUSHALL"]));

const LASTS = ", 'PX', math.ceil(math.max(lasts, 1))";

/** Asks by our programs, at an instant of the test's: nothing may expire meanwhile by a clock that goes on. */
async function ask(demand: Demand, now: number, { by = client, expires = false } = {}): Promise<Verdict> {
  const clock = `local now = ${now}`;
  const { script, keys, args } = questionOf(demand);
  const whole = script === "take" ? takeScript(clock) : failScript(clock);
  expect(whole).toContain(LASTS);
  const program = expires ? whole : whole.replace(LASTS, "");
  return verdictOf(demand, await by.sendCommand(["EVAL", program, String(keys.length), ...keys, ...args]));
}

const limits = fc.record({ perMinute: fc.integer({ min: 1, max: 6_000 }), burst: fc.integer({ min: 1, max: 20 }) });
/** Milliseconds from one request to the next; now and then a clock that is put forward or back. */
const gaps = fc.array(
  fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 0, max: 2_000 }) }, fc.integer({ min: -9e7, max: 9e7 })),
  { minLength: 1, maxLength: 40 },
);

describe("a bucket in Redis", () => {
  test("judges every request as the bucket of one process does, whatever the limit and whenever it comes", async () => {
    await fc.assert(
      fc.asyncProperty(limits, gaps, async (limit, waits) => {
        await client.sendCommand(["FLUSHALL"]);
        const own = new Buckets(10);
        const demand: Demand = { kind: "requests", bucket: "allowed", wanted: [{ id: "t", limit }] };
        let now = NOON;
        for (const wait of waits) {
          now += wait;
          const verdict = await ask(demand, now);
          const expected = own.take("t", limit.burst, eachMs(limit), now);
          const [left = Number.NaN] = verdict.kind === "requests" ? verdict.leftMs : [];
          expect(Math.sign(left)).toBe(Math.sign(expected));
          expect(left).toBeCloseTo(expected, 2);
        }
      }),
      runs(30),
    );
  });

  test("gives one of token and owner each, or none of either", async () => {
    const [token, owner] = [
      { id: "t", limit: { perMinute: 60, burst: 5 } },
      { id: "o", limit: { perMinute: 60, burst: 2 } },
    ];
    const both: Demand = { kind: "requests", bucket: "allowed", wanted: [token, owner] };
    const answers = [];
    for (let i = 0; i < 4; i += 1) answers.push(await ask(both, NOON));
    expect(answers).toMatchObject([
      { leftMs: [4_000, 1_000] },
      { leftMs: [3_000, 0] },
      { leftMs: [2_000, -1_000] },
      { leftMs: [2_000, -1_000] },
    ]);
    expect(await ask({ ...both, wanted: [token] }, NOON)).toMatchObject({ leftMs: [2_000] });
    expect(await ask({ ...both, bucket: "denied" }, NOON)).toMatchObject({ leftMs: [4_000, 1_000] });
  });

  test("is forgotten by itself when it is full again: nothing stays for ever", async () => {
    const limit = { perMinute: 6, burst: 5 };
    const expires = { expires: true };
    for (let i = 0; i < 3; i += 1)
      await ask({ kind: "requests", bucket: "allowed", wanted: [{ id: "t", limit }] }, NOON, expires);
    const lasts = Number(await client.sendCommand(["PTTL", "latchkey:allowed:t"]));
    expect(lasts).toBeGreaterThan(0);
    expect(lasts).toBeLessThanOrEqual(30_000);
    for (let i = 0; i < 2; i += 1)
      await ask({ kind: "failure", name: "192.0.2.7", limit: { perMinute: 1, burst: 1 } }, NOON, expires);
    const keys = await client.sendCommand(["KEYS", "*"]);
    expect(keys).toHaveLength(3);
    for (const key of Array.isArray(keys) ? keys : []) {
      const each = Number(await client.sendCommand(["PTTL", String(key)]));
      expect(each, String(key)).toBeGreaterThan(0);
      expect(each, String(key)).toBeLessThanOrEqual(61 * 60_000);
    }
  });

  test("lets through exactly the burst, however many connections ask at once", async () => {
    const limit = { perMinute: 1, burst: 17 };
    const demand: Demand = { kind: "requests", bucket: "allowed", wanted: [{ id: "t", limit }] };
    const others = [connection(), connection(), connection(), connection()];
    try {
      for (const each of others) await each.connect();
      const answers = await Promise.all(
        others.flatMap((each) => Array.from({ length: 25 }, () => ask(demand, NOON, { by: each }))),
      );
      const passed = answers.filter((each) => each.kind === "requests" && each.leftMs.every((left) => left >= 0));
      expect(passed).toHaveLength(17);
    } finally {
      for (const each of others) each.destroy();
    }
  });
});

describe("failures in Redis", () => {
  test("are borne and told to wait as by one process, whatever the limit and whenever they come", async () => {
    await fc.assert(
      fc.asyncProperty(limits, gaps, async (limit, waits) => {
        await client.sendCommand(["FLUSHALL"]);
        const own = new Failures(10);
        let now = NOON;
        for (const wait of waits) {
          now += wait;
          const verdict = await ask({ kind: "failure", name: "192.0.2.7", limit }, now);
          expect(verdict).toMatchObject({ kind: "failure", waitMs: own.note("192.0.2.7", limit, now) });
        }
      }),
      runs(30),
    );
  });
});
