import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { operator } from "#lib/auth/actors";
import { execute } from "#lib/commands/execute";
import { digestOf } from "#lib/tokens/secret";
import { DAY, NOON } from "#test/rules";
import { createTokenWorld, JIRA, type TokenWorld } from "#test/token-world";
import { createToken } from "./create";
import { revokeToken } from "./revoke";

let world: TokenWorld;
beforeAll(async () => {
  world = await createTokenWorld();
});
afterAll(() => world.installation.close());

const create = (input: object, actor: Parameters<TokenWorld["run"]>[1] = world.ada, now = NOON) =>
  world.run(createToken, actor, { ...JIRA, ...input }, now);
const refusal = async (input: object, actor: Parameters<TokenWorld["run"]>[1] = world.ada) => {
  const done = await execute(world.installation.db, createToken, actor, { ...JIRA, ...input }, NOON);
  return done.ok ? null : done.refusal;
};

describe("creating a token", () => {
  it("answers with it as REST shows it, and with its secret once", async () => {
    const { token, secret } = await world.made({
      description: "Nightly",
      labels: ["a", "a"],
      ipRanges: ["10.0.0.0/8"],
    });
    expect(token).toMatchObject({
      name: "backup",
      description: "Nightly",
      labels: ["a"],
      owner: { username: "ada" },
      createdBy: "ada",
      grant: { by: "tier", name: "API users", grantor: null },
      applications: ["jira"],
      access: "write",
      ipRanges: ["10.0.0.0/8"],
      expiresAt: new Date(NOON + 30 * DAY).toISOString(),
      status: "active",
      waiver: null,
      rotatedFrom: null,
      version: 1,
    });
    expect(secret).toMatch(/^lk_[0-9A-Za-z]{38}$/);
    expect(token.hint).toBe(`${secret.slice(0, 6)}…${secret.slice(-4)}`);
    expect(JSON.stringify(token)).not.toContain(digestOf(secret));
  });

  it("keeps the digest only: the secret is nowhere in the database, its log included", async () => {
    const { token, secret } = await world.made();
    const { db } = world.installation;
    const kept = await db.token.findUniqueOrThrow({ where: { id: token.id }, select: { digest: true } });
    expect(Buffer.from(kept.digest ?? []).toString("hex")).toBe(digestOf(secret));
    const event = await db.auditEvent.findFirstOrThrow({ orderBy: { seq: "desc" } });
    expect(event).toMatchObject({ action: "token.created", subjectId: token.id, actorName: "ada" });
    expect(JSON.stringify(event.detail)).not.toContain(secret.slice(3, 35));
    expect(event.detail).toMatchObject({
      before: null,
      after: { owner: "ada", applications: ["jira"], access: "write" },
    });
  });

  it("takes the default lifetime when none is said, and at most the tier's longest", async () => {
    const end = (days: number) => new Date(NOON + days * DAY).toISOString();
    expect(await create({ expiresAt: end(90) })).toMatchObject({ token: { expiresAt: end(90) } });
    expect(await refusal({ expiresAt: end(91) })).toMatchObject({
      code: "limit_exceeded",
      errors: [{ path: "expiresAt", source: { kind: "tier", name: "API users" } }],
    });
    expect(await refusal({ expiresAt: null })).toMatchObject({ code: "limit_exceeded" });
    expect(await refusal({ expiresAt: end(0) })).toMatchObject({ code: "invalid_input" });
  });

  it("is for those whose tier lets them", async () => {
    expect(await create({}, world.bob)).toBe("not_granted");
    expect(await create({}, world.ann)).toMatchObject({ token: { grant: { name: "Administrators" } } });
  });

  it("carries what narrows it, and is shown and audited with it", async () => {
    const narrowing = {
      headerConditions: [{ name: "x-a", value: "b" }],
      pathRules: ["GET /rest/**"],
      timeWindow: { zone: "UTC", days: ["mon"], from: "06:00", to: "20:00" },
      rateLimit: { perMinute: 60, burst: 10 },
    };
    expect(await create(narrowing)).toMatchObject({ token: narrowing });
    expect(await create({ headerConditions: [{ name: "X-A", value: "b" }] })).toMatchObject({
      token: { headerConditions: [{ name: "x-a", value: "b" }], pathRules: [], timeWindow: null },
    });
  });

  it("has the highest rate that its tier allows, unless it says a lower one; none and a higher one are refused", async () => {
    expect(await create({})).toMatchObject({ token: { rateLimit: { perMinute: 600, burst: 600 } } });
    for (const rateLimit of [null, { perMinute: 601, burst: 1 }, { perMinute: 1, burst: 601 }])
      expect(await refusal({ rateLimit })).toMatchObject({
        code: "limit_exceeded",
        errors: [{ path: "rateLimit", source: { kind: "tier", name: "API users" } }],
      });
  });

  it.each([
    { name: "" },
    { name: "x".repeat(101) },
    { name: 7 },
    { access: undefined },
    { access: "admin" },
    { applications: undefined },
    { applications: [] },
    { applications: ["nope"] },
    { ipRanges: ["10.0.0.1/8"] },
    { ipRanges: ["nowhere"] },
    { expiresAt: "tomorrow" },
    { expiresAt: 1 },
    { unknown: true },
    { owner: "bob" },
    { override: true },
    { id: "0190d4a5-0000-7000-8000-00000000000a" },
    { name: "lk_a1B2a1B2a1B2a1B2a1B2a1B2a1B2a1B221o3DM" },
  ])("refuses %j as wrong input", async (wrong) => expect(await create(wrong)).toBe("invalid_input"));
});

describe("a token for the portal itself", () => {
  const own = { applications: ["latchkey"] };

  it("is never made by the operator, and for writing only by who is present", async () => {
    expect(await create({ ...own, owner: "ada" }, operator())).toBe("forbidden");
    expect(await create(own)).toHaveProperty("secret");
    expect(await create(own, world.ada, NOON + 11 * 60_000)).toBe("step_up_required");
    expect(await create({ ...own, access: "read" }, world.ada, NOON + 11 * 60_000)).toHaveProperty("secret");
  });

  it("makes tokens no wider than itself, and that end no later", async () => {
    const { token } = await world.made({
      applications: ["latchkey", "jira"],
      expiresAt: new Date(NOON + DAY).toISOString(),
    });
    const script = world.script(token.id, { expiresAt: NOON + DAY });
    expect(await create({}, script)).toMatchObject({ token: { expiresAt: new Date(NOON + DAY).toISOString() } });
    expect(await create({ applications: ["wiki"] }, script)).toBe("limit_exceeded");
    expect(await create({ expiresAt: new Date(NOON + 2 * DAY).toISOString() }, script)).toBe("limit_exceeded");
    expect(await create({}, world.script(token.id, { access: "read" }))).toBe("forbidden");
  });
});

describe("the operator", () => {
  it("makes what the owner could, says whose, and overrides only what is judged when made", async () => {
    const forBob = { owner: "BOB" };
    expect(await create({}, operator())).toBe("invalid_input");
    expect(await create({ owner: "nobody" }, operator())).toBe("not_found");
    expect(await create(forBob, operator())).toBe("not_granted");
    expect(await create({ ...forBob, override: true }, operator())).toBe("not_granted");
    expect(await create({ owner: "ada", expiresAt: null }, operator())).toBe("limit_exceeded");
    expect(await create({ owner: "ada", expiresAt: null, override: true }, operator())).toMatchObject({
      token: { expiresAt: null, owner: { username: "ada" } },
    });
    const event = await world.installation.db.auditEvent.findFirstOrThrow({ orderBy: { seq: "desc" } });
    expect(event).toMatchObject({ actorKind: "cli", detail: { after: { override: true } } });
  });
});

describe("the last place of a quota", () => {
  it("is given once, to one of several who ask at the same time; ending one frees it", async () => {
    const { db, person, viewer } = world.installation;
    const { id } = await person("racer", ["api-users"]);
    const racer = await viewer("racer");
    await world.fill("racer", 24);
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => create({}, racer)));
    expect(outcomes.filter((each) => each === "quota_exceeded")).toHaveLength(4);
    expect(await db.token.count({ where: { ownerId: id } })).toBe(25);
    const refused = await refusal({}, racer);
    expect(refused?.detail).toBe("25 of 25 active tokens of your own exist already; revoke one first: tier API users.");
    const { id: tokenId } = await db.token.findFirstOrThrow({ where: { ownerId: id }, select: { id: true } });
    await world.run(revokeToken, racer, { id: tokenId });
    expect(await create({}, racer)).toHaveProperty("secret");
  });
});
