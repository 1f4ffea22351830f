import { randomBytes } from "node:crypto";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createLocalJWKSet, jwtVerify } from "jose";
import { afterAll, beforeAll, expect, test } from "vitest";
import { wrappingKey } from "#lib/keys/key";
import { browserOf } from "#test/api";
import { enrol } from "#test/factors";
import { createInstallation, type TestInstallation } from "#test/installation";
import { askPlane, decided, GATEWAY_SECRET } from "#test/plane";
import { seedApplication, seedGateway, seedToken } from "#test/seeded";
import { type Program, type TemporaryProject, temporaryProject } from "#test/temporary-project";
import { underLoad } from "#test/under-load";
import { waitUntil } from "#test/upstreams/wait-until";
import { buildVerifier, type VerifierProcess, type VerifierProgram } from "#test/verifier-program";

/**
 * A portal without pages, which begins as one does and says who comes, and what their app is sealed with. Each time it
 * checks the whole audit log, and writes into it that it has.
 */
const PORTAL = `
import { checkLog } from "#lib/audit/commands/check";
import { operator, system } from "#lib/auth/actors";
import { viewerOfCookie } from "#lib/auth/session-viewer";
import { execute } from "#lib/commands/execute";
import { database } from "#lib/db/client";
import { env } from "#lib/env";
import { totpsOf } from "#lib/factors/store";
import { REREAD_AFTER_MS } from "#lib/keys/ring";
import { ensureInstallation } from "#lib/settings/installation";
import { atTheEdge } from "#server/edge";
import { endInOrder } from "#server/ending";
import { listen } from "#server/listener";
const db = database();
let turn = 0;
await atTheEdge(async () => {
  await ensureInstallation(db, system("start"), Date.now());
  const listener = await listen({
    name: "portal", bind: env().portal.bind, port: 0, portVariable: "PORTAL_PORT", maxHeaderBytes: 16384,
    handle: async (request, response) => {
      turn += 1;
      const now = Date.now() + (turn % 2) * 2 * REREAD_AFTER_MS; // it reads its keys each time
      const viewer = await viewerOfCookie(db, String(request.headers.cookie), "192.0.2.1", now).catch(() => null);
      const apps = viewer === null ? [] : await totpsOf(db, viewer.userId, true, now).catch(() => []);
      const checked = await execute(db, checkLog, operator(), {}, now).catch(() => null);
      const log = checked?.ok ? (checked.value.output.firstBad ?? "whole") : "not written";
      response.end(JSON.stringify({ username: viewer?.username, apps: apps.map(({ secret }) => secret), log }));
    },
  });
  endInOrder({ stop: listener.close });
  process.stdout.write("It listens at " + listener.address + ".\\n");
});
`;

/** Of the verifiers. */
const LOG = join(tmpdir(), `latchkey-secret-drill-${process.pid}.log`);
const NEW = randomBytes(32).toString("base64");
/** A bound for what hangs: beside all these requests a start takes a while. */
const A_START_MS = 60_000;
const wraps = (secret: string) => wrappingKey(secret, "assertion").toString("base64");

let installation: TestInstallation;
let project: TemporaryProject;
let program: VerifierProgram;
/** Who is asked now, as whoever balances load knows it. */
const portals: { program: Program; url: string }[] = [];
const verifiers: VerifierProcess[] = [];

beforeAll(async () => {
  installation = await createInstallation();
  project = await temporaryProject({ portal: { text: PORTAL } });
  program = await buildVerifier();
  writeFileSync(LOG, "");
});
afterAll(async () => {
  project.discard();
  await program.close();
  await installation.close();
  rmSync(LOG, { force: true });
});

/** Lets a portal take the place of one: that ends in order, once this one answers. */
async function putPortal(index: number, LATCHKEY_SECRET: string, previous?: string): Promise<void> {
  const { LATCHKEY_URL = "" } = process.env;
  const told = previous === undefined ? {} : { LATCHKEY_SECRET_PREVIOUS: previous };
  const DATABASE_URL = installation.database.portalUrl;
  const begun = project.run("portal", { DATABASE_URL, LATCHKEY_URL, LATCHKEY_SECRET, ...told });
  const url = await waitUntil(
    `a portal, after ${begun.complained()}`,
    () => {
      if (begun.process.exitCode !== null) throw new Error(begun.complained());
      return /http:\S+(?=\.\n)/.exec(begun.said())?.[0];
    },
    A_START_MS,
  );
  const [before] = portals.splice(index, 1, { program: begun, url });
  before?.program.process.kill("SIGTERM");
}

async function putVerifier(index: number, secret: string, previous?: string): Promise<void> {
  const told = previous === undefined ? {} : { LATCHKEY_ASSERTION_SECRET_PREVIOUS: wraps(previous) };
  const env = { DATABASE_VERIFIER_URL: installation.database.verifierUrl, LATCHKEY_ASSERTION_SECRET: wraps(secret) };
  const begun = await program.start(`v${index}`, { ...env, ...told, LOG_LEVEL: "info" }, LOG);
  const ready = () => fetch(`http://127.0.0.1:${begun.managementPort}/readyz`);
  await waitUntil("a verifier that can decide", async () => ((await ready()).ok ? true : undefined), A_START_MS);
  const [before] = verifiers.splice(index, 1, begun);
  before?.signal("SIGTERM");
}

const BOTH = [0, 1];

// As docs/operations.md says, with two of each.
test("LATCHKEY_SECRET is changed while requests come by: nobody is refused, signed out, or without their second factor, and the audit log goes on", {
  timeout: 480_000,
}, async () => {
  const { db, person, viewer } = installation;
  const old = process.env.LATCHKEY_SECRET ?? "";
  await seedGateway(db, "gw1", GATEWAY_SECRET, [await seedApplication(db, "jira", "jira", { identity: "jwt" })]);
  const { secret } = await seedToken(db, (await person("maria", ["api-users"])).id);
  const maria = await viewer("maria");
  const app = (await enrol(installation, maria, Date.now())).secret;
  const { cookie = "" } = await browserOf(installation, maria);
  for (const index of BOTH) await Promise.all([putPortal(index, old), putVerifier(index, old)]);
  const keys = createLocalJWKSet(
    await (await fetch(`http://127.0.0.1:${verifiers[0]?.port}/.well-known/jwks.json`)).json(),
  );
  const audience = "jira";

  let turn = 0;
  const ask = async () => {
    turn += 1;
    const at = turn % BOTH.length;
    const { status, headers } = await decided(() =>
      askPlane(verifiers[at]?.port ?? 0, { Authorization: `Bearer ${secret}` }),
    );
    const assertion = headers["x-latchkey-assertion"]?.[0] ?? "";
    const isSigned = await jwtVerify(assertion, keys, { audience }).then(
      () => true,
      () => false,
    );
    const seen = await fetch(portals[at]?.url ?? "", { headers: { cookie: cookie.slice(cookie.indexOf("=") + 1) } });
    return { status, isSigned, seen: await seen.json() };
  };
  const { answers } = await underLoad(ask, async (more) => {
    for (const index of BOTH) await putVerifier(index, NEW, old);
    for (const index of BOTH) await putPortal(index, old, NEW);
    for (const index of BOTH) {
      await putPortal(index, NEW, old);
      await more();
    }
    for (const index of BOTH) await Promise.all([putPortal(index, NEW), putVerifier(index, NEW)]);
  });
  const good = { status: 200, isSigned: true, seen: { username: "maria", apps: [app], log: "whole" } };
  expect(readFileSync(LOG, "utf8")).not.toContain("assertion_unavailable");
  expect(answers.filter((answer) => JSON.stringify(answer) !== JSON.stringify(good))).toEqual([]);
});
