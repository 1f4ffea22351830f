import { afterAll, beforeAll, expect, test } from "vitest";
import { operator } from "#lib/auth/actors";
import { createInstallation, type TestInstallation } from "#test/installation";
import { seedApplication } from "#test/seeded";
import { findConnection } from "./queries-connection";

let installation: TestInstallation;
beforeAll(async () => {
  installation = await createInstallation();
});
afterAll(() => installation.close());

test("an application that verifies assertions is told by what; others are not", async () => {
  const { db } = installation;
  const notes = await seedApplication(db, "notes", "generic", { identity: "jwt" });
  const jira = await seedApplication(db, "jira", "jira", { identity: "header" });
  await db.settings.update({ where: { id: 1 }, data: { boundUrl: "https://latchkey.corp" } });
  expect((await findConnection(operator(), notes))?.assertion).toEqual({
    keys: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/\.well-known\/jwks\.json$/),
    ...{ issuer: "https://latchkey.corp", audience: "notes" },
  });
  expect((await findConnection(operator(), jira))?.assertion).toBeNull();
});
