import { afterAll, beforeAll, expect, test } from "vitest";
import { operator } from "#lib/auth/actors";
import { execute } from "#lib/commands/execute";
import { outputOf } from "#test/api";
import { createInstallation, type TestInstallation } from "#test/installation";
import { rotateKey } from "./commands/rotate";
import { readKeys } from "./queries";

// Which of them still opens is judged by the clock, so the test begins now.
const NOW = Date.now();
let installation: TestInstallation;
beforeAll(async () => {
  installation = await createInstallation(NOW);
});
afterAll(() => installation.close());

const listed = async () => {
  const found = await readKeys(operator());
  if (!found.ok) throw new Error(found.refusal.detail);
  return found.value.items;
};

test("after a rotation the new key is used, the old one opens for a while, and a third is next", async () => {
  const input = { purpose: "session", leaked: false };
  const { active, next, retired } = await outputOf(
    execute(installation.db, rotateKey, operator(), input, NOW + 7_200_000),
  );
  const sessions = (await listed()).filter(({ purpose }) => purpose === "session");
  expect(sessions.slice(0, 3)).toMatchObject([
    { id: active, state: "active", opens: true, opensUntil: null },
    { id: next, state: "next", opens: true, activatedAt: null },
    { id: retired, state: "retired", opens: true, opensUntil: expect.stringMatching(/Z$/) },
  ]);
});

test("nothing of a key but its name and times is told", async () => {
  const rows = await installation.db.key.findMany();
  const text = JSON.stringify(await listed());
  for (const { kid, wrapped } of rows) {
    expect(text).toContain(kid);
    expect(text).not.toContain(Buffer.from(wrapped).toString("base64"));
  }
  const [first = {}] = await listed();
  const told = ["activatedAt", "createdAt", "id", "opens", "opensUntil", "purpose", "retiredAt", "state"];
  expect(Object.keys(first).sort()).toEqual(told);
});

test("who may not look at the settings sees no keys", async () => {
  await installation.person("uma");
  expect(await readKeys(await installation.viewer("uma"))).toMatchObject({ refusal: { code: "forbidden" } });
});
