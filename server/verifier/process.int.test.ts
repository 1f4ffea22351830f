import { type ChildProcess, fork } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { connect } from "node:tls";
import { build } from "esbuild";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { projectFolder } from "#server/project";
import { certificateFolder, newCertificate } from "#test/certificates";
import { checkClient, checkRequest } from "#test/check-client";
import { DatabaseProxy } from "#test/database-proxy";
import { createInstallation, type TestInstallation } from "#test/installation";
import { askPlane, GATEWAY_SECRET } from "#test/plane";
import { type Issued, seedApplication, seedGateway, seedToken } from "#test/seeded";
import { waitUntil } from "#test/upstreams/wait-until";

type Process = {
  readonly child: ChildProcess;
  readonly port: number;
  readonly managementPort: number;
  readonly grpcPort: number;
  printed: string;
};

let installation: TestInstallation;
let token: Issued;
let folder: string;
const running: ChildProcess[] = [];

beforeAll(async () => {
  // Beside the packages, which the bundle does not hold.
  const cache = join(projectFolder(), "node_modules", ".cache");
  mkdirSync(cache, { recursive: true });
  folder = mkdtempSync(join(cache, "latchkey-verifier-"));
  const { metafile } = await build({
    ...{ entryPoints: [join(projectFolder(), "server/verifier.ts")], outfile: join(folder, "verifier.mjs") },
    ...{ bundle: true, packages: "external", platform: "node", format: "esm", target: "node20", metafile: true },
    logLevel: "error",
  });
  imports = Object.values(metafile.inputs).flatMap((input) => input.imports.map(({ path }) => path));
  const written = Object.values(metafile.outputs).flatMap((output) => output.imports);
  atStart = written.filter(({ kind }) => kind === "import-statement").map(({ path }) => path);
  installation = await createInstallation();
  const jira = await seedApplication(installation.db, "jira");
  await seedGateway(installation.db, "gw1", GATEWAY_SECRET, [jira]);
  const { id } = await installation.person("maria", ["api-users"]);
  token = await seedToken(installation.db, id);
});
afterEach(async () => {
  for (const child of running.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill("SIGKILL");
    await waitUntil("the end of a process", () => child.signalCode ?? undefined);
  }
  await installation.db.verifierLease.deleteMany();
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await installation.close();
});

let imports: string[] = [];
/** What the program loads before its first line. */
let atStart: string[] = [];
const BARE = { PATH: process.env.PATH ?? "", NODE_ENV: "test" as const };

/** Starts one as `npm run verifier` does, with nothing in its environment but what it needs. */
async function start(env: Record<string, string>): Promise<Process> {
  const child = fork(join(folder, "verifier.mjs"), {
    silent: true,
    env: { ...BARE, VERIFIER_PORT: "0", MANAGEMENT_PORT: "0", GRPC_PORT: "0", VERIFIER_NAME: "process", ...env },
  });
  running.push(child);
  const started = { child, printed: "" };
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk: Buffer) => {
      started.printed += chunk.toString();
    });
  }
  const said = await waitUntil("it listens", () => {
    if (child.exitCode !== null) throw new Error(`It ended: ${started.printed}`);
    return started.printed.split("\n").find((line) => line.includes("verifier.listening"));
  });
  const { verifier, grpc, management } = JSON.parse(said);
  return Object.assign(started, {
    port: Number(new URL(verifier).port),
    managementPort: Number(new URL(management).port),
    grpcPort: Number(new URL(grpc).port),
  });
}

const manage = async ({ managementPort }: Process, path: string) => {
  const answer = await fetch(`http://127.0.0.1:${managementPort}${path}`);
  return { status: answer.status, body: await answer.text() };
};
const ready = (process: Process) =>
  waitUntil("it is ready", async () => ((await manage(process, "/readyz")).status === 200 ? true : undefined));
const ask = async ({ port }: Process) => (await askPlane(port, { Authorization: `Bearer ${token.secret}` })).status;
const allowed = (process: Process) =>
  waitUntil("it allows", async () => ((await ask(process)) === 200 ? true : undefined));
const ended = ({ child }: Process) => waitUntil("it has ended", () => child.exitCode ?? undefined, 30_000);
const leases = async () => Number((await installation.db.verifierLease.findMany({ where: { id: "process" } })).length);

test("the program holds nothing of pages, sessions and the portal's database client", () => {
  expect(imports.length).toBeGreaterThan(50);
  expect(imports.filter((path) => /^(next|react|server-only)|next-auth|prisma|lib\/db\/|bcrypt/.test(path))).toEqual(
    [],
  );
});

test("the program loads what speaks with Redis only where rates are shared", () => {
  expect(atStart).toContain("pg");
  expect(imports).toContain("@redis/client");
  expect(atStart).not.toContain("@redis/client");
});

describe("a verifier without a database", () => {
  test("lives, is not ready, refuses with 503, and is there as soon as the database is", async () => {
    const proxy = await DatabaseProxy.open(installation.database.verifierUrl);
    await proxy.refuse();
    const process = await start({ DATABASE_VERIFIER_URL: proxy.url });
    expect((await manage(process, "/livez")).status).toBe(200);
    expect((await manage(process, "/readyz")).status).toBe(503);
    expect(await ask(process)).toBe(503);
    await proxy.accept();
    await ready(process);
    await allowed(process);
    await proxy.close();
  });
});

describe("an end in order", () => {
  test("is not ready at once, answers meanwhile, writes what was used, takes its lease along, and exits with 0", async () => {
    const process = await start({ DATABASE_VERIFIER_URL: installation.database.verifierUrl });
    await ready(process);
    await allowed(process);
    expect(await leases()).toBe(1);
    process.child.kill("SIGTERM");
    await waitUntil("not ready", async () =>
      (await manage(process, "/readyz")).body.includes("ending") ? true : undefined,
    );
    expect((await manage(process, "/livez")).status).toBe(200);
    expect(await ask(process)).toBe(200);
    const envoy = checkClient(`127.0.0.1:${process.grpcPort}`);
    expect((await envoy.check(checkRequest({}))).deniedResponse?.status.code).toBe(403);
    envoy.close();
    expect(await ended(process)).toBe(0);
    expect(await leases()).toBe(0);
    const usage = await installation.db.tokenUsage.findUniqueOrThrow({ where: { tokenId: token.id } });
    expect(Number(usage.allowed)).toBeGreaterThanOrEqual(2);
    expect(process.printed).not.toContain(token.secret);
  });

  test("comes to its end without a database too", async () => {
    const proxy = await DatabaseProxy.open(installation.database.verifierUrl);
    const process = await start({ DATABASE_VERIFIER_URL: proxy.url });
    await ready(process);
    await allowed(process);
    proxy.hang("all");
    process.child.send({ kind: "stop", lameDuckMs: 0 });
    expect(await ended(process)).toBe(0);
    await proxy.close();
  });

  test("a verifier that was killed leaves a lease that lapses, and its successor needs none of it", async () => {
    const env = { DATABASE_VERIFIER_URL: installation.database.verifierUrl, CONFIRMATION_BOUND_SECONDS: "2" };
    const killed = await start(env);
    await ready(killed);
    killed.child.kill("SIGKILL");
    const successor = await start(env);
    await ready(successor);
    await allowed(successor);
    await waitUntil("the lease of the killed one lapsed", async () => {
      const [row] = await installation.db.$queryRaw<{ live: bigint }[]>`
        SELECT count(*) AS live FROM verifier_lease WHERE id = 'process' AND seen_at > now() - make_interval(secs => bound_seconds)`;
      return row?.live === 1n ? true : undefined;
    });
  });
});

describe("a certificate", () => {
  const fingerprint = (port: number) =>
    new Promise<string>((resolve, reject) => {
      const socket = connect({ port, host: "127.0.0.1", rejectUnauthorized: false }, () => {
        resolve(socket.getPeerX509Certificate()?.toString() ?? "");
        socket.destroy();
      });
      socket.on("error", reject);
    });

  test("is exchanged at SIGHUP, for HTTP and for gRPC, without an end", async () => {
    const files = certificateFolder();
    const [before, after] = [await newCertificate(), await newCertificate()];
    const present = ({ cert, key }: typeof before) => files.write({ "cert.pem": cert, "key.pem": key });
    present(before);
    const process = await start({
      DATABASE_VERIFIER_URL: installation.database.verifierUrl,
      ...{ VERIFIER_TLS_CERT: files.path("cert.pem"), VERIFIER_TLS_KEY: files.path("key.pem") },
    });
    const shown = async () => [await fingerprint(process.port), await fingerprint(process.grpcPort)];
    const same = (a: readonly string[], pem: string) => a.every((each) => each.trim() === pem.trim());
    expect(same(await shown(), before.cert)).toBe(true);
    present(after);
    process.child.kill("SIGHUP");
    await waitUntil("the new one is shown", async () => same(await shown(), after.cert) || undefined);
    expect(process.child.exitCode).toBeNull();
    expect(process.printed).not.toContain("PRIVATE KEY");
    files.remove();
  });
});

describe("wrong configuration", () => {
  const NOWHERE = { DATABASE_VERIFIER_URL: "postgresql://u:p@127.0.0.1:1/x" };
  const failure = async (env: Record<string, string>) => {
    const child = fork(join(folder, "verifier.mjs"), { silent: true, env: { ...BARE, ...env } });
    running.push(child);
    const said = new Promise<unknown>((resolve) => child.once("message", resolve));
    await waitUntil("it has ended", () => child.exitCode ?? undefined, 30_000);
    return { exitCode: child.exitCode, said: await said };
  };

  test.each([
    ["no database", {}, "DATABASE_VERIFIER_URL is not set"],
    [
      "no database for several workers",
      { VERIFIER_WORKERS: "2", MANAGEMENT_PORT: "0" },
      "DATABASE_VERIFIER_URL is not set",
    ],
    [
      "an address for everybody, in clear",
      { DATABASE_VERIFIER_URL: "postgresql://u:p@127.0.0.1:1/x", VERIFIER_BIND: "0.0.0.0" },
      "VERIFIER_PLAINTEXT",
    ],
    [
      "a certificate that is not there",
      { ...NOWHERE, VERIFIER_TLS_CERT: "/nowhere/cert.pem", VERIFIER_TLS_KEY: "/nowhere/key.pem" },
      "VERIFIER_TLS_CERT names /nowhere/cert.pem",
    ],
  ])("%s ends with one sentence that says what to do", async (_what, env, sentence) => {
    const { exitCode, said } = await failure(env);
    expect(exitCode).toBe(1);
    expect(said).toEqual({ kind: "failed", sentence: expect.stringContaining(sentence) });
  });
});
