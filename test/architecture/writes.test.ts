import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { projectFolder } from "#server/project";
import { sources } from "../source-files";
import { modelNames, writesIn } from "./writes";

const MODELS = modelNames();
/** Commands, and what they call to change the rows of one noun. */
const MAY = /^lib\/[^/]+\/(commands\/|store[a-z-]*\.ts$)/;
/** Who else, as docs/decisions/0008-who-writes-besides-commands.md lists them with reasons. */
const BESIDES = [
  "lib/audit/record.ts",
  "lib/auth/session-viewer.ts",
  "lib/auth/throttle.ts",
  "lib/jobs/retention.ts",
  "lib/keys/ensure.ts",
  "lib/verification/recorder/",
];
/** Whoever owns the tables: makes them, and the roles that may less. */
const OWNER = /^server\/(database|migrations|postgres)\//;

describe("state is changed", () => {
  const shipped = sources().filter((source) => !source.isTest && !OWNER.test(source.path));
  const writers = shipped.filter((source) => !MAY.test(source.path) && writesIn(source, MODELS).length > 0);

  test("by commands, their stores, and the few that a decision names", () => {
    const unnamed = writers.filter(({ path }) => !BESIDES.some((each) => path.startsWith(each)));
    expect(unnamed.flatMap((source) => writesIn(source, MODELS))).toEqual([]);
    expect(BESIDES.filter((each) => !writers.some(({ path }) => path.startsWith(each)))).toEqual([]);
  });

  test("by nobody whom the decision leaves out", () => {
    const page = readFileSync(join(projectFolder(), "docs/decisions/0008-who-writes-besides-commands.md"), "utf8");
    expect(BESIDES.filter((each) => !page.includes(`\`${each}\``))).toEqual([]);
  });
});

describe("a write is found", () => {
  const writes = (text: string) => writesIn({ path: "lib/x.ts", text, lines: 1, isTest: false }, MODELS);

  test.each([
    "await tx.token.update({ where })",
    "await database().user.create({ data })",
    "await this.db.session.deleteMany()",
    "await db.roleMapping.createManyAndReturn({ data })",
    "await tx.token[method]({})",
    "await db.$executeRaw`UPDATE users SET a = 1`",
    "await db.$executeRawUnsafe(text)",
    "await db.$queryRaw`INSERT INTO keys (kid) VALUES (1) RETURNING kid`",
    'client.query("DELETE FROM sessions")',
    "const text = `WITH gone AS (DELETE FROM x RETURNING 1) SELECT 1`",
  ])("%s", (text) => {
    expect(writes(text)).toEqual(["lib/x.ts:1"]);
  });

  test.each([
    "this.#tokens.delete(key)",
    'createHash("sha256").update(code)',
    "await tx.token.findMany()",
    "await tx.$queryRaw`SELECT id FROM users WHERE id = 1 FOR UPDATE`",
    'throw new Error("Update your browser, then delete from the list")',
  ])("and none in %s", (text) => {
    expect(writes(text)).toEqual([]);
  });
});
