import { afterAll, beforeAll, expect, test } from "vitest";
import { createDatabase, type TestDatabase } from "#test/database";
import { DatabaseProxy } from "#test/database-proxy";
import { CountingPg } from "./away";
import { PrismaClient } from "./generated/client";
import { endsWhenGivenUp } from "./given-up";

let database: TestDatabase;
let wire: DatabaseProxy;
beforeAll(async () => {
  database = await createDatabase();
  wire = await DatabaseProxy.open(database.portalUrl);
});
afterAll(async () => {
  await wire.close();
  await database.drop();
});

/** As the portal's pool, of one connection, and soon tired of waiting. */
const opened = () =>
  new PrismaClient({
    adapter: new CountingPg({
      ...{ connectionString: wire.url, application_name: "latchkey-portal", max: 1, query_timeout: 300 },
      onConnect: endsWhenGivenUp,
    }),
  });

test("a transaction that was given up on, its end as well, is in nobody's way, and nobody commits it", async () => {
  const db = opened();
  const given = db.$transaction(
    async (tx) => {
      await tx.group.create({ data: { externalId: "half", name: "half" } });
      wire.hang("portal");
      await tx.group.findMany();
    },
    { timeout: 60_000 },
  );
  await expect(given).rejects.toThrow();
  wire.resume();
  await db.$transaction((tx) => tx.group.create({ data: { externalId: "whole", name: "whole" } }));
  const groups = await db.group.findMany({ where: { externalId: { in: ["half", "whole"] } } });
  expect(groups.map(({ name }) => name)).toEqual(["whole"]);
  await db.$disconnect();
});
