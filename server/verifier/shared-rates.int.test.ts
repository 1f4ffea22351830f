import { createServer } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { createLog } from "#lib/log";
import type { Demand, Verdict } from "#lib/verification/shared/demand";
import { startRedis, type TestRedis } from "#test/redis";
import { startTcpProxy } from "#test/upstreams/tcp-proxy";
import { waitUntil } from "#test/upstreams/wait-until";
import { SharedRates } from "./shared-rates";

/** Long enough for a busy machine; what is about being late says how long it waits. */
const PATIENCE = { answerMs: 5_000, connectMs: 10_000, pauseMs: 20, longestPauseMs: 40 };
const IMPATIENT = { answerMs: 200, connectMs: 1_000 };
const DEMAND: Demand = {
  ...{ kind: "requests", bucket: "allowed" },
  wanted: [{ id: "t", limit: { perMinute: 1, burst: 1_000 } }],
};

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close();
});

async function redisWith(...args: string[]): Promise<TestRedis> {
  const redis = await startRedis(args);
  open.push(redis);
  return redis;
}

function sharing(url: string, patience: Partial<typeof PATIENCE> = {}) {
  const lines: string[] = [];
  const log = createLog("debug", { write: (line) => lines.push(line) }, Date.now);
  const rates = new SharedRates({ url, log, patience: { ...PATIENCE, ...patience } });
  rates.start();
  open.push({ close: () => rates.stop() });
  /** Names of the log's lines so far. */
  const events = () => lines.map((line) => String(JSON.parse(line).event));
  const ask = (withinMs = 60_000) => new Promise<Verdict | null>((resolve) => rates.ask(DEMAND, withinMs, resolve));
  const is = (isShared: boolean) =>
    waitUntil(isShared ? "shared" : "alone", () => rates.state.isShared === isShared || undefined);
  return { rates, lines, events, ask, is };
}

/** Somebody is alone, and has said so, and why. */
async function saysAlone({ events, lines, rates, ask }: ReturnType<typeof sharing>, why: RegExp) {
  await waitUntil("it says that it is alone", () => events().includes("rates.alone") || undefined);
  expect(lines.join("\n")).toMatch(why);
  expect(rates.mayAsk()).toBe(false);
  expect(await ask()).toBeNull();
}

describe("rates shared through Redis", () => {
  test("are counted together by whoever asks, and counted apart by nobody", async () => {
    const { url } = await redisWith();
    const [one, two] = [sharing(url), sharing(url)];
    await Promise.all([one.is(true), two.is(true)]);
    for (const each of [one, two, one]) expect(await each.ask()).not.toBeNull();
    const last = await two.ask();
    expect(last).toMatchObject({ kind: "requests" });
    const [leftMs = 0] = last?.kind === "requests" ? last.leftMs : [];
    expect(Math.floor(leftMs / 60_000)).toBe(996);
    expect(one.events()).toEqual(["rates.shared"]);
  });

  test("are counted alone while Redis is gone, and together again when it is back, with a line for each", async () => {
    const redis = await redisWith();
    const one = sharing(redis.url);
    await one.is(true);
    await redis.kill();
    await one.is(false);
    expect(await one.ask()).toBeNull();
    await redis.start();
    await one.is(true);
    expect(await one.ask()).toMatchObject({ kind: "requests" });
    expect(one.events()).toEqual(["rates.shared", "rates.alone", "rates.shared"]);
    expect(one.rates.state).toMatchObject({ lost: 1, shared: 1, alone: 1 });
  });

  test("wait for Redis that hangs no longer than they were told, then ask it nothing until it answers", async () => {
    const redis = await redisWith();
    const one = sharing(redis.url, IMPATIENT);
    await one.is(true);
    redis.signal("SIGSTOP");
    expect(await Promise.all([one.ask(), one.ask(), one.ask()])).toEqual([null, null, null]);
    expect(one.rates.mayAsk()).toBe(false);
    expect(one.lines.at(-1)).toContain("does not answer in time");
    redis.signal("SIGCONT");
    await one.is(true);
    expect(one.events().filter((event) => event === "rates.alone")).toHaveLength(1);
  });

  test("come back after a connection that was black-holed: another one takes its place", async () => {
    const redis = await redisWith();
    const proxy = await startTcpProxy(redis.port);
    open.push({ close: () => proxy.stop() });
    const one = sharing(`redis://127.0.0.1:${proxy.port}`, IMPATIENT);
    await one.is(true);
    proxy.hang();
    expect(await one.ask()).toBeNull();
    proxy.restore();
    await waitUntil("it is answered again", async () => (await one.ask()) ?? undefined);
  });

  test("say nothing against Redis when a request had no time left", async () => {
    const { url } = await redisWith();
    const one = sharing(url);
    await one.is(true);
    expect(await one.ask(-5)).toBeNull();
    expect(one.rates.state).toMatchObject({ isShared: true, alone: 1, lost: 0 });
  });

  test("need no program that Redis has forgotten", async () => {
    const redis = await redisWith();
    const one = sharing(redis.url);
    await one.is(true);
    await redis.ask("SCRIPT", "FLUSH");
    expect(await one.ask()).toMatchObject({ kind: "requests" });
    expect(one.rates.state.lost).toBe(0);
  });
});

describe("Redis that cannot be shared", () => {
  test("because it takes no writes is not taken for one that can, and is used once it does", async () => {
    const redis = await redisWith("--replicaof", "127.0.0.1 1");
    const one = sharing(redis.url);
    await saysAlone(one, /READONLY/);
    await redis.ask("REPLICAOF", "NO", "ONE");
    await one.is(true);
  });

  test("because it becomes a replica, or is full, leaves each to itself with one line", async () => {
    const redis = await redisWith();
    const one = sharing(redis.url);
    await one.is(true);
    await redis.ask("CONFIG", "SET", "maxmemory", "1");
    expect(await one.ask()).toBeNull();
    await saysAlone(one, /OOM/);
    await redis.ask("CONFIG", "SET", "maxmemory", "0");
    await one.is(true);
    await redis.ask("REPLICAOF", "127.0.0.1", "1");
    expect(await one.ask()).toBeNull();
    expect(one.events()).toEqual(["rates.shared", "rates.alone", "rates.shared", "rates.alone"]);
  });

  test("because the password is wrong leaves each to itself; no password is ever in the log", async () => {
    const redis = await redisWith("--requirepass", "right-pw-1");
    const wrong = sharing(`redis://:wrong-pw-2@127.0.0.1:${redis.port}`);
    const right = sharing(`redis://:right-pw-1@127.0.0.1:${redis.port}`);
    await saysAlone(wrong, /WRONGPASS/);
    await right.is(true);
    await redis.kill();
    await right.is(false);
    expect([...wrong.lines, ...right.lines].join("\n")).not.toMatch(/right-pw-1|wrong-pw-2/);
  });

  test("because nobody listens there leaves each to itself, and says so, at however many addresses it was looked for", async () => {
    for (const host of ["127.0.0.1", "localhost"]) await saysAlone(sharing(`redis://${host}:1`), /ECONNREFUSED/);
  });

  test("because something else listens there leaves each to itself", async () => {
    const server = createServer((socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n")).listen(0, "127.0.0.1");
    open.push({ close: () => server.close() });
    const port = await waitUntil("it listens", () => {
      const address = server.address();
      return typeof address === "object" && address !== null ? address.port : undefined;
    });
    await saysAlone(sharing(`redis://127.0.0.1:${port}`), /rates\.alone/);
  });

  test("works with a user who may do nothing but this", async () => {
    const redis = await redisWith();
    const rights = ["on", ">pw", "resetkeys", "~latchkey:*", "-@all", "+evalsha", "+eval", "+script|load"];
    await redis.ask("ACL", "SETUSER", "latchkey", ...rights, "+get", "+set", "+time");
    const one = sharing(`redis://latchkey:pw@127.0.0.1:${redis.port}/0`);
    await one.is(true);
    expect(await one.ask()).toMatchObject({ kind: "requests" });
  });
});
