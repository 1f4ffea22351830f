import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { execute } from "#lib/commands/execute";
import { NOON } from "#test/rules";
import { seedToken } from "#test/seeded";
import { createTokenWorld, type TokenWorld } from "#test/token-world";
import { beginBulk } from "./begin-bulk";

let world: TokenWorld;
beforeAll(async () => {
  world = await createTokenWorld();
});
afterAll(() => world.installation.close());

const body = (ids: readonly string[]) => ({ action: "revoke", ids, expected: ids.length });

describe("beginning", () => {
  it("is not had more often than there may be at a time, however many ask at once", async () => {
    const { db } = world.installation;
    const done = await Promise.all(
      Array.from({ length: 9 }, () => execute(db, beginBulk, world.ann, body([randomUUID()]), NOON)),
    );
    expect(done.filter(({ ok }) => ok)).toHaveLength(5);
    expect(await db.operation.count({ where: { finishedAt: null } })).toBe(5);
    await db.operation.deleteMany({});
  });

  it("puts a script's own token, and what it was rotated from and to, behind the others", async () => {
    const { db } = world.installation;
    const mine = async (some: object = {}) => (await seedToken(db, world.ann.userId, some)).id;
    const before = await mine();
    const own = await mine({ rotatedFromId: before });
    const after = await mine({ rotatedFromId: own });
    const others = [await mine(), await mine()];
    const { userId, username, role, groupIds } = world.ann;
    const script = world.script(own, { userId, username, role, groupIds });
    const ids = [own, others[0] ?? "", after, before, others[1] ?? ""];
    const done = await execute(db, beginBulk, script, body(ids), NOON);
    expect(done).toMatchObject({ ok: true });
    const { tokenIds } = await db.operation.findFirstOrThrow();
    expect(tokenIds).toEqual([...others, own, after, before]);
    expect(await world.run(beginBulk, world.ann, body(ids))).toMatchObject({ matched: 5 });
    const [latest] = await db.operation.findMany({ orderBy: { id: "desc" }, take: 1 });
    expect(latest?.tokenIds).toEqual(ids);
    // What goes on after its request nobody could hold to its paths, headers and times.
    const narrowing = { headerConditions: [], pathRules: ["POST /**"], timeWindow: null, rateLimit: null };
    const narrowed = world.script(own, { userId, username, role, groupIds, narrowing });
    const refused = await execute(db, beginBulk, narrowed, body(ids), NOON);
    expect(refused).toMatchObject({ refusal: { code: "forbidden" } });
  });
});
