import { createHash } from "node:crypto";
import { createLocalJWKSet, createRemoteJWKSet, type JSONWebKeySet, jwtVerify } from "jose";
import { Client } from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { operator } from "#lib/auth/actors";
import { execute } from "#lib/commands/execute";
import { rotateKey } from "#lib/keys/commands/rotate";
import { wrappingKey } from "#lib/keys/key";
import { KNOWN_BEFORE_MS } from "#lib/keys/life";
import { createInstallation, type TestInstallation } from "#test/installation";
import { askPlane, GATEWAY_SECRET, startPlane, type TestPlane } from "#test/plane";
import { type Issued, seedApplication, seedGateway, seedToken } from "#test/seeded";
import { underLoad } from "#test/under-load";
import { startJira } from "#test/upstreams/jira";
import { type Nginx, startNginx } from "#test/upstreams/nginx";
import { API_HOST } from "#test/upstreams/nginx-site";
import { rawRequest } from "#test/upstreams/raw-request";
import type { Upstream } from "#test/upstreams/recorder";
import { waitUntil } from "#test/upstreams/wait-until";

let installation: TestInstallation;
let plane: TestPlane;
/** A verifier that was told of no key. */
let deaf: TestPlane;
let jira: Upstream;
let nginx: Nginx;
let maria: string;
let token: Issued;

beforeAll(async () => {
  installation = await createInstallation();
  const { db, database } = installation;
  const routes = { create: [API_HOST, "jira.corp"].map((host) => ({ host, context: "" })) };
  const told = await seedApplication(db, "jira", "jira", { identity: "jwt", routes });
  const untold = await seedApplication(db, "wiki", "jira");
  await seedGateway(db, "gw1", GATEWAY_SECRET, [told, untold]);
  maria = (await installation.person("Maria", ["api-users"])).id;
  token = await seedToken(db, maria);
  const wrapping = [wrappingKey(process.env.LATCHKEY_SECRET ?? "", "assertion")];
  plane = await startPlane(database.verifierUrl, "v1", 10, { wrapping });
  deaf = await startPlane(database.verifierUrl, "v2");
  jira = await startJira();
  nginx = await startNginx({ verifierPorts: [plane.port], gatewaySecret: GATEWAY_SECRET, upstreamPort: jira.port });
}, 60_000);
afterAll(async () => {
  await Promise.all([nginx.stop(), jira.stop(), plane.stop(), deaf.stop()]);
  await installation.close();
});
beforeEach(() => {
  jira.take();
});

const bearer = { Authorization: "" };
const ask = (at: TestPlane, some: Record<string, string> = {}) =>
  waitUntil("a decision", async () => {
    const answer = await askPlane(at.port, { ...bearer, Authorization: `Bearer ${token.secret}`, ...some });
    return answer.status === 503 && at === plane ? undefined : answer;
  });
const assertionNow = async () => (await ask(plane)).headers["x-latchkey-assertion"]?.[0] ?? "";
const keySetOf = async (at: TestPlane) =>
  rawRequest({ address: "127.0.0.1", port: at.port }, ["GET /.well-known/jwks.json HTTP/1.1"]);
const keysNow = async (): Promise<JSONWebKeySet> => JSON.parse((await keySetOf(plane)).body);
const kidOf = (assertion: string): string =>
  JSON.parse(Buffer.from(assertion.split(".")[0] ?? "", "base64url").toString()).kid;
const WANTED = {
  ...{ issuer: "http://localhost:3000", audience: "jira", algorithms: ["ES256"] },
  typ: "latchkey-assertion+jwt",
};

describe("an application with identity jwt, behind a real nginx", () => {
  test("is told by an assertion that a library verifies by our public keys, and never by what a client sent", async () => {
    const url = `http://${API_HOST}:${nginx.port}/rest/api/2/myself?expand=groups`;
    const headers = { "X-Api-Token": token.secret, "X-Latchkey-Assertion": "forged", "X-Latchkey-User": "root" };
    await waitUntil("an allow", async () => ((await fetch(url, { headers })).status === 200 ? true : undefined));
    const [arrival] = jira.take().slice(-1);
    const [assertion = "", ...others] = arrival?.headers["x-latchkey-assertion"] ?? [];
    expect([arrival?.headers.authorization, others]).toEqual([[`Bearer ${assertion}`], []]);
    expect(arrival?.headers["x-latchkey-user"]).toBeUndefined();
    expect(JSON.stringify(arrival)).not.toContain(token.secret);
    const keys = createRemoteJWKSet(new URL(`http://127.0.0.1:${plane.port}/.well-known/jwks.json`));
    const { payload } = await jwtVerify(assertion, keys, WANTED);
    const pth = createHash("sha256").update("/rest/api/2/myself").digest("base64url");
    expect(payload).toMatchObject({ sub: maria, username: "Maria", scope: "read write", client_id: token.id });
    expect(payload).toMatchObject({ htm: "GET", hst: API_HOST, pth, groups: ["api-users"] });
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(60);
  });
});

describe("the public keys", () => {
  test("are told to everybody, for five minutes, with the one that will sign next and nothing private", async () => {
    const { status, headers, body } = await keySetOf(plane);
    expect([status, headers["cache-control"]]).toEqual([200, ["public, max-age=300"]]);
    const { keys } = JSON.parse(body);
    expect(keys).toHaveLength(2);
    expect(body).not.toContain('"d"');
    expect(keys.map(({ kid }: { kid: string }) => kid)).toContain(kidOf(await assertionNow()));
  });

  test("are there for GET and HEAD at exactly their address", async () => {
    const at = { address: "127.0.0.1", port: plane.port };
    expect((await rawRequest(at, ["HEAD /.well-known/jwks.json HTTP/1.1"])).status).toBe(200);
    for (const line of ["POST /.well-known/jwks.json", "GET /.well-known/jwks.json/", "GET /.well-known/jwks.json?x"])
      expect((await rawRequest(at, [`${line} HTTP/1.1`])).status).toBe(404);
  });
});

describe("rotating the assertion key while requests come by", () => {
  test("lets every assertion be verified by keys that were read before, and by those that are read after", async () => {
    const { db } = installation;
    const before = await keysNow();
    const later = Date.now() + KNOWN_BEFORE_MS.assertion;
    const { answers: assertions, done } = await underLoad(assertionNow, async () => {
      const rotated = await execute(db, rotateKey, operator(), { purpose: "assertion" }, later);
      if (!rotated.ok) throw new Error(rotated.refusal.detail);
      const { output, enforcement } = rotated.value;
      // The answer to the rotation waited for this verifier, as for any other change of a fact: for a second at most.
      expect([...(enforcement?.acknowledged ?? []), ...(enforcement?.outstanding ?? [])]).toContain("v1");
      await waitUntil("the next one signs", async () => kidOf(await assertionNow()) === output.active || undefined);
      return output;
    });
    expect(new Set(assertions.map(kidOf))).toEqual(new Set([done.retired, done.active]));
    for (const keys of [before, await keysNow()]) {
      const set = createLocalJWKSet(keys);
      for (const assertion of assertions) await expect(jwtVerify(assertion, set, WANTED)).resolves.toBeDefined();
    }
    expect((await keysNow()).keys.map(({ kid }) => kid)).toContain(done.next);
  });
});

describe("a verifier that was told of no key", () => {
  test("asserts nothing and refuses as undecided, and serves every other application", async () => {
    const { status, body } = await ask(deaf);
    expect([status, JSON.parse(body).code]).toEqual([503, "unavailable"]);
    expect(deaf.lines.join("")).toContain("assertion_unavailable");
    const other = await waitUntil("the wiki", async () => {
      const answer = await ask(deaf, { "X-Original-Host": "wiki.corp" });
      return answer.status === 200 ? answer : undefined;
    });
    expect(other.headers["x-latchkey-assertion"]).toEqual([""]);
    expect((await keySetOf(deaf)).status).toBe(503);
  });

  test("reads no other keys from the database either, whatever it might be told", async () => {
    const client = new Client({ connectionString: installation.database.verifierUrl });
    await client.connect();
    try {
      await expect(client.query("SELECT * FROM keys")).rejects.toMatchObject({ code: "42501" });
      const { rows } = await client.query<{ kid: string }>("SELECT kid FROM assertion_keys");
      expect(rows.length).toBeGreaterThan(1);
      for (const { kid } of rows) expect(kid).toMatch(/^assertion-/);
      await expect(client.query("UPDATE assertion_keys SET state = 'retired'")).rejects.toMatchObject({
        code: "42501",
      });
    } finally {
      await client.end();
    }
  });
});
