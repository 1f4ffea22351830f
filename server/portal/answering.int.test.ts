import { createServer, type Socket } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createDatabase, type TestDatabase } from "#test/database";
import { askingWhether } from "./answering";

let database: TestDatabase;
beforeAll(async () => {
  database = await createDatabase();
});
afterAll(() => database.drop());

test("a database that is there answers, and one that is not does not", async () => {
  expect(await askingWhether(database.portalUrl)()).toBe(true);
  expect(await askingWhether("postgresql://portal@127.0.0.1:1/latchkey")()).toBe(false);
});

test("one that hangs is not waited for, and however many ask, it is asked once", async () => {
  const sockets: Socket[] = [];
  const silent = createServer((socket) => void sockets.push(socket.on("error", () => undefined)));
  const port = await new Promise<number>((resolve) => {
    silent.listen(0, "127.0.0.1", () => resolve(Number(Object(silent.address()).port)));
  });
  const answers = askingWhether(`postgresql://portal@127.0.0.1:${port}/latchkey`);
  const said = await Promise.all(Array.from({ length: 50 }, () => answers()));
  expect([new Set(said), await answers(), sockets.length]).toEqual([new Set([false]), false, 1]);
  for (const socket of sockets) socket.destroy();
  await new Promise((resolve) => silent.close(resolve));
});
