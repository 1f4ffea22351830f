import { afterAll, beforeAll, expect, it } from "vitest";
import type { Viewer } from "#lib/access/viewer";
import { castOf, verdicts } from "#test/actors";
import { createTokenWorld, type TokenWorld } from "#test/token-world";
import { exportedTokens } from "../queries-export";
import { tokenFilter } from "../search/filter";
import { exportTokens } from "./export";

let world: TokenWorld;

beforeAll(async () => {
  world = await createTokenWorld();
  await world.made({ name: "=cmd" });
  await world.fill("ada", 1_203);
  await world.issued({ name: "bots" });
});
afterAll(() => world.installation.close());

const lines = async (viewer: Viewer, filter: object = {}) => {
  let text = "";
  for await (const piece of exportedTokens(viewer, tokenFilter.parse(filter))) text += piece;
  return text.split("\r\n").slice(1, -1);
};

it("the file has every token that the filter finds once, and nobody else's", async () => {
  const all = await lines(world.ann);
  expect(all).toHaveLength(1_205);
  expect(new Set(all).size).toBe(1_205);
  expect(await lines(world.ann, { q: "=cmd" })).toEqual([expect.stringContaining('"\'=cmd"')]);
  expect(await lines(world.ada)).toEqual([expect.stringContaining('"bots"')]);
  expect(await lines(world.bob)).toEqual([]);
});

it("an export stands in the log with its filter, and who manages nobody takes nothing away", async () => {
  expect(await world.run(exportTokens, world.bob, {})).toBe("forbidden");
  expect(await world.run(exportTokens, world.ann, { colour: "red" })).toBe("invalid_input");
  await world.run(exportTokens, world.ann, { status: "active", q: "x" });
  const event = await world.installation.db.auditEvent.findFirstOrThrow({ orderBy: { seq: "desc" } });
  expect(event).toMatchObject({ action: "token.exported", actorName: "ann" });
  expect(JSON.stringify(event.detail)).toContain("active");
});

it("auditors export, and so does a token that may only read: an export changes nothing", async () => {
  const { installation } = world;
  await installation.db.user.update({ where: { usernameKey: "ann" }, data: { usernameKey: "anna", username: "anna" } });
  const cast = await castOf(installation);
  expect(await verdicts(installation, exportTokens, cast, () => ({}), Date.now())).toMatchObject({
    ...{ nobody: "unauthenticated", user: "forbidden", auditor: "done", admin: "done", "read token": "done" },
  });
});
