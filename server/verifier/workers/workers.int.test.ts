import { mkdtempSync, rmSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { operator } from "#lib/auth/actors";
import { execute } from "#lib/commands/execute";
import { enforcementOf } from "#lib/propagation/standing";
import { revokeToken } from "#lib/tokens/commands/revoke";
import { caughtUp } from "#test/caught-up";
import { certificateFolder, newCertificate } from "#test/certificates";
import { checkClient, checkRequest, envoyMetadata } from "#test/check-client";
import { createInstallation, type TestInstallation } from "#test/installation";
import { askPlane, asNginx, GATEWAY_SECRET } from "#test/plane";
import { startRedis } from "#test/redis";
import { type Issued, seedApplication, seedGateway, seedToken } from "#test/seeded";
import type { TemporaryProject } from "#test/temporary-project";
import { waitUntil } from "#test/upstreams/wait-until";
import { knownToAll, manage, metric, startWorkers, sumOf, verifierProject, type Workers } from "#test/workers";

let installation: TestInstallation;
let project: TemporaryProject;
let maria: string;
let verifier: Workers;
beforeAll(async () => {
  [installation, project] = await Promise.all([createInstallation(), verifierProject()]);
  const jira = await seedApplication(installation.db, "jira");
  await seedGateway(installation.db, "gw1", GATEWAY_SECRET, [jira]);
  await seedGateway(installation.db, "gw-envoy", GATEWAY_SECRET, [jira], { adapter: "envoy" });
  maria = (await installation.person("maria", ["api-users"])).id;
  verifier = await start();
});
afterAll(async () => {
  project.discard();
  await installation.close();
});

const start = (some: Readonly<Record<string, string>> = {}) =>
  startWorkers(project, { DATABASE_VERIFIER_URL: installation.database.verifierUrl, ...some });
const bearer = ({ secret }: Issued) => ({ Authorization: `Bearer ${secret}` });
/** On connections of their own, one after the other: each worker gets its turn. */
async function ask(token: Issued, times: number, { port } = verifier): Promise<number[]> {
  const statuses: number[] = [];
  for (let n = 0; n < times; n += 1) statuses.push((await askPlane(port, bearer(token))).status);
  return statuses;
}
/** What is asked for from now on stays in the memory of each worker. */
const allApplied = (of: Workers) =>
  caughtUp(installation.db, async () => {
    const applied = Object.values(await metric(of, "applied_sequence"));
    return applied.length === 3 ? applied : [];
  });
async function known(token: Issued): Promise<void> {
  await allApplied(verifier);
  await knownToAll(verifier, () => ask(token, 1));
}

const allowedBy = async (of: Workers) => sumOf(await metric(of, "decisions_total", "allowed"));
const minutesSince = (began: number) => Math.ceil((performance.now() - began) / 60_000);
/** A token of one request a minute, and so many at once, that every worker has in memory: no answer will be late. */
async function limitedTo(burst: number, of: Workers): Promise<Issued> {
  const token = await seedToken(installation.db, maria, { access: "read", rateLimit: { perMinute: 1, burst } });
  await allApplied(of);
  const before = await metric(of, "cached_tokens");
  const write = { ...bearer(token), "X-Original-Method": "DELETE" }; // refused, which takes nothing of what is allowed
  await waitUntil("all know the token", async () => {
    await askPlane(of.port, write);
    const now = await metric(of, "cached_tokens");
    return [1, 2, 3].every((worker) => (now[worker] ?? 0) > (before[worker] ?? 0)) || undefined;
  });
  return token;
}
/** Asks until every worker has refused it, and nobody has let it through since. */
const usedUp = (token: Issued, of: Workers) =>
  waitUntil("nothing is left with any of them", async () => {
    const before = await metric(of, "decisions_total", "rate_limited");
    const answers = await ask(token, 9, of);
    const now = await metric(of, "decisions_total", "rate_limited");
    const all = [1, 2, 3].every((worker) => (now[worker] ?? 0) > (before[worker] ?? 0));
    return (all && !answers.includes(200)) || undefined;
  });
/** Not that much for each worker. */
async function letsThroughOnce(of: Workers): Promise<void> {
  const token = await limitedTo(6, of);
  const before = await allowedBy(of);
  const began = performance.now();
  await usedUp(token, of);
  const taken = (await allowedBy(of)) - before;
  expect(taken).toBeGreaterThanOrEqual(6);
  expect(taken).toBeLessThanOrEqual(6 + minutesSince(began));
}

describe("a verifier with three workers", () => {
  test("is one verifier for gateways, and three for those who revoke: every worker has refused when all are said to", async () => {
    const token = await seedToken(installation.db, maria);
    await known(token);
    const done = await execute(installation.db, revokeToken, operator(), { id: token.id }, Date.now());
    if (!done.ok || done.value.enforcement === null) throw new Error("not revoked");
    const { acknowledged, outstanding, sequence } = done.value.enforcement;
    expect([...acknowledged, ...outstanding].toSorted()).toEqual(["v/1", "v/2", "v/3"]);
    // A second suffices, but for a machine that is very busy.
    await waitUntil("all have applied it", async () => {
      const standing = await enforcementOf(installation.db, BigInt(sequence), new Date());
      return standing.outstanding.length === 0 || undefined;
    });
    await waitUntil("each has refused it, and none allowed it", async () => {
      expect(await ask(token, 3)).not.toContain(200);
      const by = await metric(verifier, "decisions_total", "token_revoked");
      return Object.keys(by).length === 3 || undefined;
    });
  });

  test("tells of each worker by itself, and together everything that was decided", async () => {
    const token = await seedToken(installation.db, maria);
    await known(token);
    const before = sumOf(await metric(verifier, "decisions_total", "allowed"));
    await ask(token, 12);
    expect(sumOf(await metric(verifier, "decisions_total", "allowed"))).toBe(before + 12);
    const { body } = await manage(verifier, "/metrics");
    expect(body.match(/^# TYPE latchkey_decisions_total counter$/gm)).toHaveLength(1);
    expect(body).toMatch(/^latchkey_workers 3$/m);
    expect(body).toMatch(/^latchkey_workers_answering 3$/m);
    const readiness = JSON.parse((await manage(verifier, "/readyz")).body);
    expect(readiness).toMatchObject({ ready: true, why: null, workers: [{ worker: 1 }, { worker: 2 }, { worker: 3 }] });
  });

  test("lets through of a limited token what it may at once, and not that much three times", async () => {
    await letsThroughOnce(verifier);
  });

  test("lets through no more where Redis is to be asked and is not there", async () => {
    const away = await start({ REDIS_URL: "redis://127.0.0.1:1", VERIFIER_NAME: "a" });
    await letsThroughOnce(away);
    expect(sumOf(await metric(away, "rates_shared"))).toBe(0);
    away.process.kill("SIGINT");
    expect(await away.ended).toBe(0);
  });

  test("shares rates through Redis where there is one: of a limit below the number of workers all have something", async () => {
    const redis = await startRedis();
    const sharing = await start({ REDIS_URL: redis.url, VERIFIER_NAME: "r" });
    await waitUntil("all share", async () => sumOf(await metric(sharing, "rates_shared")) === 3 || undefined);
    const token = await limitedTo(2, sharing);
    const began = performance.now();
    await usedUp(token, sharing);
    const taken = await allowedBy(sharing);
    // Where Redis did not answer in time, on a busy machine, each has counted its part alone as it should.
    const alone = sumOf(await metric(sharing, "rates_alone_total"));
    expect(taken).toBeGreaterThanOrEqual(1);
    expect(taken).toBeLessThanOrEqual((alone === 0 ? 2 : 4) + minutesSince(began));
    expect(Object.values(await metric(sharing, "rates_shared_total")).some((each) => each > 0)).toBe(true);
    sharing.process.kill("SIGINT");
    expect(await sharing.ended).toBe(0);
    await redis.close();
  });

  test("writes down what all of them saw of a token as one", async () => {
    const token = await seedToken(installation.db, maria);
    await known(token);
    const used = async () =>
      Number((await installation.db.tokenUsage.findUnique({ where: { tokenId: token.id } }))?.allowed ?? 0);
    await waitUntil("all of it is written", async () => ((await used()) >= 3 ? true : undefined));
  });

  test("answers Envoy's questions by gRPC too", async () => {
    const token = await seedToken(installation.db, maria);
    const envoy = checkClient(`127.0.0.1:${verifier.grpcPort}`);
    const asked = checkRequest({}, ["Authorization", `Bearer ${token.secret}`]);
    const said = envoyMetadata({ "x-latchkey-gateway": "gw-envoy" });
    await waitUntil("it allows", async () => ((await envoy.check(asked, said)).status.code === 0 ? true : undefined));
    envoy.close();
  });

  test("says nothing of any secret", () => {
    expect(verifier.said() + verifier.complained()).not.toContain(GATEWAY_SECRET);
  });
});

describe("where workers listen", () => {
  const throughSocket = (path: string, token: Issued) =>
    new Promise<number>((resolve, reject) => {
      const headers = Object.fromEntries(
        asNginx(bearer(token)).map((line) => {
          const colon = line.indexOf(":");
          return [line.slice(0, colon), line.slice(colon + 2)];
        }),
      );
      const asked = request({ socketPath: path, path: "/v1/authz/nginx/gw1", headers, agent: false }, (answer) => {
        answer.resume();
        resolve(answer.statusCode ?? 0);
      });
      asked.on("error", reject).end();
    });

  test("a socket is shared like a port, also when one was left behind, and is gone with them", async () => {
    const folder = mkdtempSync(join(tmpdir(), "latchkey-workers-"));
    const path = join(folder, "verifier.sock");
    const token = await seedToken(installation.db, maria);
    const killed = await start({ VERIFIER_BIND: `unix:${folder}`, VERIFIER_NAME: "s" });
    killed.process.kill("SIGKILL");
    await killed.ended;
    const next = await start({ VERIFIER_BIND: `unix:${folder}`, VERIFIER_NAME: "s" });
    await waitUntil("each has allowed", async () => {
      await throughSocket(path, token);
      const by = await metric(next, "decisions_total", "allowed");
      return Object.keys(by).length === 3 || undefined;
    });
    next.process.kill("SIGINT");
    expect(await next.ended).toBe(0);
    await expect(throughSocket(path, token)).rejects.toThrow();
    rmSync(folder, { recursive: true });
  });

  test("speak TLS with one certificate, and all with the next one at SIGHUP", async () => {
    const files = certificateFolder();
    const present = async () =>
      files.write(await newCertificate().then(({ cert, key }) => ({ "c.pem": cert, "k.pem": key })));
    await present();
    const tls = { VERIFIER_TLS_CERT: files.path("c.pem"), VERIFIER_TLS_KEY: files.path("k.pem") };
    const secured = await start({ ...tls, VERIFIER_NAME: "t" });
    await present();
    secured.process.kill("SIGHUP");
    await waitUntil(
      "all three have changed it",
      () => secured.said().match(/"verifier\.certificate_changed"/g)?.length === 3 || undefined,
    );
    secured.process.kill("SIGINT");
    expect(await secured.ended).toBe(0);
    files.remove();
  });
});
