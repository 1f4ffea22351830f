import { afterAll, beforeAll, expect, it } from "vitest";
import type { Viewer } from "#lib/access/viewer";
import { now } from "#lib/clock";
import { saveView } from "#lib/views/commands/save";
import { DAY } from "#test/rules";
import { createTokenWorld, type TokenWorld } from "#test/token-world";
import { bulkInput } from "../bulk/schema";
import { beginBulk } from "../commands/begin-bulk";
import { previewBulk } from "../queries-bulk";
import { exportedTokens } from "../queries-export";
import { listManagedTokens, managedTokensQuery, pageOfManagedTokens } from "../queries-managed";
import { tokenFilter } from "./filter";

let world: TokenWorld;
const at = now();
const BROKEN = ["ada-1", "ada-2", "ada-3", "ada-4", "waived"];

/** Persons may read only from now on: what ada has written with breaks the rules, the bot's token and what ended do not. */
beforeAll(async () => {
  world = await createTokenWorld();
  const expiresAt = new Date(at + 20 * DAY).toISOString();
  for (const name of [...BROKEN, "ended"]) await world.made({ name, expiresAt }, world.ada, at);
  await world.made({ name: "reads", access: "read", expiresAt }, world.ada, at);
  await world.issued({ name: "bots" }, at);
  const { db } = world.installation;
  const set = (name: string, data: object) => db.token.updateMany({ where: { name }, data });
  await set("ended", { revokedAt: new Date(at), revokedBy: "x", revocationReason: "unused" });
  const until = new Date(at + DAY);
  await set("waived", { waiverUntil: until, waiverBy: "ann", waiverWhy: "x", waiverAccess: "write" });
  await db.settings.update({ where: { id: 1 }, data: { ceilingPersons: { access: "read" } } });
});
afterAll(() => world.installation.close());

const page = async (viewer: Viewer, some: object = {}) => {
  const found = await pageOfManagedTokens(viewer, managedTokensQuery.parse({ breaksPolicy: "true", ...some }));
  return found.ok ? found.value : found.refusal.code;
};
const names = (found: Awaited<ReturnType<typeof page>>) =>
  typeof found === "string" ? found : found.items.map(({ name }) => name);

it("what breaks its policy is listed, counted, and paged in both directions; a waiver hides nothing", async () => {
  expect(names(await page(world.ann, { sort: "name" }))).toEqual(BROKEN);
  expect(names(await page(world.ann, { breaksPolicy: "false", sort: "name" }))).toEqual(["bots", "ended", "reads"]);
  const there: unknown[] = [];
  let last = await page(world.ann, { sort: "name", limit: 2 });
  for (;;) {
    if (typeof last === "string") throw new Error(last);
    there.push(...last.items.map(({ name }) => name));
    expect(last.total).toBe(5);
    if (last.nextCursor === null) break;
    last = await page(world.ann, { sort: "name", limit: 2, cursor: last.nextCursor });
  }
  expect(there).toEqual(BROKEN);
  expect(names(await page(world.ann, { sort: "name", limit: 2, cursor: last.previousCursor }))).toEqual(
    BROKEN.slice(2, 4),
  );
});

it("the page says of each token why, and nothing of one that keeps to its policy or has ended", async () => {
  const { items } = await listManagedTokens(world.ann, { sort: "name" });
  const said = Object.fromEntries(items.map(({ name, breaches }) => [name, breaches]));
  expect(said).toMatchObject({
    "ada-1": ["Only reading is allowed: the ceiling of the whole installation."],
    bots: [],
    ended: [],
    reads: [],
  });
});

it("it combines with other filters, and asks for true or false", async () => {
  expect(names(await page(world.ann, { q: "waiv", owner: "ada" }))).toEqual(["waived"]);
  expect(names(await page(world.ann, { owner: "bot" }))).toEqual([]);
  expect(managedTokensQuery.safeParse({ breaksPolicy: "maybe" }).success).toBe(false);
});

it("nobody finds by it what they do not manage", async () => {
  expect(await page(world.bob)).toBe("forbidden");
  expect(names(await page(world.ada))).toEqual([]);
  const { db } = world.installation;
  await db.token.updateMany({ where: { name: "bots" }, data: { applications: ["latchkey"] } });
  expect(names(await page(world.ada))).toEqual(["bots"]);
  expect(names(await page(world.ann, { owner: "bot" }))).toEqual(["bots"]);
});

it("an export, a saved view and *all that match* follow it", async () => {
  const filter = { breaksPolicy: true, owner: "ada" };
  let text = "";
  for await (const piece of exportedTokens(world.ann, tokenFilter.parse(filter))) text += piece;
  expect(text.split("\r\n").slice(1, -1)).toHaveLength(5);
  expect(await world.run(saveView, world.ann, { name: "Off tier", query: "breaksPolicy=true" })).toMatchObject({
    query: "breaksPolicy=true",
  });
  const wish = { action: "revoke", filter, reason: "policy" };
  const preview = await previewBulk(world.ann, bulkInput.parse({ ...wish, dryRun: true }));
  expect(preview).toMatchObject({ value: { matched: 5 } });
  // One keeps to the rules again by now, and nobody has asked since.
  await world.installation.db.token.updateMany({ where: { name: "ada-1" }, data: { access: "read" } });
  expect(await world.run(beginBulk, world.ann, { ...wish, expected: 5 })).toBe("stale");
  expect(await world.run(beginBulk, world.ann, { ...wish, expected: 4 })).toMatchObject({ matched: 4 });
});
