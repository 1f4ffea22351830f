import { describe, expect, test } from "vitest";
import { createEmptyDatabase } from "#test/database";
import { asAdmin } from "#test/database-cluster";
import { createInstallation } from "#test/installation";
import { holds } from "./holds";

describe("what a database holds", () => {
  test.each([
    ["a table", "CREATE TABLE notes (id int)"],
    ["a view", "CREATE VIEW notes AS SELECT 1 AS id"],
    ["a materialized view", "CREATE MATERIALIZED VIEW notes AS SELECT 1 AS id"],
    ["a sequence", "CREATE SEQUENCE notes"],
    ["a function", "CREATE FUNCTION notes() RETURNS int LANGUAGE sql AS 'SELECT 1'"],
    ["a type", "CREATE TYPE notes AS (id int)"],
    ["something in a schema of its own", "CREATE SCHEMA theirs; CREATE VIEW theirs.notes AS SELECT 1 AS id"],
    ["a view that is called like a table of ours", "CREATE VIEW settings AS SELECT 'x' AS installation_id"],
  ])("is somebody's when it is %s", async (_what, statement) => {
    const { ownerUrl, drop } = await createEmptyDatabase();
    try {
      expect(await holds(ownerUrl)).toBeNull();
      await asAdmin(ownerUrl, [statement]);
      expect(await holds(ownerUrl)).toBe("");
    } finally {
      await drop();
    }
  });

  test("is an installation, which it names", async () => {
    const installation = await createInstallation();
    try {
      const { installationId } = await installation.db.settings.findFirstOrThrow();
      expect(await holds(installation.database.ownerUrl)).toBe(installationId);
    } finally {
      await installation.close();
    }
  });
});
