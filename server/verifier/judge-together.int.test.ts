import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Decision } from "#lib/verification/decide";
import { Rates } from "#lib/verification/rates";
import type { Verdict } from "#lib/verification/shared/demand";
import { caughtUp } from "#test/caught-up";
import { checkClient, checkRequest, envoyMetadata } from "#test/check-client";
import { createInstallation, type TestInstallation } from "#test/installation";
import { askPlane, GATEWAY_SECRET, startPlane, type TestPlane } from "#test/plane";
import { startRedis, type TestRedis } from "#test/redis";
import { seedApplication, seedGateway, seedToken } from "#test/seeded";
import { rawRequest } from "#test/upstreams/raw-request";
import { waitUntil } from "#test/upstreams/wait-until";
import { question, request } from "#test/verification";
import { judgeTogether } from "./judge-together";

let installation: TestInstallation;
let redis: TestRedis;
let one: TestPlane;
let two: TestPlane;
let maria: string;

beforeAll(async () => {
  [installation, redis] = await Promise.all([createInstallation(), startRedis()]);
  const { db, database } = installation;
  const jira = await seedApplication(db, "jira");
  await seedGateway(db, "gw1", GATEWAY_SECRET, [jira]);
  await seedGateway(db, "app", "an app's secret", [jira], { adapter: "api" });
  await seedGateway(db, "mesh", "a mesh's secret", [jira], { adapter: "envoy" });
  maria = (await installation.person("Maria", ["api-users"])).id;
  await db.settings.updateMany({ data: { failureRate: { perMinute: 1, burst: 3 } } });
  const sharing = { redisUrl: redis.url };
  [one, two] = await Promise.all([
    startPlane(database.verifierUrl, "v1", 10, sharing),
    startPlane(database.verifierUrl, "v2", 10, sharing),
  ]);
});
afterAll(async () => {
  await Promise.all([one.stop(), two.stop()]);
  await Promise.all([installation.close(), redis.close()]);
});

const bearer = (secret: string) => ({ Authorization: `Bearer ${secret}` });
const APP = `Authorization: Basic ${Buffer.from("app:an app's secret").toString("base64")}`;
const decided = <T extends { readonly status: number }>(ask: () => Promise<T>) =>
  waitUntil("a decision", async () => {
    const answer = await ask();
    return answer.status === 503 ? undefined : answer;
  });
const post = (at: TestPlane, path: string, type: string, body: string) =>
  decided(() =>
    rawRequest({ address: "127.0.0.1", port: at.port }, [`POST ${path} HTTP/1.1`, APP, `Content-Type: ${type}`], body),
  );
const viaNginx = (at: TestPlane, secret: string) => decided(() => askPlane(at.port, bearer(secret)));
const viaVerify = (at: TestPlane, secret: string) =>
  post(
    at,
    "/v1/verify",
    "application/json",
    JSON.stringify({
      ...{ method: "GET", uri: "/rest/api/2/myself", host: "jira.corp", proto: "https", clientIp: "192.0.2.7" },
      headers: { Authorization: `Bearer ${secret}` },
    }),
  );
const viaIntrospection = (at: TestPlane, secret: string) =>
  post(at, "/oauth2/introspect", "application/x-www-form-urlencoded", `token=${secret}`);
async function viaGrpc(at: TestPlane, secret: string): Promise<number> {
  const client = checkClient(`127.0.0.1:${at.grpcPort}`);
  const as = envoyMetadata({ "x-latchkey-gateway": "mesh", "x-latchkey-gateway-key": "a mesh's secret" });
  try {
    const asked = checkRequest({}, ["authorization", `Bearer ${secret}`]);
    const answer = await waitUntil("a decision", async () => {
      const { deniedResponse } = await client.check(asked, as);
      return deniedResponse?.status?.code === 503 ? undefined : (deniedResponse?.status?.code ?? 200);
    });
    return answer;
  } finally {
    client.close();
  }
}
/** Both ask Redis: it may have been too slow a moment before. */
const together = () =>
  waitUntil("both share", async () => {
    const states = await Promise.all([one, two].map(({ managementPort }) => metric(managementPort, "rates_shared")));
    return states.every((state) => state === 1) || undefined;
  });
async function metric(port: number, name: string): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  return Number(new RegExp(`^latchkey_${name} (.+)$`, "m").exec(text)?.[1]);
}
const alone = async () =>
  (await metric(one.managementPort, "rates_alone_total")) + (await metric(two.managementPort, "rates_alone_total"));

/** Plays it with new tokens until Redis answered all of it in time: a busy machine may be slower than a verifier waits. */
async function shared(play: (turn: number) => Promise<void>): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) {
    await together();
    const before = await alone();
    let thrown: unknown;
    await play(turn).catch((error: unknown) => {
      thrown = error;
    });
    if ((await alone()) > before) continue;
    if (thrown !== undefined) throw thrown;
    return;
  }
  throw new Error("Redis never answered in time");
}

describe("verifiers that share what they count", () => {
  test("let through together what one would, however they are asked, and say what is left for all", async () => {
    await shared(async () => {
      const { secret } = await seedToken(installation.db, maria, { rateLimit: { perMinute: 1, burst: 4 } });
      expect((await viaNginx(one, secret)).status).toBe(200);
      const verified = await viaVerify(two, secret);
      expect(JSON.parse(verified.body)).toMatchObject({ allowed: true, rateLimit: { limit: 1, remaining: 2 } });
      expect(JSON.parse((await viaIntrospection(one, secret)).body)).toMatchObject({ active: true });
      expect(await viaGrpc(two, secret)).toBe(200);

      const refused = await viaVerify(one, secret);
      expect([refused.status, JSON.parse(refused.body).reason]).toEqual([429, "rate_limited"]);
      expect(refused.headers.ratelimit?.[0]).toMatch(/^"token";r=0;t=(59|60)$/);
      expect(Number(refused.headers["retry-after"]?.[0])).toBeGreaterThan(50);
      expect((await viaNginx(two, secret)).headers["x-latchkey-status"]).toEqual(["429"]);
      expect((await viaIntrospection(two, secret)).body).toBe('{"active":false}');
      expect(await viaGrpc(one, secret)).toBe(429);
    });
  });

  test("tell a failing address the same everywhere, and let good tokens pass from there", async () => {
    const good = await seedToken(installation.db, maria);
    await shared(async (turn) => {
      const from = { "X-Real-IP": `198.51.100.${turn}` };
      const asked = (at: TestPlane, secret: string) => decided(() => askPlane(at.port, { ...bearer(secret), ...from }));
      const reasons: (string | undefined)[] = [];
      for (const at of [one, two, one, two, one])
        reasons.push((await asked(at, "lk_wrong")).headers["x-latchkey-reason"]?.[0]);
      expect(reasons.map((reason) => reason === "too_many_failures")).toEqual([false, false, false, true, true]);
      expect((await asked(two, good.secret)).status).toBe(200);
    });
  });

  test("ask Redis nothing where nothing is limited, and keep there no secret and no name", async () => {
    await redis.ask("FLUSHALL");
    const { secret, id } = await seedToken(installation.db, maria);
    await redis.ask("CONFIG", "RESETSTAT");
    for (let i = 0; i < 5; i += 1) expect((await viaNginx(one, secret)).status).toBe(200);
    expect(String(await redis.ask("INFO", "commandstats"))).not.toMatch(/cmdstat_eval/);
    await shared(async () => {
      const limited = await seedToken(installation.db, maria, { rateLimit: { perMinute: 1, burst: 4 } });
      await viaNginx(one, limited.secret);
      expect(await redis.ask("KEYS", "*")).toContain(`latchkey:allowed:${limited.id}`);
      expect(String(await redis.ask("KEYS", "*"))).not.toMatch(new RegExp(`lk_|maria|${id}`, "i"));
    });
  });
});

describe("while the others are asked", () => {
  /** Asks for a token so that it is in memory, as it is by now: what is judged then is judged at once, however late. */
  async function inMemory(secret: string) {
    await caughtUp(installation.db, () => [one.plane.facts.state.applied]);
    return viaNginx(one, secret);
  }
  /** Begins a verification and holds the answer of the others back. */
  async function begun(secret: string) {
    await inMemory(secret);
    const { facts } = one.plane;
    const answers: ((verdict: Verdict | null) => void)[] = [];
    const decisions: Decision[] = [];
    const asked = question(request({ headers: ["Authorization", `Bearer ${secret}`] }), {
      contact: { peer: "local", secrets: [GATEWAY_SECRET] },
    });
    const judged = (decision: Decision) => decisions.push(decision);
    const whole = new Rates();
    judgeTogether(
      { facts, question: asked, arrived: facts.now(), judged },
      { whole, alone: whole },
      {
        ...{ isShared: true, mayAsk: () => true },
        ask: (_demand, _withinMs, settle) => answers.push(settle),
      },
    );
    expect([answers.length, decisions.length]).toEqual([1, 0]);
    const answer = (verdict: Verdict = { kind: "requests", leftMs: [0] }) => answers[0]?.(verdict);
    return { decisions, answer };
  }

  test("a token that ends is refused, although all would let it through", async () => {
    const { id, secret } = await seedToken(installation.db, maria, { rateLimit: { perMinute: 1, burst: 9 } });
    const { decisions, answer } = await begun(secret);
    await installation.db.token.update({ where: { id }, data: { suspendedAt: new Date(), suspendedBy: "x" } });
    expect((await inMemory(secret)).status).not.toBe(200);
    answer();
    await waitUntil("a decision", () => decisions.length > 0 || undefined);
    expect(decisions).toMatchObject([{ allowed: false, reason: "token_suspended" }]);
  });

  test("whatever goes wrong with their answer is a refusal, told once, and ends nobody", async () => {
    const { secret } = await seedToken(installation.db, maria, { rateLimit: { perMinute: 1, burst: 9 } });
    const { decisions, answer } = await begun(secret);
    answer({
      kind: "requests",
      get leftMs(): number[] {
        throw new Error("broken");
      },
    });
    expect(decisions).toMatchObject([{ allowed: false, reason: "undecided" }]);
  });

  test("the time goes on: what was not decided within it is not allowed after it", async () => {
    const { secret } = await seedToken(installation.db, maria, { rateLimit: { perMinute: 1, burst: 9 } });
    const { decisions, answer } = await begun(secret);
    const since = performance.now();
    await waitUntil("the deadline is over", () => performance.now() - since > 200 || undefined);
    answer();
    await waitUntil("a decision", () => decisions.length > 0 || undefined);
    expect(decisions).toMatchObject([{ allowed: false, reason: "deadline_exceeded" }]);
  });
});
