import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SessionViewer } from "#lib/access/viewer";
import { execute } from "#lib/commands/execute";
import { createToken } from "#lib/tokens/commands/create";
import type { Made } from "#lib/tokens/made";
import { newSecret } from "#lib/tokens/secret";
import { type Asked, browserOf, call, outputOf } from "#test/api";
import { createInstallation, type TestInstallation } from "#test/installation";
import { GET as listTokens } from "./tokens/route";
import { POST } from "./tokens/self/rotate/route";
import { DELETE, GET } from "./tokens/self/route";

const A_WHILE = 120_000;
let installation: TestInstallation;
let ada: SessionViewer;
beforeAll(async () => {
  installation = await createInstallation(Date.now() - A_WHILE);
  const { db, person, viewer } = installation;
  const rules = { password: "block", foreignBearer: "block", oauth1: "block", otherScheme: "block", none: "block" };
  const credentials = { basic: true, bearer: true, header: null, query: null };
  const usernames = { aliases: false, empty: false };
  const upstream = { key: "jira", name: "Jira", kind: "jira" as const, rules, credentials, usernames };
  await db.application.create({ data: upstream });
  await person("ada", ["api-users"]);
  ada = await viewer("ada");
});
afterAll(() => installation.close());

const wish = { name: "backup", applications: ["jira"], access: "read" };
const made = (some: object = {}): Promise<Made> =>
  outputOf(execute(installation.db, createToken, ada, { ...wish, ...some }, Date.now() - A_WHILE));
const bearer = (secret: string) => ({ authorization: `Bearer ${secret}` });
const see = (headers: Record<string, string>, asked: Asked = {}) => call(GET, headers, asked);
const end = (headers: Record<string, string>, asked: Asked = {}) =>
  call(DELETE, headers, { method: "DELETE", ...asked });
const rotate = (secret: string, body: object = {}) => call(POST, bearer(secret), { method: "POST", body });
const selfRotation = (selfRotate: boolean) => installation.db.policy.updateMany({ data: { selfRotate } });
const stored = (id: string) => installation.db.token.findUniqueOrThrow({ where: { id } });
const lastEvents = (take: number) => installation.db.auditEvent.findMany({ orderBy: { seq: "desc" }, take });

describe("asking about oneself", () => {
  it("is for a token of any application, as Bearer or as Basic password, and counts as a use", async () => {
    const { token, secret } = await made();
    const basic = { authorization: `Basic ${Buffer.from(`token:${secret}`).toString("base64")}` };
    for (const headers of [bearer(secret), basic])
      expect(await see(headers)).toMatchObject({
        status: 200,
        body: { ...{ id: token.id, name: "backup", owner: { username: "ada" } }, status: "active", mayRotate: false },
      });
    expect((await see({ "x-api-token": secret })).status).toBe(401);
    const usage = await installation.db.tokenUsage.findUniqueOrThrow({ where: { tokenId: token.id } });
    expect(usage).toMatchObject({ allowed: 2n, lastUsedIp: "192.0.2.1" });
    expect((await see(bearer(secret), { query: "?verbose=1" })).status).toBe(422);
  });

  it("is answered alike to whatever is no token (any more), and to cookies", async () => {
    const { token, secret } = await made();
    await installation.db.token.update({
      where: { id: token.id },
      data: { suspendedAt: new Date(), suspendedBy: "ann" },
    });
    const { requestId: _, ...unknown } = (await see(bearer(newSecret()))).body;
    expect(unknown).toMatchObject({ status: 401, code: "unauthenticated" });
    const cookie = await browserOf(installation, ada);
    for (const headers of [{}, cookie, bearer(secret), bearer(`${secret}x`), bearer(secret.slice(0, -1))])
      expect((await see(headers)).body).toMatchObject(unknown);
    for (const other of ["Bearer eyJhbGciOi.x.y", `Bearer ${secret}, Bearer ${secret}`, `Digest ${secret}`, ""])
      expect((await see({ authorization: other })).status).toBeGreaterThanOrEqual(400);
    expect((await see({ ...cookie, ...bearer(secret) })).status).toBe(401);
  });

  it("is refused from where the token may not be used, and ending it is not", async () => {
    const { token, secret } = await made({ ipRanges: ["198.51.100.0/24"] });
    expect((await see(bearer(secret))).status).toBe(403);
    await installation.db.settings.updateMany({ data: { ranges: ["198.51.100.0/24"] } });
    expect((await see(bearer(secret))).status).toBe(403);
    expect(await end(bearer(secret))).toMatchObject({ status: 200, body: { status: "revoked" } });
    await installation.db.settings.updateMany({ data: { ranges: [] } });
    expect((await stored(token.id)).revokedBy).toBe("ada");
  });
});

describe("coming too often", () => {
  it("is told with the quota, about oneself as at any route of the API", async () => {
    const rateLimit = { perMinute: 1, burst: 1 };
    const routes = [
      [GET, { applications: ["jira"] }],
      [listTokens, { applications: ["latchkey"] }],
    ] as const;
    for (const [route, some] of routes) {
      const { secret } = await made({ ...some, rateLimit });
      expect((await call(route, bearer(secret))).status).toBe(200);
      const { status, headers } = await call(route, bearer(secret));
      const seconds = headers.get("retry-after");
      expect([status, seconds]).toEqual([429, expect.stringMatching(/^[1-5]?\d$|^60$/)]);
      const told = ["ratelimit-policy", "ratelimit"].map((name) => headers.get(name));
      expect(told).toEqual(['"token";q=1;w=60', `"token";r=0;t=${seconds}`]);
    }
  });
});

describe("ending oneself", () => {
  it("goes on while a restored backup, or a copy, is in quarantine; nothing else does", async () => {
    for (const quarantineWhy of ["behind", "elsewhere"]) {
      const { token, secret } = await made();
      await installation.db.settings.updateMany({ data: { quarantinedAt: new Date(), quarantineWhy } });
      const answers = [await see(bearer(secret)), await rotate(secret), await end(bearer(secret))];
      await installation.db.settings.updateMany({ data: { quarantinedAt: null, quarantineWhy: null } });
      expect(answers.map(({ status }) => status)).toEqual([503, 503, 200]);
      expect(await stored(token.id)).toMatchObject({ revokedBy: "ada" });
    }
  });

  it("is final, told to the log as done by the owner through the token, and leaves no credential", async () => {
    const { token, secret } = await made();
    const ended = await end(bearer(secret), { body: {} });
    expect(ended).toMatchObject({ status: 200, body: { id: token.id, status: "revoked", mayRotate: false } });
    expect(ended.body).toHaveProperty("enforcement");
    const [event] = await lastEvents(1);
    expect(event).toMatchObject({
      ...{ action: "token.revoked", actorKind: "token", actorName: "ada (token backup)", subjectId: token.id },
      ...{ actorId: ada.userId, address: "192.0.2.1" },
    });
    expect(JSON.stringify(event, (_, value) => (typeof value === "bigint" ? `${value}` : value))).not.toContain(
      secret.slice(3),
    );
    for (const answer of [await end(bearer(secret)), await see(bearer(secret)), await rotate(secret)])
      expect(answer.status).toBe(401);
  });

  it("takes nothing in its body, and ends nothing then", async () => {
    const { token, secret } = await made();
    expect((await end(bearer(secret), { body: { id: token.id } })).status).toBe(422);
    expect((await end(bearer(secret), { body: "{" })).status).toBe(400);
    expect((await end(bearer(secret), { body: `{"a":"${"x".repeat(2_000_000)}"}` })).status).toBe(413);
    expect((await stored(token.id)).revokedAt).toBeNull();
  });

  it("of several at once happens once", async () => {
    const { token, secret } = await made();
    const answers = await Promise.all([1, 2, 3, 4].map(() => end(bearer(secret))));
    for (const { status } of answers) expect([200, 401]).toContain(status);
    const told = { action: "token.revoked", subjectId: token.id };
    expect(await installation.db.auditEvent.count({ where: told })).toBe(1);
  });
});

describe("rotating oneself", () => {
  it("is an option of the tier", async () => {
    const { secret } = await made();
    expect(await rotate(secret)).toMatchObject({ status: 403, body: { code: "not_granted" } });
  });

  it("gives a successor that is the same and ends no later; the owner is told, the secret is in this answer only", async () => {
    await selfRotation(true);
    const { token, secret } = await made();
    expect((await see(bearer(secret))).body.mayRotate).toBe(true);
    const rotated = await rotate(secret, { overlap: "1h" });
    expect(rotated).toMatchObject({ status: 201, body: { token: { name: "backup", expiresAt: token.expiresAt } } });
    const next = String(rotated.body.secret);
    expect(await stored(token.id)).toMatchObject({ rotatedItselfAt: expect.any(Date) });
    const events = await lastEvents(2);
    expect(events.map(({ action, actorName }) => [action, actorName])).toEqual([
      ["token.created", "ada (token backup)"],
      ["token.rotated", "ada (token backup)"],
    ]);
    expect(JSON.stringify(events.map(({ detail }) => detail))).not.toContain(next.slice(10));
    expect((await see(bearer(secret))).body).toMatchObject({ status: "rotating", mayRotate: false });
    expect((await see(bearer(next))).body).toMatchObject({ status: "active", mayRotate: false });
    expect(await rotate(next)).toMatchObject({ status: 429, body: { code: "too_many_requests" } });
    expect((await rotate(secret)).body).toMatchObject({ code: "stale" });
    // Ended by the old secret, the new one lives: only what one holds can be ended.
    expect((await end(bearer(secret))).status).toBe(200);
    expect((await see(bearer(next))).status).toBe(200);
    await selfRotation(false);
  });

  it("of several at once has one winner; of rotating and ending, whoever comes first", async () => {
    await selfRotation(true);
    const { token, secret } = await made();
    const answers = await Promise.all([1, 2, 3].map(() => rotate(secret)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    expect(await installation.db.token.count({ where: { rotatedFromId: token.id } })).toBe(1);
    const other = await made();
    const [ended, rotated] = await Promise.all([end(bearer(other.secret)), rotate(other.secret, { overlap: "now" })]);
    expect(ended.status).toBe(200);
    expect([201, 401, 409]).toContain(rotated.status);
    expect((await see(bearer(other.secret))).status).toBe(401);
    await selfRotation(false);
  });
});
