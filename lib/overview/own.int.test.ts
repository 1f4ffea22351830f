import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { operator } from "#lib/auth/actors";
import { createInstallation, type TestInstallation } from "#test/installation";
import { seedToken } from "#test/seeded";
import { findOwnOverview } from "./queries-own";

const NOW = Date.UTC(2026, 10, 22, 12);
const DAY = 86_400_000;
const at = (days: number) => new Date(NOW + days * DAY);
let installation: TestInstallation;
let mara: string;
beforeAll(async () => {
  installation = await createInstallation(NOW);
  mara = (await installation.person("mara")).id;
});
afterAll(() => installation.close());

async function token(name: string, some: object = {}, usage: object = {}, ownerId = mara) {
  const { id } = await seedToken(installation.db, ownerId, { name, secretBornAt: at(-3), ...some });
  await installation.db.tokenUsage.update({ where: { tokenId: id }, data: usage });
  return id;
}
const own = async (name = "mara") => findOwnOverview(await installation.viewer(name), NOW);
const waits = async () =>
  Object.fromEntries((await own())?.waits.map(({ key, count, first }) => [key, [count, first.name]]) ?? []);

describe("the overview of an owner", () => {
  it("is quiet where nothing is to be done", async () => {
    await token("in use", { expiresAt: at(60) }, { lastUsedAt: at(-0.1), allowed: 3n });
    await token("endless and young");
    expect(await own()).toMatchObject({ waits: [], tokens: 2, hours: [] });
  });

  it("tells what waits, once it does and only while it does, the most urgent first", async () => {
    const refused = { lastRefusedAt: at(-0.2), lastRefusedReason: "token_address_refused" };
    const id = await token("refused", {}, refused);
    await token("refused, then let through", {}, { ...refused, lastUsedAt: at(-0.1) });
    await token("refused long ago", {}, { ...refused, lastRefusedAt: at(-2) });
    await token("in two weeks", { expiresAt: at(13) });
    await token("tomorrow", { expiresAt: at(1) });
    const leaked = (days: number) => ({
      ...{ leakReportedAt: at(days), revokedAt: at(days), revokedBy: "a leak report" },
      revocationReason: "key_compromise",
    });
    await token("found", leaked(-29));
    await token("found long ago", leaked(-31));
    await token("rotated itself", { rotatedItselfAt: at(-6), supersededAt: at(-6), overlapEndsAt: at(-5) });
    await token("rotated itself long ago", { rotatedItselfAt: at(-8), supersededAt: at(-8), overlapEndsAt: at(-7) });
    await token("rotated already", { expiresAt: at(1), supersededAt: at(-0.5), overlapEndsAt: at(0.5) });
    await token("gone", { expiresAt: at(-5) }, { lastRefusedAt: at(-0.1), lastRefusedReason: "token_expired" });
    await token("waived", { waiverUntil: at(5), waiverBy: "ann", waiverWhy: "x", waiverAccess: "read" });
    await token("pending", { secretBornAt: null, digest: null, hint: null });
    await token("forgotten", { secretBornAt: at(-31) });
    await token("forgotten and over", {
      ...{ secretBornAt: at(-31), revokedAt: at(-1), revokedBy: "mara", revocationReason: "unused" },
    });
    const told = {
      leaked: [1, "found"],
      refused: [1, "refused"],
      rotated: [1, "rotated itself"],
      ending: [2, "tomorrow"],
      knocking: [1, "gone"],
      waived: [1, "waived"],
      pending: [1, "pending"],
      unused: [1, "forgotten"],
    };
    expect(await waits()).toEqual(told);
    expect((await own())?.waits[1]?.first.id).toBe(id);
    await installation.db.tokenUsage.update({ where: { tokenId: id }, data: { lastUsedAt: at(0) } });
    expect(await waits()).not.toHaveProperty("refused");
  });

  it("adds up the calls of all one's tokens by hour, and of nobody else's", async () => {
    const { db, person } = installation;
    const other = (await person("other")).id;
    const hour = (tokenId: string, days: number, allowed: bigint, refused: bigint) =>
      db.tokenUsageHour.create({ data: { tokenId, hour: at(days), allowed, refused } });
    const [one, two] = [await token("one"), await token("two", { expiresAt: at(-1) })];
    const theirs = await token("theirs", { expiresAt: at(1) }, {}, other);
    await hour(one, -1, 5n, 1n);
    await hour(two, -1, 2n, 0n);
    await hour(one, -40, 1_000n, 0n);
    await hour(theirs, -1, 70n, 7n);
    expect((await own())?.hours).toEqual([{ at: at(-1).getTime(), allowed: 7, refused: 1 }]);
    expect(await own("other")).toMatchObject({
      tokens: 1,
      waits: [{ key: "ending", count: 1, first: { name: "theirs" } }],
      hours: [{ allowed: 70, refused: 7 }],
    });
  });

  it("tells maintainers what happened to secrets of their service accounts, by name or by group, and nobody else", async () => {
    const { db, person } = installation;
    const [ben] = [await person("ben"), await person("pia", ["api-users"]), await person("eve")];
    const group = await db.group.findFirstOrThrow({ where: { name: "api-users" }, select: { id: true } });
    const maintainers = { create: [{ userId: ben.id }, { groupId: group.id }] };
    const account = { kind: "service" as const, username: "bot", usernameKey: "bot", displayName: "Bot", maintainers };
    const bot = await db.user.create({ data: account, select: { id: true } });
    const ended = { revokedAt: at(-1), revokedBy: "a leak report", revocationReason: "key_compromise" };
    await token("of the bot", { ...ended, leakReportedAt: at(-1) }, {}, bot.id);
    await token("replaced by it", { rotatedItselfAt: at(-1) }, {}, bot.id);
    await token("ends soon", { expiresAt: at(1) }, {}, bot.id);
    for (const name of ["ben", "pia"])
      expect((await own(name))?.waits.map(({ key, first }) => [key, first.name])).toEqual([
        ["leaked", "of the bot"],
        ["rotated", "replaced by it"],
      ]);
    expect((await own("eve"))?.waits).toEqual([]);
  });

  it("is nothing for who owns nothing", async () => {
    await installation.person("new");
    expect(await own("new")).toEqual({ waits: [], tokens: 0, hours: [] });
    expect(await findOwnOverview(operator(), NOW)).toBeNull();
  });
});
