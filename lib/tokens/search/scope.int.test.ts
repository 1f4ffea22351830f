import { afterAll, beforeAll, expect, it } from "vitest";
import type { Viewer } from "#lib/access/viewer";
import { operator } from "#lib/auth/actors";
import { createTokenWorld, type TokenWorld } from "#test/token-world";
import { managedTokens } from "../store";
import { managedScope } from "../store-scope";
import { countTokens, findTokenIds } from "../store-search";
import { tokenFilter } from "./filter";

let world: TokenWorld;

beforeAll(async () => {
  world = await createTokenWorld();
  for (const name of ["one", "two"]) await world.made({ name });
  await world.made({ name: "anns" }, world.ann);
  await world.issued({ name: "bots" });
  const { db, person } = world.installation;
  const robots = await db.group.create({ data: { name: "robots", externalId: "robots" } });
  await db.membership.create({ data: { groupId: robots.id, userId: world.botId, addedBy: "test" } });
  const desk = await db.group.create({ data: { name: "desk", externalId: "desk" } });
  for (const [name, scope] of [
    ["persons", { scopeEveryone: true }],
    ["services", { scopeServiceAccounts: true }],
    ["group", { scopeGroups: { create: { groupId: robots.id } } }],
    ["nobody", {}],
  ] as const) {
    const group = await db.group.create({ data: { name, externalId: name } });
    const issue = { maxLifetimeDays: 7, access: "read", applications: "all", maxActive: 1 };
    const delegates = { create: { groupId: group.id } };
    await db.delegation.create({ data: { name, nameKey: name, powers: ["end"], issue, delegates, ...scope } });
    await person(`of-${name}`, [name]);
  }
  const helper = await person("helper", ["desk"]);
  await db.maintainer.create({ data: { accountId: world.botId, groupId: desk.id } });
  expect(helper.username).toBe("helper");
});
afterAll(() => world.installation.close());

it("somebody searches among exactly the tokens that they manage", async () => {
  const { db, viewer } = world.installation;
  const names = ["ada", "bob", "ann", "of-persons", "of-services", "of-group", "of-nobody", "helper"];
  const viewers: Viewer[] = [operator(), ...(await Promise.all(names.map(viewer)))];
  const counts: number[] = [];
  for (const each of viewers) {
    const rows = await db.token.findMany({ where: await managedTokens(db, each), select: { id: true } });
    const search = { scope: await managedScope(db, each), filter: tokenFilter.parse({}), now: Date.now() };
    for (const count of [0, 20_000]) {
      const seek = { order: "createdAt", descending: false, from: null, take: 50 } as const;
      const found = await findTokenIds(db, search, seek, { total: count });
      expect(found.map(({ id }) => id).toSorted()).toEqual(rows.map(({ id }) => id).toSorted());
    }
    counts.push((await countTokens(db, search)).total);
  }
  expect(counts).toEqual([4, 1, 0, 4, 3, 1, 1, 0, 1]);
});
