import { afterAll, beforeAll, expect, test } from "vitest";
import { createDatabase, type TestDatabase } from "#test/database";
import { absences } from "./away";
import { openDatabase } from "./client";

let database: TestDatabase;
beforeAll(async () => {
  database = await createDatabase();
});
afterAll(() => database.drop());

/** How often the database was away during something that fails. */
async function during(act: () => Promise<unknown>): Promise<number> {
  const before = absences().times;
  await expect(act()).rejects.toThrow();
  return absences().times - before;
}

test("a database that does not answer is counted, whatever it was asked", async () => {
  const away = openDatabase("postgresql://portal@127.0.0.1:1/latchkey");
  expect(await during(() => away.token.findMany())).toBe(1);
  expect(await during(() => away.$executeRaw`SELECT 1`)).toBe(1);
  expect(await during(() => away.$transaction(async (tx) => tx.token.findMany()))).toBe(1);
  await away.$disconnect();
});

test("so is one that ends what it was asked, with the code that it gave", async () => {
  const db = openDatabase(database.portalUrl);
  expect(await during(() => db.$queryRaw`SELECT pg_terminate_backend(pg_backend_pid())`)).toBe(1);
  expect(absences().codes).toContain("57P01");
  await db.$disconnect();
});

test("one that ended what took too long is counted, and not as one that was away", async () => {
  const db = openDatabase(database.portalUrl);
  const { gone } = absences();
  expect(await during(() => db.$queryRaw`SELECT pg_cancel_backend(pg_backend_pid())`)).toBe(1);
  expect([absences().codes, absences().gone]).toEqual([expect.arrayContaining(["57014"]), gone]);
  await expect(openDatabase("postgresql://portal@127.0.0.1:1/latchkey").token.findMany()).rejects.toThrow();
  expect(absences().gone).toBe(gone + 1);
  await db.$disconnect();
});

test("one that answers, be it that it refuses, is not", async () => {
  const db = openDatabase(database.portalUrl);
  const before = absences().times;
  await db.token.findMany();
  expect(absences().times).toBe(before);
  expect(await during(() => db.$queryRaw`SELECT 1 / 0`)).toBe(0);
  await db.$disconnect();
});
