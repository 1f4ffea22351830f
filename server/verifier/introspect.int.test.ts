import * as oauth from "oauth4webapi";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newSecret } from "#lib/tokens/secret";
import { createInstallation, type TestInstallation } from "#test/installation";
import { startPlane, type TestPlane } from "#test/plane";
import { type Issued, seedApplication, seedGateway, seedToken } from "#test/seeded";
import { rawRequest } from "#test/upstreams/raw-request";
import { waitUntil } from "#test/upstreams/wait-until";

let installation: TestInstallation;
let plane: TestPlane;
let maria: string;
let token: Issued;

beforeAll(async () => {
  installation = await createInstallation();
  const { db, database } = installation;
  const jira = await seedApplication(db, "jira", "jira");
  const unseen = await seedApplication(db, "unseen", "jira", { introspectRestricted: true });
  await seedGateway(db, "app", "an app's secret", [jira], { adapter: "api" });
  await seedGateway(db, "lax", "another secret", [unseen], { adapter: "api" });
  maria = (await installation.person("Maria", ["api-users"])).id;
  token = await seedToken(db, maria);
  plane = await startPlane(database.verifierUrl, "v1");
});
afterAll(async () => {
  await plane.stop();
  await installation.close();
});

const basic = (pair: string) => `Authorization: Basic ${Buffer.from(pair).toString("base64")}`;
const FORM = "Content-Type: application/x-www-form-urlencoded";
const APP = "app:an app's secret";

async function ask(secret: string, caller = APP, more: readonly string[] = []) {
  const lines = ["POST /oauth2/introspect HTTP/1.1", basic(caller), FORM, ...more];
  // A busy machine may miss the deadline of a first look-up, which is then 503 as it should be.
  return waitUntil("a decision", async () => {
    const answer = await rawRequest({ address: "127.0.0.1", port: plane.port }, lines, `token=${secret}`);
    return answer.status === 503 ? undefined : answer;
  });
}
const told = async (secret: string, caller?: string) => JSON.parse((await ask(secret, caller)).body);

describe("POST /oauth2/introspect", () => {
  test("tells a caller of ours whose token it is, for a minute, and asks nobody to keep it", async () => {
    const { status, headers, body } = await ask(token.secret);
    expect([status, headers["cache-control"], headers["content-type"]]).toEqual([
      200,
      ["no-store"],
      ["application/json"],
    ]);
    const answer = JSON.parse(body);
    expect(answer).toMatchObject({ active: true, username: "Maria", sub: maria, aud: ["jira"], jti: token.id });
    expect(answer.exp - Date.now() / 1_000).toBeLessThanOrEqual(60);
  });

  test("calls inactive, in the same bytes, what was never made, has ended, or is restricted by what it cannot see", async () => {
    const { db } = installation;
    const ended = await seedToken(db, maria, { expiresAt: new Date(1) });
    const bound = await seedToken(db, maria, { ipRanges: ["192.0.2.0/24"] });
    const other = await seedToken(db, maria, { allApplications: false, applications: ["wiki"] });
    for (const secret of [newSecret(), ended.secret, bound.secret, other.secret, "x", "lk_x"])
      expect((await ask(secret)).body).toBe('{"active":false}');
    expect(await told(bound.secret, "lax:another secret")).toMatchObject({ active: true, aud: ["unseen"] });
  });

  test("stops telling of a token when the change that ended it is applied", async () => {
    const made = await seedToken(installation.db, maria);
    expect((await told(made.secret)).active).toBe(true);
    const data = { suspendedAt: new Date(), suspendedBy: "x" };
    await installation.db.token.update({ where: { id: made.id }, data });
    await waitUntil("inactive", async () => ((await told(made.secret)).active ? undefined : true));
  });

  test("is a use of the token, by nobody's address", async () => {
    const made = await seedToken(installation.db, maria);
    await ask(made.secret);
    const usage = await waitUntil("the use", () =>
      installation.db.tokenUsage
        .findUnique({ where: { tokenId: made.id } })
        .then((row) => (row?.firstUsedAt ? row : undefined)),
    );
    expect(usage).toMatchObject({ lastUsedIp: null });
    expect(usage.allowed).toBeGreaterThan(0n);
  });

  test("challenges who is no gateway of that kind, and keeps to POST", async () => {
    for (const caller of ["app:wrong", "nobody:x", ":"]) {
      const { status, headers } = await ask(token.secret, caller);
      expect([status, headers["www-authenticate"]]).toEqual([401, ['Basic realm="Latchkey", charset="UTF-8"']]);
    }
    for (const method of ["GET", "HEAD", "PUT"]) {
      const lines = [`${method} /oauth2/introspect HTTP/1.1`, basic(APP)];
      expect((await rawRequest({ address: "127.0.0.1", port: plane.port }, lines)).status).toBe(404);
    }
  });

  test("refuses what is too large or said twice, and goes on living", async () => {
    expect((await ask("x".repeat(70_000))).status).toBe(400);
    expect((await ask(`${token.secret}&token=${token.secret}`)).status).toBe(400);
    expect((await told(token.secret)).active).toBe(true);
  });

  test("says 503 where nothing can be decided, never that a token is inactive", async () => {
    const { db } = installation;
    await db.settings.update({ where: { id: 1 }, data: { quarantinedAt: new Date() } });
    const lines = ["POST /oauth2/introspect HTTP/1.1", basic(APP), FORM];
    const answer = await waitUntil("the quarantine", async () => {
      const each = await rawRequest({ address: "127.0.0.1", port: plane.port }, lines, `token=${token.secret}`);
      return each.status === 200 ? undefined : each;
    });
    expect([answer.status, answer.body]).toEqual([503, '{"error":"temporarily_unavailable"}']);
    await db.settings.update({ where: { id: 1 }, data: { quarantinedAt: null } });
    expect((await told(token.secret)).active).toBe(true);
  });
});

test("a client library of OAuth 2 understands it, and its way of writing a secret is understood", async () => {
  const issuer = `http://127.0.0.1:${plane.port}`;
  const server = { issuer, introspection_endpoint: `${issuer}/oauth2/introspect` };
  const client = { client_id: "app" };
  const introspect = async (secret: string) => {
    const auth = oauth.ClientSecretBasic("an app's secret");
    const options = { [oauth.allowInsecureRequests]: true };
    const answer = await oauth.introspectionRequest(server, client, auth, secret, options);
    return oauth.processIntrospectionResponse(server, client, answer);
  };
  expect(await introspect(token.secret)).toMatchObject({ active: true, username: "Maria", aud: ["jira"] });
  expect(await introspect(newSecret())).toEqual({ active: false });
});

test("no token was logged by being asked about", () => {
  expect(plane.lines.join("")).not.toContain(token.secret);
});
