import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { beginBulk } from "#lib/tokens/commands/begin-bulk";
import { asAdmin } from "#test/database-cluster";
import { NOON } from "#test/rules";
import { seedToken } from "#test/seeded";
import { createTokenWorld, type TokenWorld } from "#test/token-world";
import { Operations } from "./operations";

let world: TokenWorld;
let operations: Operations;
beforeAll(async () => {
  world = await createTokenWorld();
  operations = new Operations(world.installation.db);
});
afterAll(() => world.installation.close());

/** Takes so many turns, as the portal does: what a turn throws is not the end. @returns how many broke down */
const turns = async (count: number) => {
  let broke = 0;
  for (let n = 0; n < count; n += 1) {
    try {
      await operations.turn(NOON);
    } catch {
      broke += 1;
    }
  }
  return broke;
};
const tokens = async (count: number, name: string) => {
  const all = Array.from({ length: count }, () => seedToken(world.installation.db, world.ada.userId, { name }));
  return (await Promise.all(all)).map(({ id }) => id);
};
const begun = async (ids: readonly string[]) => {
  const done = await world.run(beginBulk, world.ann, { action: "revoke", ids, expected: ids.length });
  if (typeof done === "string") throw new Error(`refused: ${done}`);
  return done.id;
};
/** An operation as nothing of this version writes it. */
const odd = async (some: object, ids: string) => {
  const { userId: makerId, sessionId } = world.ann;
  const { id } = await world.installation.db.operation.create({
    data: {
      action: "resume",
      fields: {},
      makerId,
      makerName: "ann",
      sessionId,
      address: "",
      tokenIds: [randomUUID()],
      ...some,
    },
    select: { id: true },
  });
  await asAdmin(world.installation.database.adminUrl, [`UPDATE operations SET token_ids = ${ids} WHERE id = '${id}'`]);
  return id;
};
const result = async (id: string) =>
  world.installation.db.operation.findUniqueOrThrow({
    where: { id },
    select: { position: true, refusedCount: true, finishedAt: true },
  });
const over = (position: number, refusedCount: number) => ({ position, refusedCount, finishedAt: new Date(NOON) });
/** What the database says, or how long it takes, when more than so many tokens are written at a stroke. */
const whenWriting = async (most: number, what: string) =>
  asAdmin(world.installation.database.adminUrl, [
    `CREATE FUNCTION hinder() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
       IF (SELECT count(*) FROM written) > ${most} THEN ${what}; END IF; RETURN NULL; END $$`,
    `CREATE TRIGGER hinder AFTER UPDATE ON tokens REFERENCING NEW TABLE AS written
       FOR EACH STATEMENT EXECUTE FUNCTION hinder()`,
  ]);
const freely = async () => asAdmin(world.installation.database.adminUrl, ["DROP FUNCTION hinder CASCADE"]);

describe("an operation that breaks down", () => {
  it("is given up after three times, and says so", async () => {
    const id = await odd({ action: "unheard-of" }, `ARRAY['${randomUUID()}'::uuid]`);
    expect(await turns(4)).toBe(3);
    expect(await result(id)).toEqual(over(1, 1));
    const refusal = await world.installation.db.operationRefusal.findFirstOrThrow({ where: { operationId: id } });
    expect(refusal.code).toBe("unavailable");
  });

  it("also where it cannot even be given up, keeps nobody else's from going on", async () => {
    const stuck = await odd({ createdAt: new Date(NOON - 1_000) }, "ARRAY[NULL]::uuid[]");
    const ids = await tokens(2, "behind");
    const id = await begun(ids);
    expect(await turns(10)).toBeGreaterThan(4);
    expect(await result(id)).toEqual(over(2, 0));
    expect(await result(stuck)).toMatchObject({ finishedAt: null });
    await world.installation.db.operation.deleteMany({ where: { id: stuck } });
  });

  it("does not, of an id that stands in it twice", async () => {
    const twice = randomUUID();
    const id = await odd({}, `ARRAY['${twice}', '${twice}']::uuid[]`);
    expect(await turns(1)).toBe(0);
    expect(await result(id)).toEqual(over(2, 2));
  });
});

describe("operations", () => {
  it("go on in turn: a long one does not keep a short one waiting", async () => {
    const long = await begun(Array.from({ length: 600 }, () => randomUUID()));
    const short = await begun(await tokens(1, "short"));
    await turns(2);
    expect(await result(short)).toEqual(over(1, 0));
    expect(await result(long)).toMatchObject({ position: 250, finishedAt: null });
    await turns(2);
    expect(await result(long)).toEqual(over(600, 600));
  });

  it("wait for as long as others hold what they need", async () => {
    const id = await begun(await tokens(1, "held"));
    await whenWriting(0, "RAISE EXCEPTION 'held' USING ERRCODE = '55P03'");
    expect(await turns(5)).toBe(5);
    await freely();
    expect(await turns(1)).toBe(0);
    expect(await result(id)).toEqual(over(1, 0));
  });

  it("take fewer tokens at a time where so many take too long", { timeout: 60_000 }, async () => {
    const id = await begun(await tokens(130, "slow"));
    await whenWriting(125, "PERFORM pg_sleep(5.1)");
    expect(await turns(3)).toBe(1);
    await freely();
    expect(await result(id)).toEqual(over(130, 0));
  });
});
