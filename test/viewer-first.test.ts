import { expect, test } from "vitest";
import { programOf, wrongInQueries } from "./architecture/queries";
import { type Source, sources } from "./source-files";

/** Functions that everybody may call, and why. */
const ASKED_BY_NOBODY: Readonly<Record<string, string>> = {
  "lib/settings/queries.ts: setupState takes no viewer first":
    "says one bit, whether there is an administrator, to the pages that everybody sees before there can be a viewer",
};

const QUERIES = sources().filter(({ path }) => /^lib\/[^/]+\/queries[a-z-]*\.ts$/.test(path));
const PLANT: Source = {
  path: "lib/users/queries-planted.ts",
  isTest: false,
  lines: 0,
  text: `import type { Viewer } from "#lib/access/viewer";
    import { database } from "#lib/db/client";
    export const fine = async (_viewer: Viewer) => ({ items: [{ id: "" }], at: new Date() });
    export const nobody = async (id: string) => ({ id });
    export const loose = async (_viewer: Viewer | null) => 1;
    export const forged = async (_viewer: { kind: "cli"; osUser: string }) => 1;
    export const row = (_viewer: Viewer) => database().user.findFirst();
    export async function deep(_viewer: Viewer) {
      return { ok: true, value: { items: (await database().group.findMany({ include: { role: true } })).map((a) => a) } };
    }`,
};

test("every query takes a viewer first, and returns no whole row: what it shows it has chosen column by column", {
  timeout: 180_000,
}, () => {
  const program = programOf([...QUERIES, PLANT]);
  expect(QUERIES.length).toBeGreaterThan(0);
  const wrong = QUERIES.flatMap((source) => wrongInQueries(program, source));
  expect(wrong.sort()).toEqual(Object.keys(ASKED_BY_NOBODY).sort());
  expect(wrongInQueries(program, PLANT)).toEqual([
    "lib/users/queries-planted.ts: deep returns a row of the database",
    "lib/users/queries-planted.ts: nobody takes no viewer first",
    "lib/users/queries-planted.ts: loose takes no viewer first",
    "lib/users/queries-planted.ts: forged takes no viewer first",
    "lib/users/queries-planted.ts: row returns a row of the database",
  ]);
});
