import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { operator } from "#lib/auth/actors";
import { createInstallation, type TestInstallation } from "#test/installation";
import { seedApplication, seedGateway, seedToken } from "#test/seeded";
import { lockoutInput } from "./draft-schema";
import { foreseeLockout } from "./queries";
import { readAddresses } from "./store";

// What is asked is judged by the clock, so the test begins now.
const NOW = Date.now();
const DAY = 86_400_000;
const days = (count: number) => new Date(NOW + count * DAY);
const ALL_BLOCKED = { password: "block", foreignBearer: "block", oauth1: "block", otherScheme: "block", none: "block" };
const OFFICE = "10.0.0.0/8";
let installation: TestInstallation;
let jira: string;
let gateway: string;

beforeAll(async () => {
  installation = await createInstallation(NOW);
  const { db } = installation;
  jira = await seedApplication(db, "jira");
  await seedGateway(db, "gw1", "secret-of-gw1", [jira], { adapter: "forward", peers: ["10.9.0.0/16"] });
  gateway = (await db.gateway.findUniqueOrThrow({ where: { key: "gw1" } })).id;
  await db.gatewayContact.create({ data: { gatewayKey: "gw1", lastContactAt: days(-1), lastAddress: "10.9.0.1" } });
  const count = { hour: days(-2), gatewayKey: "gw1", applicationKey: "jira" };
  await db.verificationCount.createMany({
    data: [
      { ...count, reason: "allowed", auth: "token", count: 50n },
      { ...count, reason: "let_through", auth: "password", count: 9n },
      { ...count, reason: "password_blocked", auth: "password", count: 70n },
      { ...count, hour: days(-40), reason: "allowed", auth: "token", count: 1_000n },
    ],
  });
  await seeTokens();
  await seeOthers();
});
afterAll(() => installation.close());

async function seeTokens() {
  const { db } = installation;
  const [ada, bob] = [await installation.person("ada"), await installation.person("bob")];
  const sighted = async (ownerId: string, name: string, address: string, some: object = {}, at = -1) => {
    const { id } = await seedToken(db, ownerId, { name, ...some });
    const times = { firstSeenAt: days(-50), lastSeenAt: days(at), calls: 3n };
    await db.tokenSighting.create({ data: { tokenId: id, address, client: "curl/8", ...times } });
    return id;
  };
  await sighted(ada.id, "inside", "10.1.1.1");
  const roaming = await sighted(ada.id, "roaming", "192.0.2.7");
  const times = { firstSeenAt: days(-2), lastSeenAt: days(-2), calls: 1n };
  await db.tokenSighting.create({ data: { tokenId: roaming, address: "192.0.2.8", client: "curl/8", ...times } });
  await sighted(bob.id, "of six", "2001:db8::1");
  await sighted(bob.id, "long ago", "198.51.100.1", {}, -31);
  await sighted(bob.id, "ended", "198.51.100.2", { revokedAt: days(0), revokedBy: "x", revocationReason: "unused" });
  await sighted(bob.id, "superseded", "198.51.100.3", { supersededAt: days(-2), overlapEndsAt: days(-1) });
  await sighted(bob.id, "many", "(many)");
  const gone = await installation.person("gone");
  await sighted(gone.id, "of who left", "198.51.100.4");
  await db.user.update({ where: { id: gone.id }, data: { deactivatedAt: days(-1) } });
  const api = await seedToken(db, bob.id, { name: "of the API" });
  const used = { lastUsedAt: days(-1), lastUsedIp: "203.0.113.5" };
  await db.tokenUsage.upsert({ where: { tokenId: api.id }, create: { tokenId: api.id, ...used }, update: used });
  const path = { applicationKey: "jira", auth: "token", firstSeenAt: days(-3), lastSeenAt: days(-3), calls: 1n };
  await db.pathSighting.create({ data: { ...path, rule: "empty_segment", tokenId: roaming } });
  await db.pathSighting.create({ data: { ...path, rule: "empty_segment", tokenId: "(many)" } });
}

async function seeOthers() {
  const seen = { applicationKey: "jira", class: "password", client: "curl/8", firstSeenAt: days(-9), calls: 1n };
  await installation.db.credentialSighting.createMany({
    data: [
      { ...seen, outcome: "allowed", claimedName: "carol", address: "192.0.2.50", lastSeenAt: days(-1) },
      { ...seen, outcome: "allowed", claimedName: "dave", address: "10.2.2.2", lastSeenAt: days(-1) },
      { ...seen, outcome: "refused", claimedName: "erin", address: "192.0.2.51", lastSeenAt: days(-1) },
      { ...seen, outcome: "allowed", claimedName: "frank", address: "192.0.2.52", lastSeenAt: days(-40) },
    ],
  });
}

const asked = async (draft: object) => {
  const found = await foreseeLockout(operator(), lockoutInput.parse(draft));
  if (!found.ok) throw new Error(found.refusal.detail);
  return found.value;
};

describe("narrower ranges of the installation", () => {
  const narrowed = (...ranges: string[]) => asked({ change: "settings.ranges", ranges });

  test("turn away the tokens that came from outside in thirty days and have not ended, each once", async () => {
    const { losses, unknown, since } = await narrowed(OFFICE);
    expect(losses[0]).toMatchObject({ count: 3, what: expect.stringContaining("of 2 owners") });
    expect(losses[0]?.examples).toEqual([]);
    expect(unknown).toEqual([expect.stringContaining("more addresses than are kept apart")]);
    expect(Date.parse(since)).toBeLessThanOrEqual(Date.now() - 30 * DAY);
  });

  test("turn away what is not ours, if it passed and from outside", async () => {
    const { losses } = await narrowed(OFFICE);
    expect(losses[1]).toEqual({
      count: 1,
      what: expect.stringContaining("1 claimed name"),
      examples: ["jira"],
      more: false,
    });
  });

  test("turn away nobody where they hold every address", async () => {
    expect(await narrowed("0.0.0.0/0", "::/0")).toMatchObject({ losses: [], unknown: [] });
  });

  test("may name networks, and refuse those that do not exist", async () => {
    await installation.db.network.create({ data: { name: "six", ranges: ["2001:db8::/32"] } });
    expect((await narrowed(OFFICE, "six")).losses[0]).toMatchObject({ count: 2 });
    const refused = await foreseeLockout(operator(), { change: "settings.ranges", ranges: ["nowhere"] });
    expect(refused).toMatchObject({ ok: false, refusal: { code: "invalid_input", errors: [{ path: "ranges.0" }] } });
  });

  test("tell administrators where they are themselves", async () => {
    await installation.person("root", ["admins"]);
    const found = await foreseeLockout(await installation.viewer("root"), {
      change: "settings.ranges",
      ranges: [OFFICE],
    });
    expect(found.ok && found.value.losses[0]?.what).toContain("You are at 192.0.2.1, outside");
  });
});

describe("changes of gateways and applications", () => {
  test("of a gateway are judged by its last call and its questions", async () => {
    const found = await asked({ change: "gateway.edit", id: gateway, peers: [OFFICE], applications: [] });
    expect(found.losses).toEqual([
      { count: 129, what: expect.stringContaining("no longer ask"), examples: ["jira"], more: false },
    ]);
    const moved = await asked({ change: "gateway.edit", id: gateway, peers: ["10.8.0.0/16"] });
    expect(moved.losses).toMatchObject([{ what: expect.stringContaining("10.9.0.1") }]);
  });

  test("of an application are judged by who came and passed", async () => {
    const change = { change: "application.edit", id: jira, rules: { password: "block" } };
    const { losses, unknown } = await asked({ ...change, pathFilter: { empty_segment: "block" } });
    expect(losses[0]).toMatchObject({ count: 2 });
    expect([...(losses[0]?.examples ?? [])].sort()).toEqual(["carol", "dave"]);
    // It was off, so that what was recorded is of another time; nobody was refused by it.
    expect(losses[1]).toMatchObject({ count: 1, examples: ["roaming of ada"], more: false });
    expect(unknown).toContainEqual(expect.stringMatching(/^Some tokens .* too many to keep apart/));
  });

  test("of what there is not are not found", async () => {
    const id = "01900000-0000-7000-8000-000000000000";
    for (const change of ["gateway.edit", "application.edit"] as const) {
      expect(await foreseeLockout(operator(), { change, id })).toMatchObject({ refusal: { code: "not_found" } });
    }
  });
});

test("one class crowds out no other, and each is counted whole however many came", async () => {
  const { db } = installation;
  const crowd = await seedApplication(db, "crowd");
  const seen = { applicationKey: "crowd", outcome: "allowed", client: "c", firstSeenAt: days(-9), calls: 1n };
  const addresses = Array.from({ length: 5_100 }, (_, n) => `10.7.${n >> 8}.${n & 255}`);
  const browsers = { ...seen, class: "none", claimedName: "", lastSeenAt: days(-1) };
  await db.credentialSighting.createMany({ data: addresses.map((address) => ({ ...browsers, address })) });
  const job = { ...seen, class: "password", claimedName: "Nightly-Job", lastSeenAt: days(-2) };
  const lumped = { ...job, claimedName: "(many)", address: "(many)" };
  await db.credentialSighting.createMany({ data: [{ ...job, address: "10.1.1.1" }, lumped] });
  const change = { change: "application.edit", id: crowd } as const;
  const { losses, unknown } = await asked({ ...change, rules: { password: "block", none: "block" } });
  expect(losses).toMatchObject([
    { count: 1, examples: ["Nightly-Job"], more: false },
    { count: 5_100, more: true },
  ]);
  expect(unknown).toEqual([expect.stringContaining("senders of passwords were too many to keep apart")]);
  const excepted = { rules: { password: "block" }, exceptions: { password: { users: ["nightly-job"], paths: [] } } };
  expect((await asked({ ...change, ...excepted })).losses).toEqual([]);
});

test("names of every alphabet are folded as usernames are, whatever the database makes of upper case", async () => {
  const { db } = installation;
  const letters = await seedApplication(db, "letters");
  const seen = { applicationKey: "letters", class: "password", outcome: "allowed", client: "c", calls: 1n };
  const times = { firstSeenAt: days(-9), lastSeenAt: days(-1) };
  // A final sigma and a dotted İ are made lower by Unicode's full rules alone, and Ö may be two code points.
  const claimed = ["ΝΙΚΟΣ", "İnci", "JO\u0308RG", "ОЛЬГА", "Mara"];
  const rows = claimed.map((claimedName, n) => ({ ...seen, ...times, claimedName, address: `10.1.2.${n}` }));
  await db.credentialSighting.createMany({ data: rows });
  const block = { change: "application.edit", id: letters, rules: { password: "block" } } as const;
  const spared = { password: { users: ["Νικος", "i̇nci", "jörg", "ольга"], paths: [] } };
  expect((await asked({ ...block, exceptions: spared })).losses).toMatchObject([{ count: 1, examples: ["Mara"] }]);

  const excepted = { users: ["νικος", "İNCi", "Jörg", "Ольга", "mara"], paths: [] };
  const data = { rules: { ...ALL_BLOCKED }, exceptions: { password: excepted } };
  await db.application.update({ where: { id: letters }, data });
  const fewer = { password: { users: ["mara"], paths: [] } };
  expect((await asked({ ...block, exceptions: fewer })).losses).toMatchObject([{ count: 4, more: false }]);
});

test("addresses are looked through up to a bound, the last first, and it is told that there were more", async () => {
  const { db } = installation;
  const all = await readAddresses(db, days(-30));
  const two = await readAddresses(db, days(-30), 2);
  expect([all.looked, two.looked, two.addresses.length]).toEqual([null, 2, 2]);
});

test("who sees neither settings nor gateways is told nothing", async () => {
  await installation.person("uma");
  const refused = await foreseeLockout(await installation.viewer("uma"), {
    change: "settings.ranges",
    ranges: [OFFICE],
  });
  expect(refused).toMatchObject({ ok: false, refusal: { code: "forbidden" } });
});
