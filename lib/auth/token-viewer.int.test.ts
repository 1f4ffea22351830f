import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { HeaderCondition, RateLimit } from "#lib/tokens/restrictions/restrictions";
import { digestOf, hintOf, newSecret } from "#lib/tokens/secret";
import { createInstallation, type TestInstallation } from "#test/installation";
import { viewerOfAuthorization } from "./token-viewer";

const NOW = Date.UTC(2026, 10, 22, 12);
let installation: TestInstallation;
let ownerId: string;
beforeAll(async () => {
  installation = await createInstallation(NOW);
  ({ id: ownerId } = await installation.person("mara", ["api-users"]));
});
afterAll(() => installation.close());

type Facts = {
  applications?: string[];
  access?: "read" | "write";
  expiresAt?: Date;
  revoked?: boolean;
  ipRanges?: string[];
  rateLimit?: RateLimit;
  headerConditions?: HeaderCondition[];
};

async function token({ applications = ["latchkey"], access = "write", revoked = false, ...facts }: Facts = {}) {
  const secret = newSecret();
  const digest = new Uint8Array(Buffer.from(digestOf(secret), "hex"));
  const ended = revoked
    ? { revokedAt: new Date(NOW - 1), revokedBy: "x", revocationReason: "superseded" as const }
    : {};
  const born = {
    digest,
    hint: hintOf(secret),
    secretBornAt: new Date(NOW - 1),
    createdBy: "mara",
    grantBy: "tier" as const,
  };
  const row = await installation.db.token.create({
    data: { ownerId, name: "script", access, applications, ...born, ...ended, ...facts },
  });
  return { id: row.id, secret, bearer: `Bearer ${secret}` };
}

const ask = (authorization: string, method = "GET", address = "192.0.2.1", headers: Record<string, string> = {}) =>
  viewerOfAuthorization(
    installation.db,
    new Request("http://localhost:3000/api/v1/tokens?limit=3", { method, headers }),
    authorization,
    address,
    NOW,
  );

describe("a token for latchkey", () => {
  it("speaks for its owner, as Bearer or as Basic password", async () => {
    const { id, secret, bearer } = await token();
    const expected = {
      ok: true,
      value: { kind: "token", username: "mara", tokenId: id, access: "write", applications: ["latchkey"] },
    };
    expect(await ask(bearer, "POST")).toMatchObject(expected);
    expect(await ask(`Basic ${Buffer.from(`MARA:${secret}`).toString("base64")}`)).toMatchObject(expected);
  });

  it("that only reads is refused when it writes", async () => {
    const { bearer } = await token({ access: "read" });
    expect(await ask(bearer)).toMatchObject({ ok: true, value: { access: "read" } });
    expect(await ask(bearer, "POST")).toMatchObject({ refusal: { code: "forbidden" } });
  });

  it("is needed: one for other applications, or for all of them, never opens the portal", async () => {
    for (const facts of [{ applications: ["jira"] }, { applications: [], allApplications: true }]) {
      const { bearer } = await token(facts);
      expect(await ask(bearer)).toMatchObject({ refusal: { code: "forbidden" } });
    }
  });

  it("is held to its rate, and told when to come again; and to a header, which our own API sees too", async () => {
    const { bearer } = await token({ rateLimit: { perMinute: 1, burst: 1 } });
    expect(await ask(bearer)).toMatchObject({ ok: true });
    expect(await ask(bearer)).toMatchObject({ refusal: { code: "too_many_requests", retryAfterSeconds: 60 } });
    const asked = await token({ headerConditions: [{ name: "x-team", value: "a" }] });
    expect(await ask(asked.bearer)).toMatchObject({ refusal: { code: "forbidden" } });
    expect(await ask(asked.bearer, "GET", "192.0.2.1", { "X-Team": "a" })).toMatchObject({ ok: true });
  });

  it("stops at once when revoked, expired, from elsewhere, or when its owner loses the tier", async () => {
    const refused = { refusal: { code: "unauthenticated" } };
    expect(await ask((await token({ revoked: true })).bearer)).toMatchObject(refused);
    expect(await ask((await token({ expiresAt: new Date(NOW) })).bearer)).toMatchObject(refused);
    expect(await ask(`Bearer ${newSecret()}`)).toMatchObject(refused);
    const near = await token({ ipRanges: ["198.51.100.0/24"] });
    expect(await ask(near.bearer)).toMatchObject({ refusal: { code: "forbidden" } });
    expect(await ask(near.bearer, "GET", "unknown")).toMatchObject({ ok: false });
    const { bearer } = await token();
    const memberships = await installation.db.membership.findMany({ where: { userId: ownerId } });
    await installation.db.membership.deleteMany({ where: { userId: ownerId } });
    expect(await ask(bearer)).toMatchObject({ refusal: { code: "forbidden" } });
    await installation.db.membership.createMany({ data: memberships });
    expect(await ask(bearer)).toMatchObject({ ok: true });
  });

  it("is the only thing that is accepted: no password, no foreign token, nothing broken", async () => {
    const basic = (text: string) => `Basic ${Buffer.from(text).toString("base64")}`;
    for (const other of [
      basic("mara:hunter2"),
      "Bearer eyJhbGciOi.x.y",
      "Negotiate abc",
      "Bearer lk_short",
      "",
      "Bearer a, Bearer b",
    ]) {
      expect((await ask(other)).ok).toBe(false);
    }
  });

  it("has every use noted, of five at the same time too", async () => {
    const { id, bearer } = await token();
    await Promise.all([1, 2, 3, 4, 5].map(() => ask(bearer)));
    expect(await installation.db.tokenUsage.findUniqueOrThrow({ where: { tokenId: id } })).toMatchObject({
      lastUsedIp: "192.0.2.1",
      allowed: 5n,
      refused: 0n,
    });
  });
});
