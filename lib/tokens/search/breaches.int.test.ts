import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Prisma } from "#lib/db/client";
import type { Rules } from "#lib/policies/rules";
import { readInstallationFacts } from "#lib/verification/facts/portal";
import { anyKept, anyRules } from "#test/arbitraries";
import { asAdmin } from "#test/database-cluster";
import { createInstallation, type TestInstallation } from "#test/installation";
import { inOrder, readCrowd } from "#test/naive-search";
import { DAY, limits, NOON, policy, rules } from "#test/rules";
import { seedSmallWorld, writeRules } from "#test/rules-in-database";
import { breachesOf } from "../making/breach";
import { applicationsOf, datedOf, holderOf, shownRestrictions } from "../row";
import { digestOf, newSecret } from "../secret";
import { hasEnded } from "../status";
import { readied } from "../store-breaches";
import { countTokens, findTokenIds } from "../store-search";
import { inPieces } from "../store-shapes";
import { tokenFilter } from "./filter";

const GROUPS = ["g-0", "g-1", "g-2"];
const sample = <T>(arbitrary: fc.Arbitrary<T>, count: number, seed: number) =>
  fc.sample(arbitrary, { numRuns: count, seed });
const delegationId = (name: string) => `0190d4a5-0000-7000-8000-00000000000${name.at(-1)}`;

let installation: TestInstallation;
let groups: ReadonlyMap<string, string>;
const idOf = (name: string) => groups.get(name) ?? delegationId(name);
const write = (rules: Rules) => writeRules(installation.db, rules, idOf);

/** Owners in every set of groups, of both kinds, and among them tokens of every shape, born at odd moments. */
beforeAll(async () => {
  installation = await createInstallation(NOON);
  const { db } = installation;
  groups = await seedSmallWorld(db, GROUPS);
  const owners = Array.from({ length: 16 }, (_, n) => ({
    ...({ username: `u${n}`, usernameKey: `u${n}`, displayName: `u${n}`, kind: n < 8 ? "person" : "service" } as const),
    memberships: {
      create: GROUPS.filter((_name, bit) => (n >> bit) % 2 === 1).map((name) => ({
        groupId: idOf(name),
        addedBy: "test",
      })),
    },
  }));
  const ids: string[] = [];
  for (const data of owners) ids.push((await db.user.create({ data, select: { id: true } })).id);
  const data = sample(anyKept, 320, 7).map(({ grant, applications, expiresAt, ipRanges, narrowing, ...some }, n) => {
    const born = NOON - 5 * DAY - (n % 7) * 1_234_567;
    const odd = [0, 1, -1, 3_600_000][n % 4] ?? 0;
    const names = { name: `t${n}`, description: some.description, contact: some.contact, createdBy: "test" };
    const { rateLimit } = narrowing;
    return {
      rateLimit: rateLimit === null ? Prisma.DbNull : { ...rateLimit },
      ...{ ...names, ownerId: ids[n % 16] ?? "", access: some.access, ipRanges: [...ipRanges] },
      ...(grant.by === "tier" ? {} : { delegationId: idOf(grant.delegationId), delegationName: grant.delegationId }),
      ...{ grantBy: grant.by === "tier" ? ("tier" as const) : ("delegation" as const) },
      ...{ allApplications: applications === "all", applications: applications === "all" ? [] : [...applications] },
      ...{ createdAt: new Date(born), secretBornAt: n % 20 === 0 ? null : new Date(born) },
      ...{ digest: n % 20 === 0 ? null : Buffer.from(digestOf(newSecret()), "hex") },
      expiresAt: expiresAt === null ? null : new Date(born + (expiresAt - NOON) + odd),
    };
  });
  await db.token.createMany({ data });
});
afterAll(() => installation.close());

/** Which tokens break today's rules, each read whole and judged by itself. */
async function naively() {
  const { db } = installation;
  const [crowd, rules] = [await readCrowd(db), await readInstallationFacts(db)];
  return crowd.map((row) => {
    const { delegationId: id, secretBornAt, createdAt, expiresAt } = row;
    const token = {
      ...{ description: row.description, contact: row.contact, access: row.access, ipRanges: row.ipRanges },
      grant: id === null ? ({ by: "tier" } as const) : ({ by: "delegation", delegationId: id } as const),
      ...{ applications: applicationsOf(row), bornAt: (secretBornAt ?? createdAt).getTime() },
      expiresAt: expiresAt?.getTime() ?? null,
      narrowing: shownRestrictions(row),
    };
    const broken = !hasEnded(datedOf(row), NOON) && breachesOf(token, holderOf(row.owner), rules).length > 0;
    return { row, broken };
  });
}

/** What the search finds, walked and collected; both must be what is there. @returns how many break the rules */
async function agree(): Promise<number> {
  const { db } = installation;
  const all = await naively();
  for (const wanted of [true, false]) {
    const filter = tokenFilter.parse({ breaksPolicy: wanted });
    await readied(db, filter, NOON);
    const search = { scope: Prisma.sql`true`, filter, now: NOON };
    const rows = all.filter(({ broken }) => broken === wanted).map(({ row }) => row);
    expect(await countTokens(db, search)).toEqual({ total: rows.length });
    for (const count of [0, 20_000]) {
      const seek = { order: "name", descending: true, from: null, take: 400 } as const;
      const found = await findTokenIds(db, search, seek, { total: count });
      expect(found.map(({ id }) => id)).toEqual(inOrder(rows, "name", true));
    }
  }
  return all.filter(({ broken }) => broken).length;
}

describe("the search for what breaks its policy finds what the rules say of each token by itself", () => {
  it("looks at every token once, in pieces of any size", async () => {
    const { db } = installation;
    const all = await db.$queryRaw<{ id: string }[]>`SELECT id::text FROM tokens ORDER BY id`;
    for (const size of [7, 160, all.length, all.length + 1]) {
      const seen = await db.$transaction(async (tx) => {
        const ids: string[] = [];
        for await (const which of inPieces(tx, size)) {
          if (!("upTo" in which)) throw new Error("a piece is from one id to another");
          const [after, upTo] = [which.after ?? "00000000-0000-0000-0000-000000000000", which.upTo];
          const rows = await tx.$queryRaw<{ id: string }[]>`SELECT id::text FROM tokens
            WHERE id > ${after}::uuid AND (${upTo}::uuid IS NULL OR id <= ${upTo}::uuid) ORDER BY id`;
          expect(rows.length).toBeLessThanOrEqual(size);
          ids.push(...rows.map(({ id }) => id));
        }
        return ids;
      });
      expect(seen).toEqual(all.map(({ id }) => id));
    }
  });

  it("for generated rules, whatever they were before", async () => {
    const counts: number[] = [];
    for (const rules of sample(anyRules, 10, 11)) {
      await write(rules);
      counts.push(await agree());
    }
    expect(counts.filter((count) => count > 0 && count < 300).length).toBeGreaterThan(3);
  });

  it("after each change of tokens, people, groups and networks, one by one", async () => {
    const { db } = installation;
    const everyone = { everyone: true, groupIds: [], serviceAccounts: true };
    const generous = limits({ maxLifetimeDays: null });
    const strict = limits({ access: "read", requirePurpose: true, requireContact: true });
    const members = { everyone: false, groupIds: ["g-1"], serviceAccounts: false };
    const tiers = [
      policy({ members: everyone, own: generous }),
      policy({ id: "p-2", name: "Strict", priority: 20, members, own: strict }),
    ];
    await write(rules({ policies: tiers }));
    await db.token.updateMany({ data: { ipRanges: [], grantBy: "tier", delegationId: null, delegationName: null } });
    const user = await db.user.findUniqueOrThrow({ where: { usernameKey: "u0" } });
    const membership = { groupId: idOf("g-1"), userId: user.id };
    const edit = (name: string, data: Partial<Prisma.TokenUpdateManyMutationInput>) =>
      db.token.updateMany({ where: { name }, data });
    const person = (persons: object) => db.settings.update({ where: { id: 1 }, data: { ceilingPersons: persons } });
    const office = (...ranges: string[]) => db.network.update({ where: { name: "office" }, data: { ranges } });
    // t2 belongs to u2, who is held to be strict; t16 and its like to u0. t100 has no secret yet, and belongs to u4.
    const steps: (() => Promise<unknown>)[] = [
      () => edit("t2", { access: "read", description: "x", contact: "x", expiresAt: new Date(NOON + DAY) }),
      () => edit("t2", { contact: "" }),
      () => db.membership.create({ data: { ...membership, addedBy: "test" } }),
      () => db.membership.delete({ where: { groupId_userId: membership } }),
      () => person({ requireContact: true }),
      () => edit("t100", { contact: "", expiresAt: null }),
      () => edit("t100", { contact: "x" }),
      () => person({ ranges: ["office"] }),
      () => edit("t100", { ipRanges: ["192.0.2.1"] }),
      () => edit("t16", { ipRanges: ["10.0.0.1"], contact: "x", expiresAt: null }),
      () => office("10.0.0.0/8", "192.0.2.0/28"),
      () => edit("t16", { revokedAt: new Date(NOON), revokedBy: "x", revocationReason: "unused", access: "write" }),
      () => office("198.51.100.0/24"),
      () => db.token.deleteMany({ where: { name: "t100" } }),
      () => db.group.delete({ where: { id: idOf("g-1") } }),
    ];
    const counts = [await agree()];
    for (const step of steps) {
      await step();
      counts.push(await agree());
    }
    expect(counts.map((count, at) => count - (counts[at - 1] ?? count))).toEqual([
      ...[0, -1, 1, 13, -13, 26, 1, -1, -26, 0, 1, -1, 0, 1, -1, -140],
    ]);
  });

  it("also where the changes since were taken away, the memory was lost, or the head went back", async () => {
    const { db, database } = installation;
    await agree();
    const moved = () =>
      db.token.updateMany({ where: { name: { in: ["t3", "t5", "t6"] } }, data: { expiresAt: null, ipRanges: [] } });
    await moved();
    await asAdmin(database.adminUrl, ["DELETE FROM changes"]);
    await agree();
    await asAdmin(database.adminUrl, ["UPDATE breach_state SET seq = 1000000", "DELETE FROM token_breaches"]);
    await agree();
    await asAdmin(database.adminUrl, ["UPDATE breach_state SET seq = -1", "DELETE FROM token_breaches"]);
    await agree();
  });

  it("for everybody who asks at the same time, and while tokens change", async () => {
    const { db } = installation;
    const ask = () => readied(db, { breaksPolicy: true }, NOON);
    for (const access of ["read", "write", "read"] as const) {
      await db.settings.update({ where: { id: 1 }, data: { ceilingPersons: { access } } });
      const change = db.token.updateMany({ where: { name: { startsWith: "t1" } }, data: { access: "write" } });
      await Promise.all([ask(), ask(), change, ask(), ask()]);
      await agree();
    }
  });
});

it("of a search that does not ask for it nothing is worked out beforehand", async () => {
  const { db } = installation;
  await db.settings.update({ where: { id: 1 }, data: { ceilingPersons: { access: "read" } } });
  const before = await db.breachState.findUniqueOrThrow({ where: { id: 1 } });
  await readied(db, tokenFilter.parse({ status: "active" }), NOON);
  expect(await db.breachState.findUniqueOrThrow({ where: { id: 1 } })).toEqual(before);
});

it("what waits for its secret is looked at in one step by all who ask at once, and no more when it has ended", async () => {
  const { db } = installation;
  let steps = 0;
  const counting = new Proxy(db, {
    get(target, name) {
      if (name === "$transaction") steps += 1;
      return Reflect.get(target, name);
    },
  });
  const ask = () => readied(counting, { breaksPolicy: true }, NOON);
  await Promise.all(Array.from({ length: 8 }, ask));
  expect(steps).toBe(1);
  const { count } = await db.token.updateMany({
    where: { secretBornAt: null, name: { not: "t20" } },
    data: { revokedAt: new Date(NOON), revokedBy: "x", revocationReason: "unused" },
  });
  await ask();
  expect([count > 0, steps]).toEqual([true, 2]);
  await db.token.updateMany({ where: { name: "t20" }, data: { expiresAt: new Date(NOON) } });
  await ask();
  const ended = steps;
  await ask();
  expect(steps).toBe(ended);
  await agree();
});
