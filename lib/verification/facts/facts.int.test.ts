import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createLog } from "#lib/log";
import { redact } from "#lib/redaction";
import { FREE } from "#lib/tokens/restrictions/restricted";
import { digestOf, newSecret } from "#lib/tokens/secret";
import { asAdmin } from "#test/database-cluster";
import { createInstallation, type TestInstallation } from "#test/installation";
import { seedApplication, seedGateway, seedToken } from "#test/seeded";
import { waitUntil } from "#test/upstreams/wait-until";
import { Facts } from "./facts";
import type { Outcome } from "./waiting";

const lines: string[] = [];
// Correctness, not speed, is what is looked at here: a busy machine must not matter.
const patience = { queryMs: 10_000, connectMs: 10_000 };
const log = createLog("debug", { write: (text) => lines.push(text) }, Date.now);

let installation: TestInstallation;
let facts: Facts;
let maria: string;

beforeAll(async () => {
  installation = await createInstallation();
  const { db, database } = installation;
  const jira = await seedApplication(db, "jira");
  await seedGateway(db, "gw1", "a gateway's secret", [jira]);
  maria = (await installation.person("Maria", ["api-users"])).id;
  facts = new Facts({ url: database.verifierUrl, name: () => "here", boundSeconds: 60, log, patience });
  facts.start();
  await ready();
});

afterAll(async () => {
  await facts.stop();
  await installation.close();
});

const ready = () => waitUntil("facts that may be used", () => (facts.undecidable === null ? true : undefined));
const lookUp = (digest: string) =>
  new Promise<Outcome>((settle) => {
    facts.lookUp(digest, 10_000, settle);
  });
/** What is known of a digest once everything so far has been applied. */
const applied = async () => {
  const [head] = await installation.db.$queryRaw<{ seq: bigint }[]>`SELECT seq FROM change_head`;
  await waitUntil("everything applied", () => (facts.state.applied >= Number(head?.seq) ? true : undefined));
};

describe("what is read", () => {
  test("the installation comes whole: policies, delegations, applications with routes, gateways, settings", () => {
    const { policies, delegations, applications, gateways, settings } = facts.installation?.facts ?? {};
    expect(policies?.map(({ name, use, members }) => [name, use, members.groupIds.length])).toEqual(
      expect.arrayContaining([
        ["Administrators", true, 1],
        ["API users", true, 1],
        ["Service accounts", true, 0],
      ]),
    );
    expect([...(delegations?.values() ?? [])].map(({ name, powers }) => [name, powers.length]).sort()).toEqual([
      ["Administrators", 4],
      ["Integrations", 1],
    ]);
    expect(applications?.find(({ key }) => key === "jira")).toMatchObject({
      kind: "jira",
      routes: [{ host: "jira.corp", context: "" }],
      credentials: { header: "X-Api-Token" },
    });
    expect(gateways?.get("gw1")).toMatchObject({
      applications: ["jira"],
      secretDigest: digestOf("a gateway's secret"),
    });
    expect(settings).toMatchObject({ tokenPrefix: "lk", quarantined: false, portalUrl: "http://localhost:3000" });
    expect(settings?.ceilings.persons).toEqual({ maxLifetimeDays: 365 });
    expect(lines.filter((line) => line.includes("unreadable"))).toEqual([]);
  });

  test("a token comes with its owner: groups by ref, aliases, names per application, and every date to the millisecond", async () => {
    const { db } = installation;
    const [jira] = await db.application.findMany({ where: { key: "jira" } });
    const rows = await installation.person("Zoë", ["api-users", "admins"]);
    await db.userAlias.create({ data: { key: "zoe@corp", alias: "Zoe@corp", userId: rows.id } });
    await db.userName.create({ data: { userId: rows.id, applicationId: jira?.id ?? "", name: "zoe.j" } });
    const at = (ms: number) => new Date(1_800_000_000_123 + ms);
    const { id, digest } = await seedToken(db, rows.id, {
      name: "Ünïcode \u{1f511}",
      allApplications: false,
      applications: ["jira", "wiki"],
      access: "read",
      ipRanges: ["10.0.0.0/8", "office"],
      createdAt: at(0),
      secretBornAt: at(1),
      expiresAt: at(2),
      suspendedAt: at(3),
      suspendedBy: "zoe",
      supersededAt: at(-1),
      overlapEndsAt: at(1),
      waiverUntil: at(4),
      waiverBy: "ann",
      waiverWhy: "grace",
      waiverAccess: "write",
      waiverAllApplications: true,
      waiverIpRanges: ["192.0.2.0/24"],
    });
    expect(await lookUp(digest)).toEqual({
      token: {
        ...{ id, name: "Ünïcode \u{1f511}", ownerId: rows.id, grant: { by: "tier" } },
        ...{ applications: ["jira", "wiki"], access: "read", ipRanges: ["10.0.0.0/8", "office"] },
        waiver: { until: at(4).getTime(), keeps: { access: "write", applications: "all", ipRanges: ["192.0.2.0/24"] } },
        createdAt: at(0).getTime(),
        secretBornAt: at(1).getTime(),
        expiresAt: at(2).getTime(),
        revokedAt: null,
        deniedAt: null,
        suspendedAt: at(3).getTime(),
        supersededAt: at(-1).getTime(),
        overlapEndsAt: at(1).getTime(),
        restrictions: ["ip_ranges"],
        restricted: FREE,
      },
      owner: {
        ...{ id: rows.id, username: "Zoë", kind: "person", deactivatedAt: null },
        aliases: ["zoe@corp"],
        usernames: { jira: "zoe.j" },
        groups: [
          { id: expect.any(String), ref: "admins" },
          { id: expect.any(String), ref: "api-users" },
        ],
      },
    });
  });

  test("a row that cannot be read is unreadable, not unknown, and the others of its batch are fine", async () => {
    const { digest: bad } = await seedToken(installation.db, maria);
    const { digest: good } = await seedToken(installation.db, maria);
    await installation.db.$executeRaw`UPDATE tokens SET expires_at = 'infinity' WHERE digest = decode(${bad}, 'hex')`;
    await applied();
    const [first, second] = await Promise.all([lookUp(bad), lookUp(good)]);
    expect(first).toBe("unreadable");
    expect(second).toMatchObject({ token: { expiresAt: null } });
    expect(lines.some((line) => line.includes("facts.token_unreadable"))).toBe(true);
  });

  test("a flood of look-ups goes in batches, and everybody gets the own answer", async () => {
    const tokens = await Promise.all(Array.from({ length: 20 }, () => seedToken(installation.db, maria)));
    await applied();
    const before = facts.state.loads;
    const random = Array.from({ length: 1_000 }, () => digestOf(newSecret()));
    const asked = [...random, ...tokens.map(({ digest }) => digest), ...tokens.map(({ digest }) => digest)];
    const outcomes = await Promise.all(asked.map(lookUp));
    expect(outcomes.slice(0, 1_000).every((outcome) => outcome === "unknown")).toBe(true);
    const ids = outcomes.slice(1_000).map((outcome) => typeof outcome === "object" && outcome.token.id);
    expect(ids).toEqual([...tokens, ...tokens].map(({ id }) => id));
    expect(facts.state.loads - before).toBeLessThanOrEqual(10);
  });
});

describe("what changes", () => {
  test.each([
    [
      "revoked",
      (id: string) =>
        installation.db.token.update({
          where: { id },
          data: { revokedAt: new Date(), revokedBy: "x", revocationReason: "unused" },
        }),
    ],
    [
      "suspended by hand in psql",
      (id: string) =>
        installation.db.$executeRaw`UPDATE tokens SET suspended_at = now(), suspended_by = 'x' WHERE id = ${id}::uuid`,
    ],
    [
      "of a deactivated owner",
      () => installation.db.user.update({ where: { id: maria }, data: { deactivatedAt: new Date() } }),
    ],
    ["of an owner who left a group", () => installation.db.membership.deleteMany({ where: { userId: maria } })],
    [
      "of an owner whose group was renamed",
      () => installation.db.group.updateMany({ where: { name: "api-users" }, data: { version: { increment: 1 } } }),
    ],
  ])("a token that was %s is forgotten as soon as the change is applied, and read anew", async (_what, change) => {
    const { id, digest } = await seedToken(installation.db, maria);
    const before = await lookUp(digest);
    expect(facts.find(digest)).toBe(before);
    await change(id);
    await applied();
    expect(facts.find(digest)).toBeUndefined();
    expect(await lookUp(digest)).not.toBe(before);
  });

  test("a new token works although its digest was asked for a moment before", async () => {
    const secret = newSecret();
    const digest = digestOf(secret);
    expect(await lookUp(digest)).toBe("unknown");
    expect(facts.find(digest)).toBe("unknown");
    await seedToken(installation.db, maria, { digest: Buffer.from(digest, "hex") });
    await applied();
    expect(await lookUp(digest)).toMatchObject({ owner: { id: maria } });
  });

  test("the installation is replaced whole before the change is acknowledged", async () => {
    await installation.db.network.create({ data: { name: "office", ranges: ["192.0.2.0/24"] } });
    await applied();
    expect(facts.installation?.facts.networks.get("office")).toEqual({ name: "office", ranges: ["192.0.2.0/24"] });
  });

  test("a new prefix is known to whoever writes lines of log: also what is cut short of its secrets is taken out", async () => {
    const cut = newSecret("firma").slice(0, 18);
    expect(redact(cut)).toBe(cut);
    await installation.db.settings.updateMany({ data: { tokenPrefix: "firma", retiredPrefixes: ["lk"] } });
    await applied();
    expect(redact(cut)).toBe("[redacted]");
    await installation.db.settings.updateMany({ data: { tokenPrefix: "lk", retiredPrefixes: ["firma"] } });
    await applied();
  });

  test("quarantine makes everything undecidable, and its end decidable again", async () => {
    await installation.db.settings.update({ where: { id: 1 }, data: { quarantinedAt: new Date() } });
    await waitUntil("quarantine", () => (facts.undecidable === "quarantined" ? true : undefined));
    await installation.db.settings.update({ where: { id: 1 }, data: { quarantinedAt: null } });
    await ready();
  });

  test("more changes than one pull fetches, or a head moved by hand, flush everything and leave nothing stale", async () => {
    const { id, digest } = await seedToken(installation.db, maria);
    await lookUp(digest);
    const before = facts.state.flushes;
    await asAdmin(installation.database.ownerUrl, ["UPDATE change_head SET seq = seq + 5"]);
    await installation.db.$executeRaw`SELECT pg_notify('latchkey', '')`.catch(() => undefined);
    await applied();
    expect(facts.state.flushes).toBeGreaterThan(before);
    expect(facts.find(digest)).toBeUndefined();
    expect(await lookUp(digest)).toMatchObject({ token: { id } });
  });
});
