import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DAYS } from "#lib/tokens/restrictions/restrictions";
import { newSecret } from "#lib/tokens/secret";
import { ALONE, type SaidAloneId } from "#test/gateways/protocols";
import { createInstallation, type TestInstallation } from "#test/installation";
import { GATEWAY_SECRET, startPlane, type TestPlane } from "#test/plane";
import { type Issued, seedApplication, seedGateway, seedToken } from "#test/seeded";
import { type RawAnswer, rawRequest } from "#test/upstreams/raw-request";
import { waitUntil } from "#test/upstreams/wait-until";
import { bearing, inThreeDays } from "#test/ways/limits";
import { NOT_OURS } from "#test/ways/originals";
import { CLIENT } from "#test/ways/way";
import { byApi } from "#test/ways/ways";

// Introspection (RFC 7662) is the sixth way to ask: about a token alone. What of the contract can be said of one, it says.

let installation: TestInstallation;
let at: TestPlane;
let maria: string;
let tokens: Record<"read" | "write", Issued>;

beforeAll(async () => {
  installation = await createInstallation();
  const { db, database } = installation;
  const jira = await seedApplication(db, "jira", "jira", { identity: "header" });
  await seedGateway(db, "app", GATEWAY_SECRET, [jira], { adapter: "api" });
  const lax = await seedApplication(db, "lax", "jira", { identity: "header", introspectRestricted: true });
  await seedGateway(db, "lax", GATEWAY_SECRET, [lax], { adapter: "api" });
  maria = (await installation.person("maria", ["api-users"])).id;
  tokens = { read: await seedToken(db, maria, { access: "read" }), write: await seedToken(db, maria) };
  at = await startPlane(database.verifierUrl, "v1");
});
afterAll(async () => {
  await at.stop();
  await installation.close();
});

const formOf = (...secrets: readonly string[]) =>
  secrets.map((secret) => `token=${encodeURIComponent(secret)}`).join("&");
function once(form: string, gatewaySecret = GATEWAY_SECRET, key = "app"): Promise<RawAnswer> {
  const caller = Buffer.from(`${key}:${gatewaySecret}`).toString("base64");
  const type = "Content-Type: application/x-www-form-urlencoded";
  const lines = ["POST /oauth2/introspect HTTP/1.1", `Authorization: Basic ${caller}`, type];
  return rawRequest({ address: "127.0.0.1", port: at.port }, lines, form);
}
/** A busy machine may miss the deadline of a first look-up, which is then 503 as it should be. */
const ask = (form: string, gatewaySecret?: string, key?: string): Promise<RawAnswer> =>
  waitUntil("a decision", async () => {
    const answer = await once(form, gatewaySecret, key);
    return answer.status === 503 ? undefined : answer;
  });
async function told({ secret }: Pick<Issued, "secret">, key?: string) {
  const { status, body } = await ask(formOf(secret), undefined, key);
  expect(status).toBe(200);
  return JSON.parse(body);
}

const INACTIVE = { active: false };

/** A token that may only read is, from now on: a first look-up may be late, and have taken the only request of the minute. */
const known = (secret: string) =>
  waitUntil("it is known", async () => {
    const { status } = await byApi(at.port)({ method: "DELETE", lines: ["Authorization", `Bearer ${secret}`] });
    return status === 403 ? true : undefined;
  });

/** A token that is restricted so is inactive, but for an application that takes it without its restriction being seen. */
async function unseen(some: Parameters<typeof seedToken>[2]): Promise<void> {
  const token = await seedToken(installation.db, maria, some);
  expect(await told(token)).toEqual(INACTIVE);
  expect(await told(token, "lax")).toMatchObject({ active: true, aud: ["lax"] });
}

/** Each is proven by the function of its name. */
const PROVES: Record<SaidAloneId, () => Promise<void>> = {
  async reads() {
    expect(await told(tokens.read)).toMatchObject({ active: true, scope: "read" });
  },

  async writes() {
    expect(await told(tokens.write)).toMatchObject({ active: true, scope: "read write" });
  },

  async unauthenticated() {
    const now = new Date();
    const revoked = { revokedAt: now, revokedBy: "x", revocationReason: "unused" } as const;
    const secrets = [newSecret(), tokens.read.secret.slice(0, -1)];
    for (const some of [revoked, { suspendedAt: now, suspendedBy: "x" }, { expiresAt: now }])
      secrets.push((await seedToken(installation.db, maria, some)).secret);
    const bodies = await Promise.all(secrets.map(async (secret) => (await ask(formOf(secret))).body));
    expect(new Set(bodies)).toEqual(new Set([JSON.stringify(INACTIVE)]));
  },

  async unreadable() {
    const { secret } = tokens.write;
    for (const form of [formOf(secret, secret), formOf(secret, newSecret()), "", "token=", `secret=${secret}`])
      expect([form, (await ask(form)).status]).toEqual([form, 400]);
  },

  async secret() {
    const answers = new Set<string>();
    for (const secret of [tokens.write.secret, newSecret()]) {
      const { status, headers, body } = await ask(formOf(secret), "guess");
      expect([status, headers["www-authenticate"]?.length]).toEqual([401, 1]);
      answers.add(body);
    }
    expect(answers.size).toBe(1);
  },

  async rate() {
    const slow = await seedToken(installation.db, maria, { rateLimit: { perMinute: 1, burst: 1 }, access: "read" });
    await known(slow.secret);
    expect(await told(slow)).toMatchObject({ active: true });
    expect(await told(slow)).toEqual(INACTIVE);
  },

  async ownerRate() {
    const hans = (await installation.person("hans", ["api-users"])).id;
    const of = () => seedToken(installation.db, hans, { access: "read" });
    const [first, second] = [await of(), await of()];
    for (const { secret } of [first, second]) await known(secret);
    await bearing({ installation, at }, "ownerRate", { perMinute: 1, burst: 1 }, async () => {
      expect(await told(first)).toMatchObject({ active: true });
      expect(await told(second)).toEqual(INACTIVE);
      expect(await told(tokens.read)).toMatchObject({ active: true });
    });
    expect(await told(second)).toMatchObject({ active: true });
  },

  failures: () =>
    bearing({ installation, at }, "failureRate", { perMinute: 1, burst: 1 }, async () => {
      for (const secret of [newSecret(), newSecret(), newSecret()]) expect(await told({ secret })).toEqual(INACTIVE);
      expect(await told(tokens.read)).toMatchObject({ active: true });
    }),

  address: () => unseen({ ipRanges: [`${CLIENT}/32`] }),
  conditions: () => unseen({ headerConditions: [{ name: "x-team", value: "release" }] }),
  pathRules: () => unseen({ pathRules: ["GET /rest/**"] }),

  async time() {
    const always = { zone: "UTC", days: [...DAYS], from: "00:00", to: "24:00" };
    await unseen({ timeWindow: always });
    const closed = await seedToken(installation.db, maria, { timeWindow: { ...always, days: [inThreeDays()] } });
    for (const key of ["app", "lax"]) expect(await told(closed, key)).toEqual(INACTIVE);
  },

  async identity() {
    const { iat, exp, ...who } = await told(tokens.read);
    expect([Number.isInteger(iat), exp - Date.now() / 1_000 <= 60]).toEqual([true, true]);
    expect(who).toEqual({
      ...{ active: true, scope: "read", token_type: "Bearer", username: "maria", sub: maria, aud: ["jira"] },
      ...{ client_id: tokens.read.id, jti: tokens.read.id },
    });
  },

  async observed() {
    for (const [, credential = ""] of Object.values(NOT_OURS))
      expect(await told({ secret: credential.slice(credential.indexOf(" ") + 1) })).toEqual(INACTIVE);
  },

  async quarantine() {
    const quarantine = (quarantinedAt: Date | null) =>
      installation.db.settings.update({ where: { id: 1 }, data: { quarantinedAt } });
    await quarantine(new Date());
    await waitUntil("the verifier knows", () => at.plane.facts.undecidable !== null || undefined);
    const { status, headers, body } = await once(formOf(tokens.read.secret));
    expect([status, headers["retry-after"], JSON.parse(body)]).toEqual([
      503,
      ["1"],
      { error: "temporarily_unavailable" },
    ]);
    await quarantine(null);
    expect(await told(tokens.read)).toMatchObject({ active: true });
  },
};
const IDS = Object.keys(ALONE).filter((id): id is SaidAloneId => id in ALONE);

describe("asked about a token alone", () => {
  test.each(IDS.map((id) => [ALONE[id], id] as const))("%s", (_said, id) => PROVES[id]());
});

test("no secret was logged", () => {
  const all = at.lines.join("");
  for (const secret of [tokens.read.secret, tokens.write.secret, GATEWAY_SECRET]) expect(all).not.toContain(secret);
});
