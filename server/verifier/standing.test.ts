import { describe, expect, test } from "vitest";
import { Latency } from "./latency";
import { type Managed, managementOf } from "./standing";

const STATE = {
  ...{ ageMs: 4_250, boundMs: 30_000, applied: 101, lag: 102, isWaiting: true, tokens: 103, unknown: 104 },
  ...{ owners: 130, touched: 131, clockAheadMs: -132_500 },
  ...{ hits: 105, misses: 106, loads: 107, looked: 108, failed: 109, waiting: 110 },
  ...{ pulls: 111, changes: 112, flushes: 113, restarts: 114, waits: 115, leases: 116, listens: 117, silent: 118 },
};
const MANAGED: Managed = {
  facts: { state: STATE, undecidable: null },
  recorder: { pending: 119, counts: { noted: 120, batches: 121, failed: 122, dropped: 123, lost: 124 } },
  shared: { state: { isShared: true, shared: 125, alone: 126, lost: 127 } },
  decided: new Map([["token_revoked", 128]]),
  latency: new Latency(),
  admission: { refused: 129 },
  isEnding: () => false,
};

/** Each number of a verifier of which all are different: two that were exchanged would be seen, and milliseconds. */
const TABLE = {
  'decisions_total{reason="token_revoked"}': 128,
  decision_seconds_count: 1,
  decision_seconds_sum: 0.25,
  grpc_connections_refused_total: 129,
  ready: 1,
  confirmed_age_seconds: 4.25,
  confirmation_bound_seconds: 30,
  applied_sequence: 101,
  head_lag: 102,
  database_behind: 1,
  clock_difference_seconds: -132.5,
  cached_tokens: 103,
  cached_unknown: 104,
  cache_hits_total: 105,
  cache_misses_total: 106,
  loads_total: 107,
  loaded_digests_total: 108,
  load_failures_total: 109,
  waiting_requests: 110,
  pulls_total: 111,
  changes_total: 112,
  flushes_total: 113,
  timelines_total: 114,
  leases_total: 116,
  listens_total: 117,
  silent_listens_total: 118,
  recorder_pending: 119,
  recorder_batches_total: 121,
  recorder_failures_total: 122,
  recorder_dropped_total: 123,
  recorder_lost_total: 124,
  rates_shared: 1,
  rates_shared_total: 125,
  rates_alone_total: 126,
  rates_lost_total: 127,
};

async function numbersOf(managed: Managed): Promise<Map<string, number>> {
  const text = await managementOf(managed).metrics();
  return new Map([...text.matchAll(/^latchkey_(\S+) (\S+)$/gm)].map(([, name = "", value]) => [name, Number(value)]));
}

describe("the metrics of a verifier", () => {
  test("each says the number it is named for, in seconds where it says so, and none is without its line here", async () => {
    const latency = new Latency();
    latency.note(250);
    const numbers = await numbersOf({ ...MANAGED, latency });
    const now = Date.now() / 1_000;
    expect(Math.abs(now - process.uptime() - (numbers.get("start_time_seconds") ?? 0))).toBeLessThan(3_600);
    expect(numbers.get("resident_bytes")).toBeGreaterThan(10_000_000);
    const others = /^(decision_seconds_bucket|start_time_seconds$|resident_bytes$)/;
    expect(Object.fromEntries([...numbers].filter(([name]) => !others.test(name)))).toEqual(TABLE);
  });

  test("say of a verifier without Redis that it shares nothing", async () => {
    const numbers = await numbersOf({ ...MANAGED, shared: null });
    for (const name of ["rates_shared", "rates_shared_total", "rates_alone_total", "rates_lost_total"]) {
      expect([name, numbers.get(name)]).toEqual([name, 0]);
    }
  });

  test.each([
    ["it was told to end", { isEnding: () => true }, "ending"],
    ["it cannot decide", { facts: { state: STATE, undecidable: "facts_unconfirmed" } }, "facts_unconfirmed"],
  ] as const)("are as ready as /readyz says: not, where %s", async (_when, part, why) => {
    const managed = { ...MANAGED, ...part };
    expect((await numbersOf(managed)).get("ready")).toBe(0);
    expect(await managementOf(managed).readiness()).toMatchObject({ ready: false, why });
    expect((await numbersOf(MANAGED)).get("ready")).toBe(1);
  });

  test("do not say of a clock that nobody could compare yet that it is right", async () => {
    const state = { ...STATE, clockAheadMs: null };
    const text = await managementOf({ ...MANAGED, facts: { state, undecidable: null } }).metrics();
    expect(text).toContain("\nlatchkey_clock_difference_seconds NaN\n");
  });

  test("say of an age that nobody knows yet that it is beyond any bound", async () => {
    const state = { ...STATE, ageMs: Number.POSITIVE_INFINITY };
    const text = await managementOf({ ...MANAGED, facts: { state, undecidable: null } }).metrics();
    expect(text).toContain("\nlatchkey_confirmed_age_seconds +Inf\n");
  });
});
