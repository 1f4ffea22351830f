import { afterAll, beforeAll, expect, it } from "vitest";
import { operator } from "#lib/auth/actors";
import { type Database, openDatabase } from "#lib/db/client";
import { isRepeatable, isUnavailable } from "#lib/db/failure";
import { createNetwork } from "#lib/networks/commands/create";
import { DatabaseProxy } from "#test/database-proxy";
import { createInstallation, type TestInstallation } from "#test/installation";
import { waitUntil } from "#test/upstreams/wait-until";
import { execute } from "./execute";

let installation: TestInstallation;
let wire: DatabaseProxy;
let db: Database;
beforeAll(async () => {
  installation = await createInstallation();
  wire = await DatabaseProxy.open(installation.database.portalUrl);
  db = openDatabase(wire.url);
});
afterAll(async () => {
  await db.$disconnect();
  await wire.close();
  await installation.close();
});

const make = (name: string) =>
  execute(db, createNetwork, operator(), { name, ranges: ["192.0.2.0/24"] }, Date.now()).then(
    (done) => (done.ok ? "done" : done.refusal.code),
    (thrown: unknown) => (isUnavailable(thrown) && !isRepeatable(thrown) ? "the database is away" : thrown),
  );
const count = (name: string) => installation.db.network.count({ where: { name } });

const CUTS = ["BEGIN", "SELECT", "INSERT INTO", "UPDATE", "COMMIT"].flatMap((word) =>
  ([true, false] as const).flatMap((isSent) =>
    (["closed", "reset"] as const).map((how) => [word, isSent, how] as const),
  ),
);

it.each(CUTS)(
  "whose connection breaks at %s (heard: %s, %s) is told that the database is away, and finds all of the change or nothing",
  async (word, isSent, how) => {
    const name = `${word.toLowerCase()} ${isSent} ${how}`; // the wire looks for the word in what the statement is given, too
    const cuts: string[] = [];
    wire.cutAt(word, isSent, () => cuts.push(name), how);
    expect(await make(name)).toBe("the database is away");
    expect(cuts).toEqual([name]);
    const made = word === "COMMIT" && isSent ? 1 : 0;
    await waitUntil("the database has done what it heard", async () => (await count(name)) === made || undefined);
    expect(await installation.db.auditEvent.count({ where: { subjectName: name } })).toBe(made);
    expect(await make(`after ${name}`)).toBe("done");
  },
);
