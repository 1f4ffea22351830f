import { afterAll, beforeAll, expect, it } from "vitest";
import { execute } from "#lib/commands/execute";
import { castOf, verdicts } from "#test/actors";
import { asAdmin } from "#test/database-cluster";
import { DAY, NOON } from "#test/rules";
import { createTokenWorld, type TokenWorld } from "#test/token-world";
import { ownUsage } from "../queries-usage";
import type { Usage } from "../usage";
import { rotateToken } from "./rotate";
import { seeUsage } from "./see-usage";

let world: TokenWorld;
let id: string;

const uuid = (n: number) => `0190d4a5-0000-7000-8000-${String(n).padStart(12, "0")}`;
const events = () => world.installation.db.auditEvent.findMany({ where: { action: "token.usage-seen" } });

async function usageFor(actor = world.ann, tokenId = id, now = NOON): Promise<Usage> {
  const done = await execute(world.installation.db, seeUsage, actor, { id: tokenId }, now);
  if (!done.ok) throw new Error(done.refusal.code);
  return done.value.output;
}

const seen = (tokenId: string, n: number, at: number) => ({
  ...{ tokenId, address: `10.0.0.${n}`, client: `curl ${n}`, calls: BigInt(n), lastRequest: `GET /${n}` },
  ...{ firstSeenAt: new Date(at - DAY), lastSeenAt: new Date(at + n) },
});

beforeAll(async () => {
  world = await createTokenWorld();
  id = (await world.made()).token.id;
  const { db } = world.installation;
  const hour = (daysAgo: number, allowed: bigint, refused = 0n) => ({
    ...{ tokenId: id, allowed, refused },
    hour: new Date(NOON - daysAgo * DAY - 1_000),
  });
  await db.tokenUsageHour.createMany({ data: [hour(0, 5n, 1n), hour(3, 20n), hour(40, 1_000n)] });
  await db.tokenSighting.createMany({ data: Array.from({ length: 12 }, (_, n) => seen(id, n, NOON)) });
  // Only verifiers write refusals: here their owner does.
  const refusal = (n: number, daysAgo: number, tokenId: string | null = id) =>
    `INSERT INTO refusals (request_id, at, reason, token_id, method, path, address, client)
     VALUES ('${uuid(n)}', '${new Date(NOON - daysAgo * DAY).toISOString()}', 'write_refused',
       ${tokenId === null ? "NULL" : `'${tokenId}'`}, 'POST', '/${n}', '10.0.0.9', 'curl')`;
  const refusals = [refusal(1, 2), refusal(2, 1), refusal(3, 31), refusal(4, 1, null)];
  await asAdmin(world.installation.database.ownerUrl, refusals);
});
afterAll(() => world.installation.close());

it("what would stop is told in numbers and by the latest addresses, clients and requests", async () => {
  const usage = await usageFor();
  expect(usage).toMatchObject({ calls24h: 6, calls30d: 26, stragglers: [] });
  expect(usage.hours.map(({ allowed, refused }) => [allowed, refused])).toEqual([
    [20, 0],
    [5, 1],
  ]);
  expect(usage.sources).toHaveLength(8);
  expect(usage.sources[0]).toEqual({
    ...{ address: "10.0.0.11", client: "curl 11", calls: 11, lastRequest: "GET /11" },
    lastSeenAt: new Date(NOON + 11).toISOString(),
  });
});

it("its refusals of thirty days come along, the latest first, with the id by which they are explained", async () => {
  const { refusals } = await usageFor();
  expect(refusals.map(({ requestId, request }) => [requestId, request])).toEqual([
    [uuid(2), "POST /2"],
    [uuid(1), "POST /1"],
  ]);
  expect(refusals[0]?.meaning).toContain("read");
});

it("who looks at somebody else's use stands in the log, who looks at their own does not", async () => {
  const before = (await events()).length;
  // Pages go by today's clock.
  const today = Date.now();
  const used = (await world.made({ name: "used today" })).token.id;
  const row = { tokenId: used, hour: new Date(today - 1_000), allowed: 5n, refused: 1n };
  await world.installation.db.tokenUsageHour.create({ data: row });
  const own = await ownUsage(world.ada, used);
  expect(own).toMatchObject({ calls24h: 6 });
  expect(await usageFor(world.ada, used, today)).toEqual(own);
  expect(await events()).toHaveLength(before);
  await usageFor(world.ann);
  const after = await events();
  expect(after).toHaveLength(before + 1);
  expect(after.at(-1)).toMatchObject({ actorName: "ann", subjectId: id });
  expect(JSON.stringify(after.at(-1)?.detail)).toContain("ada");
});

it("a service account is nobody: its use is looked at without a word in the log", async () => {
  const { token } = await world.issued();
  const before = (await events()).length;
  await usageFor(world.ann, token.id);
  expect(await events()).toHaveLength(before);
});

it("nothing is known of a token that is not for whoever asks, and a page tells only of one's own", async () => {
  expect(await world.run(seeUsage, world.bob, { id })).toBe("not_found");
  expect(await world.run(seeUsage, world.ann, { id: uuid(9) })).toBe("not_found");
  expect(await world.run(seeUsage, world.ann, { id: "x" })).toBe("invalid_input");
  expect(await ownUsage(world.ann, id)).toBeNull();
  expect(await ownUsage(world.bob, id)).toBeNull();
});

it("auditors look too, and a token that may only read: nothing changes but the log", async () => {
  const { installation } = world;
  await installation.db.user.update({ where: { usernameKey: "ann" }, data: { usernameKey: "anna", username: "anna" } });
  const cast = await castOf(installation);
  expect(await verdicts(installation, seeUsage, cast, () => ({ id }), NOON)).toMatchObject({
    ...{
      nobody: "unauthenticated",
      user: "not_found",
      auditor: "done",
      admin: "done",
      "read token": "done",
      cli: "done",
    },
  });
});

it("who still comes with a secret that was replaced is told on both sides of the rotation", async () => {
  const old = (await world.made({ name: "rotated" })).token.id;
  const rotated = await world.run(rotateToken, world.ada, { id: old, overlap: "24h" });
  if (typeof rotated === "string") throw new Error(rotated);
  const { db } = world.installation;
  await db.tokenSighting.createMany({ data: [seen(old, 1, NOON + DAY), seen(old, 2, NOON - DAY)] });
  await db.tokenSighting.createMany({ data: [seen(rotated.token.id, 3, NOON + DAY)] });
  for (const tokenId of [old, rotated.token.id]) {
    const { stragglers } = await usageFor(world.ada, tokenId);
    expect(stragglers.map(({ address }) => address)).toEqual(["10.0.0.1"]);
  }
});
