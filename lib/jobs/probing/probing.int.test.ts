import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { SessionViewer } from "#lib/access/viewer";
import { tokenViewer } from "#lib/auth/actors";
import { execute } from "#lib/commands/execute";
import { beginProbes } from "#lib/probes/commands/begin";
import type { Probe, ProbeResult } from "#lib/probes/probe";
import { UNRESTRICTED } from "#lib/tokens/restrictions/restrictions";
import { createInstallation, type TestInstallation } from "#test/installation";
import { GATEWAY_SECRET, startPlane, type TestPlane } from "#test/plane";
import { seedApplication, seedGateway } from "#test/seeded";
import { startJira } from "#test/upstreams/jira";
import { type Nginx, startNginx } from "#test/upstreams/nginx";
import { API_HOST, MAIN_HOST } from "#test/upstreams/nginx-site";
import { startRecorder, type Upstream, wholeText } from "#test/upstreams/recorder";
import { waitUntil } from "#test/upstreams/wait-until";
import { withToken } from "./lend";
import { runProbes } from "./run";

const OPEN = { password: "observe", foreignBearer: "observe", oauth1: "observe", otherScheme: "observe" } as const;

let installation: TestInstallation;
let plane: TestPlane;
let jira: Upstream;
let nginx: Nginx;
let application: string;
let ann: SessionViewer;
let at = Date.now();

beforeAll(async () => {
  installation = await createInstallation();
  const { db, person, viewer } = installation;
  await person("ann", ["admins"]);
  ann = await viewer("ann");
  application = await seedApplication(db, "jira", "jira", {
    identity: "header",
    routes: { create: [API_HOST, MAIN_HOST].map((host) => ({ host, context: "" })) },
  });
  await seedGateway(db, "gw1", GATEWAY_SECRET, [application]);
  plane = await startPlane(installation.database.verifierUrl, "v1");
  jira = await startJira();
  nginx = await startNginx({
    ...{ verifierPorts: [plane.port], gatewaySecret: GATEWAY_SECRET, upstreamPort: jira.port },
  });
}, 120_000);
afterAll(async () => {
  await nginx?.stop();
  await jira?.stop();
  await plane?.stop();
  await installation?.close();
});

type Asked = { readonly url?: string; readonly upstream?: string };

type Found = Record<Probe, ProbeResult>;

/** Tries the connection, each time a minute later by the clock of the command: there is a pause between two runs. */
async function once(asked: Asked): Promise<Found> {
  at += 60_000;
  const input = { id: application, url: `http://${API_HOST}:${nginx.port}`, ...asked };
  const begun = await execute(installation.db, beginProbes, ann, input, at);
  if (!begun.ok) throw new Error(begun.refusal.detail);
  const done = await runProbes(ann, begun.value.output);
  if (!done.ok) throw new Error(done.refusal.detail);
  return Object.fromEntries(done.value.results.map((each) => [each.probe, each] as const)) as Found;
}

/** The same, again where a busy machine missed the verifier's deadline, which is 503 as it should be. */
const tried = (asked: Asked = {}): Promise<Found> =>
  waitUntil(
    "a run in which the verifier decided in time",
    async () => {
      const found = await once(asked);
      return Object.values(found).some(({ sentence }) => /\b503\b/.test(sentence)) ? undefined : found;
    },
    60_000,
  );
const outcomes = (results: Found) =>
  Object.fromEntries(Object.entries(results).map(([probe, { outcome }]) => [probe, outcome]));
const setRule = (none: "observe" | "block") =>
  installation.db.application.update({ where: { id: application }, data: { rules: { ...OPEN, none } } });
const tokens = () => installation.db.token.findMany({ orderBy: { createdAt: "desc" } });

describe("through a real gateway", () => {
  beforeEach(async () => {
    await setRule("observe");
    jira.take();
  });

  it("everything that can be measured passes, and a write never reaches the application", async () => {
    const found = await tried();
    expect(found).toMatchObject({
      browser: { outcome: "passed" },
      read: { outcome: "passed" },
      write: { outcome: "passed" },
      forged: { outcome: "passed" },
      address: { outcome: "passed", sentence: expect.stringContaining("127.0.0.1") },
      port: { outcome: "unknown" },
    });
    const arrived = jira.take();
    expect(arrived.map(({ method }) => method)).not.toContain("DELETE");
    expect(arrived.map(wholeText).join()).not.toMatch(/lk_[A-Za-z0-9]/);
  });

  it("the token is one of the tester's own, reads one application for minutes, and is revoked", async () => {
    const before = (await tokens()).length;
    await tried();
    const [token, ...others] = await tokens();
    expect(others.length).toBeGreaterThanOrEqual(before);
    expect(token).toMatchObject({
      ...{ ownerId: ann.userId, grantBy: "tier", access: "read", applications: ["jira"], allApplications: false },
      ...{ revocationReason: "no_longer_needed", revokedBy: "ann" },
    });
    expect(Number(token?.expiresAt) - Number(token?.createdAt)).toBeLessThanOrEqual(120_000);
  });

  it("the log tells who tried what and what came of it, and no secret", async () => {
    await tried({ upstream: "127.0.0.1:9" });
    const events = await installation.db.auditEvent.findMany({ orderBy: { seq: "desc" }, take: 4 });
    expect(events.map(({ action }) => action)).toEqual([
      "application.probed",
      "token.revoked",
      "token.created",
      "application.probing-begun",
    ]);
    expect(events[0]?.detail).toMatchObject({ after: { failed: [], unknown: ["port"] } });
    expect(events[3]?.detail).toMatchObject({ after: { upstream: "127.0.0.1:9" } });
    expect(JSON.stringify(events, (_key, value) => (typeof value === "bigint" ? `${value}` : value))).not.toMatch(
      /lk_[A-Za-z0-9]{30}/,
    );
  });

  it("on the main host, where browsers are not asked about, the same is found", async () => {
    const found = await tried({ url: `http://${MAIN_HOST}:${nginx.port}` });
    expect(outcomes(found)).toMatchObject({ browser: "passed", read: "passed", write: "passed", forged: "passed" });
  });

  it("where the rule refuses what brings no credential, it is our refusal that counts", async () => {
    await setRule("block");
    const blocked = () => tried();
    await waitUntil("the rule holds", async () =>
      (await blocked()).browser.sentence.includes("401") ? true : undefined,
    );
    expect(outcomes(await blocked())).toMatchObject({ browser: "passed", read: "passed", forged: "passed" });
    const main = await tried({ url: `http://${MAIN_HOST}:${nginx.port}` });
    expect(main.browser).toMatchObject({ outcome: "failed", sentence: expect.stringContaining("API host") });
  });

  it("the application's own port that is open is called open", async () => {
    const { port } = await tried({ upstream: `127.0.0.1:${jira.port}` });
    expect(port.sentence).toContain(`127.0.0.1:${jira.port} is open`);
    expect(port.outcome).not.toBe("passed");
  });
});

describe("past the gateway", () => {
  it("nothing is ticked that needs it, no write is sent, and it is said that nobody asked", async () => {
    jira.take();
    const found = await tried({ url: `http://${API_HOST}:${jira.port}` });
    expect(outcomes(found)).toMatchObject({ browser: "passed", read: "failed", write: "unknown", address: "unknown" });
    expect(found.read.sentence).toContain("No gateway asked us about it");
    expect(jira.take().map(({ method }) => method)).toEqual(["GET", "GET"]);
  });
});

describe("through a gateway that is not set up right", () => {
  it("the reason is told that the gateway got, though no token of ours was looked at", async () => {
    const wrong = await startNginx({
      ...{ verifierPorts: [plane.port], gatewaySecret: "not the secret", upstreamPort: jira.port },
    });
    jira.take();
    const found = await tried({ url: `http://${MAIN_HOST}:${wrong.port}` }).finally(() => wrong.stop());
    expect(outcomes(found)).toMatchObject({ browser: "passed", read: "failed", write: "unknown" });
    expect(found.read.sentence).toContain("Compare key, secret, adapter and peers");
    expect(jira.take().map(({ method }) => method)).toEqual(["GET"]);
  });

  it("what the application's own answers claim of refusals counts for nothing", async () => {
    const known = await installation.db.refusal.findFirstOrThrow({ where: { reason: "write_refused" } });
    const liar = await startRecorder((_arrival, response) => {
      response.writeHead(403, { "X-Latchkey-Request-Id": known.requestId }).end();
    });
    const found = await tried({ url: `http://${API_HOST}:${liar.port}` }).finally(() => liar.stop());
    expect(outcomes(found)).toMatchObject({ browser: "passed", read: "failed", write: "unknown", address: "unknown" });
    expect(found.read.sentence).toContain("No gateway asked us about it");
    expect(liar.arrivals.map(({ method }) => method)).toEqual(["GET", "GET"]);
  });
});

describe("a token that was lent", () => {
  it("is revoked, too, when what it was lent for breaks down", async () => {
    const broken = withToken(installation.db, ann, { key: "jira" }, async () => {
      throw new Error("broken");
    });
    await expect(broken).rejects.toThrow("broken");
    expect((await tokens())[0]).toMatchObject({ name: "Connection check", revocationReason: "no_longer_needed" });
  });

  it("is none for a script whose own token is for something else", async () => {
    const { userId, username, displayName, role, groupIds, address } = ann;
    const owner = { userId, username, displayName, role, groupIds, address };
    const reach = {
      access: "write" as const,
      applications: ["latchkey"],
      ipRanges: [],
      narrowing: UNRESTRICTED,
      expiresAt: null,
    };
    const script = tokenViewer({ kind: "token", ...owner, ...reach, tokenId: application, tokenName: "script" });
    const lent = await withToken(installation.db, script, { key: "jira" }, async (given) => given);
    expect(lent).toBeTypeOf("string");
  });
});

describe("with nobody there", () => {
  it("the page says so, and no token is made for it", async () => {
    const before = (await tokens()).length;
    const found = await tried({ url: `http://${API_HOST}:9` });
    expect(found.browser).toMatchObject({ outcome: "failed", sentence: expect.stringContaining("Nothing accepts") });
    expect(outcomes(found)).toMatchObject({ read: "unknown", write: "unknown", forged: "unknown", address: "unknown" });
    expect((await tokens()).length).toBe(before);
  });
});

describe("who may not have a token", () => {
  it("is told why, and the rest is tried all the same", async () => {
    await installation.db.policy.updateMany({ where: { name: "Administrators" }, data: { create: "no" } });
    const found = await tried();
    await installation.db.policy.updateMany({ where: { name: "Administrators" }, data: { create: "yes" } });
    expect(outcomes(found)).toMatchObject({ browser: "passed", read: "unknown", write: "unknown" });
    expect(found.read.sentence).toContain("Administrators");
  });
});
