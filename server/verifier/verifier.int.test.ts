import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { digestOf, newSecret } from "#lib/tokens/secret";
import { createInstallation, type TestInstallation } from "#test/installation";
import { askPlane, asNginx, GATEWAY_SECRET, startPlane, type TestPlane } from "#test/plane";
import { type Issued, seedApplication, seedGateway, seedToken } from "#test/seeded";
import { rawRequest } from "#test/upstreams/raw-request";
import { waitUntil } from "#test/upstreams/wait-until";

let installation: TestInstallation;
let one: TestPlane;
let two: TestPlane;
let maria: string;
let token: Issued;

beforeAll(async () => {
  installation = await createInstallation();
  const { db, database } = installation;
  const jira = await seedApplication(db, "jira", "jira", { identity: "header" });
  await seedGateway(db, "gw1", GATEWAY_SECRET, [jira]);
  await seedGateway(db, "app", "an app's secret", [jira], { adapter: "api" });
  maria = (await installation.person("Maria", ["api-users"])).id;
  token = await seedToken(db, maria);
  [one, two] = await Promise.all([startPlane(database.verifierUrl, "v1"), startPlane(database.verifierUrl, "v2")]);
});
afterAll(async () => {
  await Promise.all([one.stop(), two.stop()]);
  await installation.close();
});

const bearer = (secret: string) => ({ Authorization: `Bearer ${secret}` });
/** A busy machine may miss the deadline of a first look-up, which is then 503 as it should be. */
const statusOf = (at: TestPlane, secret: string) =>
  waitUntil("a decision", async () => {
    const { status } = await askPlane(at.port, bearer(secret));
    return status === 503 ? undefined : status;
  });
const everywhere = async (secret: string) => Promise.all([one, two].map((at) => statusOf(at, secret)));

/** Waits as whoever revokes does: until every living lease has applied the change. */
async function acknowledged(): Promise<void> {
  const { db } = installation;
  const [head] = await db.$queryRaw<{ seq: bigint }[]>`SELECT seq FROM change_head`;
  await waitUntil("acknowledged everywhere", async () => {
    const [behind] = await db.$queryRaw<{ count: bigint }[]>`
      SELECT count(*) FROM verifier_lease WHERE applied < ${head?.seq ?? 0n} AND seen_at > now() - make_interval(secs => bound_seconds)`;
    return behind?.count === 0n ? true : undefined;
  });
}

describe("a token", () => {
  test("that is good passes everywhere, with identity for the upstream and without its secret", async () => {
    expect(await everywhere(token.secret)).toEqual([200, 200]);
    const answer = await askPlane(one.port, bearer(token.secret));
    expect(answer.body).toBe("");
    expect(answer.headers).toMatchObject({
      "content-length": ["0"],
      "x-latchkey-auth": ["token"],
      "x-latchkey-user": ["Maria"],
      "x-latchkey-user-id": [maria],
      "x-latchkey-groups": ["api-users"],
      "x-latchkey-access": ["write"],
      "x-latchkey-token-id": [token.id],
      "x-latchkey-assertion": [""],
      authorization: [""],
    });
    expect(answer.headers["x-latchkey-request-id"]?.[0]).toMatch(/^[0-9a-f-]{36}$/);
  });

  test("that nobody has is refused, and works from the moment it is made", async () => {
    const secret = newSecret();
    expect(await everywhere(secret)).toEqual([401, 401]);
    await seedToken(installation.db, maria, { digest: Buffer.from(digestOf(secret), "hex") });
    await acknowledged();
    expect(await everywhere(secret)).toEqual([200, 200]);
  });

  test.each([
    [
      "revoked",
      401,
      (id: string) =>
        installation.db.token.update({
          where: { id },
          data: { revokedAt: new Date(), revokedBy: "x", revocationReason: "unused" },
        }),
    ],
    [
      "suspended",
      401,
      (id: string) =>
        installation.db.token.update({ where: { id }, data: { suspendedAt: new Date(), suspendedBy: "x" } }),
    ],
    [
      "limited to another application",
      403,
      (id: string) =>
        installation.db.token.update({ where: { id }, data: { allApplications: false, applications: ["wiki"] } }),
    ],
    [
      "given a restriction that nobody enforces",
      403,
      (id: string) => installation.db.token.update({ where: { id }, data: { pathRules: ["GET /x"] } }),
    ],
  ])("that is %s is refused by every verifier that has acknowledged", async (_what, status, change) => {
    const made = await seedToken(installation.db, maria);
    expect(await everywhere(made.secret)).toEqual([200, 200]);
    await change(made.id);
    await acknowledged();
    expect(await everywhere(made.secret)).toEqual([status, status]);
  });

  test.each([
    [
      "deactivated",
      401,
      (id: string) => installation.db.user.update({ where: { id }, data: { deactivatedAt: new Date() } }),
    ],
    [
      "taken out of the group that grants use",
      403,
      (id: string) => installation.db.membership.deleteMany({ where: { userId: id } }),
    ],
  ])("whose owner is %s is refused likewise", async (_what, status, change) => {
    const { id } = await installation.person(`erik-${newSecret().slice(-8)}`, ["api-users"]);
    const made = await seedToken(installation.db, id);
    expect(await everywhere(made.secret)).toEqual([200, 200]);
    await change(id);
    await acknowledged();
    expect(await everywhere(made.secret)).toEqual([status, status]);
  });

  test("under a tier that loses use, or an installation in quarantine, stops; and goes on when that ends", async () => {
    const { db } = installation;
    const grantUse = (use: boolean) => db.policy.updateMany({ where: { name: "API users" }, data: { use } });
    await grantUse(false);
    await acknowledged();
    expect(await everywhere(token.secret)).toEqual([403, 403]);
    await grantUse(true);
    await acknowledged();
    expect(await everywhere(token.secret)).toEqual([200, 200]);
    const quarantined = (at: Date | null) => db.settings.update({ where: { id: 1 }, data: { quarantinedAt: at } });
    await quarantined(new Date());
    await acknowledged();
    expect((await askPlane(one.port, bearer(token.secret))).status).toBe(503);
    await quarantined(null);
    await acknowledged();
    expect(await everywhere(token.secret)).toEqual([200, 200]);
  });

  test("used for the first time is known as used a moment later", async () => {
    const made = await seedToken(installation.db, maria);
    await statusOf(one, made.secret);
    const usage = await waitUntil("the first use", () =>
      installation.db.tokenUsage
        .findUnique({ where: { tokenId: made.id } })
        .then((row) => (row?.firstUsedAt ? row : undefined)),
    );
    expect(usage).toMatchObject({ lastUsedIp: "192.0.2.7", allowed: 1n });
  });
});

describe("POST /v1/verify", () => {
  const APP = `Authorization: Basic ${Buffer.from("app:an app's secret").toString("base64")}`;
  const body = (secret: string) =>
    JSON.stringify({
      ...{ method: "GET", uri: "/rest/api/2/myself", host: "jira.corp", proto: "https", clientIp: "192.0.2.7" },
      headers: { authorization: `Bearer ${secret}` },
    });
  const post = (text: string, ...lines: string[]) =>
    rawRequest({ address: "127.0.0.1", port: one.port }, ["POST /v1/verify HTTP/1.1", APP, ...lines], text);

  test("says who may, in JSON, with the decision's own status", async () => {
    await statusOf(one, token.secret);
    const answer = await post(body(token.secret));
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.body)).toMatchObject({
      ...{ allowed: true, reason: "allowed", auth: "token", access: "write" },
      user: { id: maria, username: "Maria", groups: ["api-users"] },
      token: { id: token.id },
    });
    expect((await post(body(newSecret()))).status).toBe(401);
  });

  test("asks for the body that is only announced", async () => {
    const text = body(token.secret);
    const answer = await post(text, "Expect: 100-continue");
    expect([100, 200]).toContain(answer.status);
    expect(answer.status === 100 ? answer.body : "HTTP/1.1 200").toContain("HTTP/1.1 200");
  });

  test.each([
    ["no JSON", "{"],
    ["nothing", ""],
    ["more than 64 KB", "x".repeat(70_000)],
    ["an unknown field", JSON.stringify({ method: "GET", isAdmin: true })],
  ])("that carries %s is unreadable, and its caller goes on living", async (_what, text) => {
    expect((await post(text)).status).toBe(400);
    expect((await post(body(token.secret))).status).toBe(200);
  });

  test("is there for POST only, and not for gateways of another kind", async () => {
    for (const method of ["GET", "PUT", "HEAD"]) {
      const answer = await rawRequest({ address: "127.0.0.1", port: one.port }, [`${method} /v1/verify HTTP/1.1`, APP]);
      expect(answer.status).toBe(404);
    }
    expect((await askPlane(one.port, bearer(token.secret), "/v1/authz/nginx/app")).status).toBe(403);
  });
});

describe("the management listener", () => {
  const manage = (lines: string[]) => rawRequest({ address: "127.0.0.1", port: one.managementPort }, lines);

  test("says that it lives, that it is ready, and how it fares", async () => {
    expect((await manage(["GET /livez HTTP/1.1"])).status).toBe(200);
    const ready = await manage(["GET /readyz HTTP/1.1"]);
    expect([ready.status, JSON.parse(ready.body)]).toMatchObject([200, { ready: true, why: null }]);
    await statusOf(one, token.secret);
    const { body } = await manage(["GET /metrics HTTP/1.1"]);
    expect(body).toMatch(/^latchkey_decisions_total\{reason="allowed"\} [1-9]/m);
    expect(body).toMatch(/^latchkey_ready 1$/m);
    expect(body).toMatch(/^latchkey_cached_tokens [1-9]/m);
    // One HELP, one TYPE and at least one sample for each name, and nothing that is no number.
    for (const line of body.trim().split("\n"))
      expect(line).toMatch(/^(# (HELP|TYPE) latchkey_\S+ .+|latchkey_\w+(\{(reason|le)="[\w.+]+"\})? [\d.e+-]+)$/);
    expect(body).toMatch(/_seconds_bucket\{le="\+Inf"\} ([1-9]\d*)\n[\s\S]*_seconds_count \1$/m);
  });

  test("answers to its own address only, and never verifies", async () => {
    expect((await manage(["GET /metrics HTTP/1.1", "Host: evil.example"])).status).toBe(403);
    expect((await manage(["POST /readyz HTTP/1.1"])).status).toBe(405);
    expect((await manage([...["GET /v1/authz/nginx/gw1 HTTP/1.1"], ...asNginx(bearer(token.secret))])).status).toBe(
      404,
    );
  });
});

test("no secret and no credential was logged", () => {
  const all = [...one.lines, ...two.lines].join("");
  expect(all).not.toContain(token.secret);
  expect(all).not.toContain(GATEWAY_SECRET);
  expect(all).not.toMatch(/lk_[0-9A-Za-z]{32}/);
});
