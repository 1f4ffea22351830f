import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { operator } from "#lib/auth/actors";
import { createInstallation, type TestInstallation } from "#test/installation";
import { limits } from "#test/rules";
import { seedToken } from "#test/seeded";
import { lockoutInput } from "./draft-schema";
import { foreseeLockout } from "./queries";

// What is asked is judged by the clock, so the test begins now.
const NOW = Date.now();
const days = (count: number) => new Date(NOW + count * 86_400_000);
/** Where everybody came from: in the network as it is, and outside of what it becomes. */
const LEFT = "10.200.0.1";
const NARROWER = ["10.1.0.0/16"];
const OFFICE = { ranges: ["office"] };

let installation: TestInstallation;
let office: string;
beforeAll(async () => {
  installation = await createInstallation(NOW);
  const { db } = installation;
  office = (await db.network.create({ data: { name: "office", ranges: ["10.0.0.0/8"] } })).id;
  await db.network.create({ data: { name: "annex", ranges: ["10.200.0.0/16"] } });
});
afterAll(() => installation.close());

/** A token that came from these addresses, of the owner. */
async function seen(ownerId: string, some: object = {}, addresses: readonly string[] = [LEFT]) {
  const { id } = await seedToken(installation.db, ownerId, some);
  const times = { firstSeenAt: days(-9), lastSeenAt: days(-1), calls: 1n };
  const rows = addresses.map((address) => ({ tokenId: id, address, client: "c", ...times }));
  await installation.db.tokenSighting.createMany({ data: rows });
  return id;
}

async function tier(name: string, priority: number, some: object) {
  const group = await installation.db.group.create({ data: { externalId: name, name } });
  const groups = { create: [{ groupId: group.id }] };
  await installation.db.policy.create({ data: { name, nameKey: name, priority, use: true, groups, ...some } });
  return name;
}

const narrowed = async (ranges: readonly string[] = NARROWER, id = office) => {
  const found = await foreseeLockout(operator(), lockoutInput.parse({ change: "network.edit", id, ranges }));
  if (!found.ok) throw new Error(found.refusal.code);
  return found.value;
};
const losses = async (ranges?: readonly string[]) =>
  (await narrowed(ranges)).losses.map(({ count, what }) => [count, what]);
const came = (owners: string, what: string) => `of ${owners} came from outside of what ${what} would still allow`;

describe("other ranges of a network turn away", () => {
  test("nobody where nothing names it, or where they leave nothing out", async () => {
    await seen((await installation.person("una")).id);
    expect(await narrowed()).toMatchObject({ losses: [], unknown: [] });
  });

  test("tokens that name it themselves, unless something else in their list holds", async () => {
    const ivy = await installation.person("ivy");
    await seen(ivy.id, { ipRanges: ["office"] }, [LEFT, "10.201.0.1"]);
    await seen(ivy.id, { ipRanges: ["192.0.2.1", "office"] });
    await seen(ivy.id, { ipRanges: ["office", "annex"] });
    await seen(ivy.id, { ipRanges: ["office"] }, ["10.1.2.3", "192.0.2.1"]);
    await seen(ivy.id, { ipRanges: ["office"], revokedAt: days(-1), revokedBy: "x", revocationReason: "unused" });
    expect(await losses()).toEqual([[2, `tokens ${came("1 owner", "their own ranges")}`]]);
    expect(await losses(["10.0.0.0/8", "192.0.2.0/24"])).toEqual([]);
    await installation.db.token.deleteMany({ where: { ownerId: ivy.id } });
  });

  test("whom a tier holds that names it: its own tokens or all, not who stands in a tier above, nor who has a waiver", async () => {
    const group = await tier("makers", 700, { own: limits(OFFICE) });
    const above = await tier("chiefs", 701, {});
    const [mia, cleo] = [await installation.person("mia", [group]), await installation.person("cleo", [group, above])];
    await seen(mia.id);
    const issued = { grantBy: "delegation", delegationId: "01900000-0000-7000-8000-00000000000d", delegationName: "D" };
    await seen(mia.id, issued);
    await seen(mia.id, { waiverUntil: days(3), waiverBy: "x", waiverWhy: "x", waiverAccess: "read" });
    await seen(cleo.id);
    expect(await losses()).toEqual([[1, `token ${came("1 owner", "tier makers")}`]]);
    await installation.db.policy.updateMany({ where: { name: "makers" }, data: { own: limits(), ceiling: OFFICE } });
    expect(await losses()).toEqual([[2, `tokens ${came("1 owner", "the ceiling of tier makers")}`]]);
    await installation.db.policy.updateMany({ where: { name: "makers" }, data: { ceiling: { ranges: ["annex"] } } });
  });

  test("what a delegation has issued, and everybody of a kind whom a ceiling of the installation holds", async () => {
    const { db } = installation;
    const bot = await db.user.create({
      data: { username: "bot", usernameKey: "bot", displayName: "bot", kind: "service" },
    });
    const data = { name: "Desk", nameKey: "desk", powers: ["issue" as const], issue: limits(OFFICE) };
    const { id } = await db.delegation.create({ data });
    await seen(bot.id, { grantBy: "delegation", delegationId: id, delegationName: "Desk" });
    await seen(bot.id);
    expect(await losses()).toEqual([[1, `token ${came("1 owner", "delegation Desk")}`]]);
    await db.delegation.update({ where: { id }, data: { issue: limits() } });
    await db.settings.updateMany({ data: { ceilingServiceAccounts: OFFICE } });
    expect(await losses()).toEqual([[2, `tokens ${came("1 owner", "the ceiling over every service account")}`]]);
    await db.settings.updateMany({ data: { ceilingServiceAccounts: { ranges: ["annex"] } } });
  });

  test("everybody outside where the installation names it, whoever asks among them", async () => {
    const { db } = installation;
    await db.settings.updateMany({ data: { ranges: ["office", "192.0.2.0/24"] } });
    await installation.person("root", ["admins"]);
    await db.network.create({ data: { name: "home", ranges: ["192.0.2.0/24"] } });
    const found = await narrowed();
    expect(found.losses[0]).toMatchObject({ what: expect.stringMatching(/^tokens of \d owners came from outside$/) });
    expect(await narrowed([])).toEqual({ ...found, since: expect.any(String) });
    await db.settings.updateMany({ data: { ranges: ["home"] } });
    const { id } = await db.network.findUniqueOrThrow({ where: { name: "home" } });
    const draft = { change: "network.edit" as const, id, ranges: ["198.51.100.0/24"] };
    const own = await foreseeLockout(await installation.viewer("root"), draft);
    expect(own.ok && own.value.losses[0]?.what).toContain("You are at 192.0.2.1, outside");
  });

  test("nobody where there is no such network, and whoever may not look is told nothing", async () => {
    const draft = { change: "network.edit" as const, id: "01900000-0000-7000-8000-000000000000", ranges: [] };
    expect(await foreseeLockout(operator(), draft)).toMatchObject({ refusal: { code: "not_found" } });
    const una = await installation.viewer("una");
    expect(await foreseeLockout(una, { ...draft, id: office })).toMatchObject({ refusal: { code: "forbidden" } });
  });
});
