import { afterAll, beforeAll, expect, test } from "vitest";
import { createDatabase, type TestDatabase } from "#test/database";
import { DatabaseProxy } from "#test/database-proxy";
import { waitUntil } from "#test/upstreams/wait-until";
import { CountingPg } from "./away";
import { isTooSlow, isUnavailable } from "./failure";
import { PrismaClient } from "./generated/client";

let database: TestDatabase;
let wire: DatabaseProxy;
/** What Prisma has asked of transactions. */
const asked: string[] = [];
beforeAll(async () => {
  database = await createDatabase();
  wire = await DatabaseProxy.open(database.portalUrl);
});
afterAll(async () => {
  await wire.close();
  await database.drop();
});

/** The portal's way, watched from where Prisma stands. */
class WatchedPg extends CountingPg {
  override async connect() {
    const way = await super.connect();
    const start = way.startTransaction.bind(way);
    way.startTransaction = async (isolation) => {
      const transaction = await start(isolation);
      const execute = transaction.executeRaw.bind(transaction);
      transaction.executeRaw = (query) => {
        asked.push(query.sql);
        return execute(query);
      };
      return transaction;
    };
    return way;
  }
}

test("nothing is done of a transaction that took too long, after its end", async () => {
  const db = new PrismaClient({
    adapter: new WatchedPg({ connectionString: wire.url, application_name: "latchkey-portal", max: 1 }),
  });
  const { id: groupId } = await db.group.create({ data: { externalId: "before", name: "before" } });
  const { id: userId } = await db.user.create({
    data: { username: "maria", usernameKey: "maria", displayName: "Maria" },
  });
  const late = db.$transaction(
    async (tx) => {
      wire.hang("portal");
      // One question to Prisma, several to the database: all after the first would come behind the ROLLBACK.
      const data = { name: "after", members: { create: { userId, addedBy: "nobody" } } };
      await tx.group.update({ where: { id: groupId }, data });
    },
    { timeout: 300 },
  );
  const outcome = late.catch((error: unknown) => error);
  await waitUntil("its end is asked for", () => asked.includes("ROLLBACK") || undefined);
  wire.resume();
  expect([isUnavailable(await outcome), isTooSlow(await outcome)]).toEqual([true, true]);
  const group = await db.group.findUniqueOrThrow({ where: { id: groupId }, include: { members: true } });
  expect([group.name, group.members]).toEqual(["before", []]);
  await db.$disconnect();
});
