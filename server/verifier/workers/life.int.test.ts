import { Agent, request } from "node:http";
import { createServer } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createInstallation, type TestInstallation } from "#test/installation";
import { askPlane, asNginx, GATEWAY_SECRET } from "#test/plane";
import { type Issued, seedApplication, seedGateway, seedToken } from "#test/seeded";
import type { TemporaryProject } from "#test/temporary-project";
import { waitUntil } from "#test/upstreams/wait-until";
import { knownToAll, lives, manage, processesIn, startWorkers, verifierProject, type Workers } from "#test/workers";

let installation: TestInstallation;
let project: TemporaryProject;
let token: Issued;
beforeAll(async () => {
  [installation, project] = await Promise.all([createInstallation(), verifierProject()]);
  const jira = await seedApplication(installation.db, "jira");
  await seedGateway(installation.db, "gw1", GATEWAY_SECRET, [jira]);
  token = await seedToken(installation.db, (await installation.person("maria", ["api-users"])).id);
});
afterAll(async () => {
  project.discard();
  await installation.close();
});

const start = (some: Readonly<Record<string, string>> = {}) =>
  startWorkers(project, { DATABASE_VERIFIER_URL: installation.database.verifierUrl, ...some });
const bearer = () => ({ Authorization: `Bearer ${token.secret}` });
const ask = ({ port }: Workers) => askPlane(port, bearer()).then(({ status }) => status);
const known = (verifier: Workers) => knownToAll(verifier, () => ask(verifier));
const ready = (verifier: Workers) =>
  waitUntil("it is ready", async () => (await manage(verifier, "/readyz")).status === 200 || undefined, 30_000);
const leases = () => installation.db.verifierLease.count();
const gone = (pids: readonly number[]) => waitUntil("none of them lives", () => !pids.some(lives) || undefined);

/** Asks over kept connections, as a gateway does, until it is told to end. */
function load(port: number) {
  const agent = new Agent({ keepAlive: true, maxSockets: 6 });
  const headers = Object.fromEntries(asNginx(bearer()).map((line) => line.split(": ", 2)));
  const seen = { answers: new Map<number, number>(), broken: 0 };
  let ending = false;
  const one = () =>
    new Promise<void>((resolve) => {
      const asked = request({ port, host: "127.0.0.1", path: "/v1/authz/nginx/gw1", headers, agent }, (answer) => {
        answer.resume().on("end", resolve);
        const status = answer.statusCode ?? 0;
        seen.answers.set(status, (seen.answers.get(status) ?? 0) + 1);
      });
      // What was dealt to the one that died may hang: a gateway gives up too.
      asked.setTimeout(5_000, () => asked.destroy(new Error("given up")));
      asked.on("error", () => {
        seen.broken += 1;
        resolve();
      });
      asked.end();
    });
  const running = Array.from({ length: 6 }, async () => {
    while (!ending) await one();
  });
  const allowed = () => seen.answers.get(200) ?? 0;
  const more = (count: number) => {
    const from = allowed();
    return waitUntil(`${count} more answers`, () => allowed() >= from + count || undefined, 40_000);
  };
  const end = async () => {
    ending = true;
    await Promise.all(running);
    agent.destroy();
    return seen;
  };
  return { more, end };
}

describe("a worker that is killed under load", () => {
  test("takes its own connections along and nobody else's; another takes its place, and is asked too", async () => {
    const verifier = await start();
    await known(verifier);
    const before = verifier.pids();
    expect(before).toHaveLength(3);
    const asking = load(verifier.port);
    await asking.more(100);
    const [victim = 0] = before;
    process.kill(victim, "SIGKILL");
    await asking.more(100);
    const after = await waitUntil(
      "three again",
      () => {
        const pids = verifier.pids();
        return pids.length === 3 && !pids.includes(victim) ? pids : undefined;
      },
      40_000,
    );
    expect(after.filter((pid) => before.includes(pid))).toHaveLength(2);
    await ready(verifier);
    await asking.more(100);
    const { answers, broken } = await asking.end();
    // A successor's first look-up may miss its deadline on a busy machine (503), and nothing else but an allow is seen.
    expect([...answers.keys()].filter((status) => status !== 200 && status !== 503)).toEqual([]);
    expect(broken).toBeLessThanOrEqual(6);
    expect(verifier.said()).toMatch(/"event":"child\.died","name":"verifier\/\d","code":null,"signal":"SIGKILL"/);
    expect((await manage(verifier, "/metrics")).body).toMatch(/^latchkey_worker_restarts_total 1$/m);
    verifier.process.kill("SIGINT");
    expect(await verifier.ended).toBe(0);
  });
});

describe("a worker that hangs", () => {
  test("is missed by its management, and killed; another one takes its place", async () => {
    const verifier = await start();
    await known(verifier);
    const before = verifier.pids();
    const [victim = 0] = before;
    process.kill(victim, "SIGSTOP");
    const away = await waitUntil("one is away", async () => {
      const [looked, metrics] = [await manage(verifier, "/readyz"), await manage(verifier, "/metrics")];
      return looked.status === 503 && /^latchkey_workers_answering 2$/m.test(metrics.body) ? looked.body : undefined;
    });
    expect(JSON.parse(away)).toMatchObject({ ready: false, why: "worker_away" });
    expect((await manage(verifier, "/livez")).status).toBe(200);
    const after = await waitUntil(
      "three again",
      () => {
        const pids = verifier.pids();
        return pids.length === 3 && !pids.includes(victim) ? pids : undefined;
      },
      60_000,
    );
    expect(after.filter((pid) => before.includes(pid))).toHaveLength(2);
    await ready(verifier);
    expect(verifier.said()).toMatch(/"event":"verifier\.worker_hangs","worker":\d/);
    verifier.process.kill("SIGINT");
    expect(await verifier.ended).toBe(0);
  });
});

describe("the end of a verifier with workers", () => {
  test("on SIGTERM is one in order: not ready, answers meanwhile, leases gone, status 0, nobody left", async () => {
    await installation.db.verifierLease.deleteMany();
    const verifier = await start();
    await known(verifier);
    expect(await leases()).toBe(3);
    const pids = verifier.pids();
    verifier.process.kill("SIGTERM");
    await waitUntil("not ready", async () =>
      (await manage(verifier, "/readyz")).body.includes('"why":"ending"') ? true : undefined,
    );
    expect(await ask(verifier)).toBe(200);
    expect(await verifier.ended).toBe(0);
    expect(await leases()).toBe(0);
    await gone(pids);
    expect(verifier.said()).not.toContain("child.died");
  });

  test("when everybody is told at once, as by systemd, is the same", async () => {
    const verifier = await start();
    const pids = verifier.pids();
    for (const pid of [...pids, verifier.process.pid ?? 0]) process.kill(pid, "SIGTERM");
    expect(await verifier.ended).toBe(0);
    await gone(pids);
    expect(await leases()).toBe(0);
  });

  test("when the one that holds them is killed takes them along: nobody goes on allowing", async () => {
    const verifier = await start({ CONFIRMATION_BOUND_SECONDS: "2" });
    await known(verifier);
    const pids = verifier.pids();
    expect(pids).toHaveLength(3);
    verifier.process.kill("SIGKILL");
    await verifier.ended;
    await gone(pids);
    await expect(ask(verifier)).rejects.toThrow("ECONNREFUSED");
    await waitUntil("their leases have lapsed", async () => {
      const [row] = await installation.db.$queryRaw<{ live: bigint }[]>`
        SELECT count(*) AS live FROM verifier_lease WHERE seen_at > now() - make_interval(secs => bound_seconds)`;
      return row?.live === 0n || undefined;
    });
  });
});

describe("workers that cannot start", () => {
  const failed = async (variables: Readonly<Record<string, string>>) => {
    const ports = { VERIFIER_PORT: "0", MANAGEMENT_PORT: "0", GRPC_PORT: "0", VERIFIER_WORKERS: "3" };
    const program = project.run("verifier", { ...ports, ...variables });
    const ended = await program.ended;
    await waitUntil("none of its processes lives", () => processesIn(project.folder).length === 0 || undefined);
    return { ended, complained: program.complained() };
  };
  const NOWHERE = { DATABASE_VERIFIER_URL: "postgresql://u:p@127.0.0.1:1/x" };

  test.each([
    ["no database", {}, /^DATABASE_VERIFIER_URL is not set: [^\n]+\n$/],
    [
      "a certificate that is not there",
      { ...NOWHERE, VERIFIER_TLS_CERT: "/nowhere/c.pem", VERIFIER_TLS_KEY: "/nowhere/k.pem" },
      /^VERIFIER_TLS_CERT names \/nowhere\/c\.pem[^\n]+\n$/,
    ],
  ])("end with one sentence, as one does: %s", async (_what, variables, sentence) => {
    const { ended, complained } = await failed(variables);
    expect(complained).toMatch(sentence);
    expect(ended).toBe(1);
  });

  test.each(["VERIFIER_PORT", "GRPC_PORT", "MANAGEMENT_PORT"])("end so where %s is taken", async (variable) => {
    const other = createServer();
    const port = await new Promise<number>((resolve) => {
      other.listen(0, "127.0.0.1", () => {
        const at = other.address();
        resolve(typeof at === "object" && at ? at.port : 0);
      });
    });
    const { ended, complained } = await failed({ ...NOWHERE, [variable]: String(port) });
    other.close();
    expect(complained).toMatch(
      new RegExp(`^Port ${port} of 127\\.0\\.0\\.1 [^\\n]+${variable} to another port\\.\\n$`),
    );
    expect(ended).toBe(1);
  });
});
