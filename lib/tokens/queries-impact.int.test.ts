import { afterAll, beforeAll, expect, it } from "vitest";
import { now } from "#lib/clock";
import { DAY } from "#test/rules";
import { createTokenWorld, type TokenWorld } from "#test/token-world";
import { impactOf } from "./queries-impact";

let world: TokenWorld;
let id: string;
const at = now();

beforeAll(async () => {
  world = await createTokenWorld();
  id = (await world.made()).token.id;
  const { db } = world.installation;
  const hour = (daysAgo: number, allowed: bigint, refused = 0n) => ({
    ...{ tokenId: id, allowed, refused },
    hour: new Date(at - daysAgo * DAY - 1_000),
  });
  await db.tokenUsageHour.createMany({ data: [hour(0, 5n, 1n), hour(3, 20n), hour(40, 1_000n)] });
  const seen = (n: number) => ({
    ...{ tokenId: id, address: `10.0.0.${n}`, client: `curl ${n}`, calls: BigInt(n) },
    ...{ firstSeenAt: new Date(at), lastSeenAt: new Date(at + n) },
  });
  await db.tokenSighting.createMany({ data: Array.from({ length: 12 }, (_, n) => seen(n)) });
});
afterAll(() => world.installation.close());

it("what would stop is told in numbers and by the latest addresses and clients", async () => {
  const impact = await impactOf(world.ada, id);
  expect(impact).toMatchObject({ ok: true, value: { calls24h: 6, calls30d: 26 } });
  const sources = impact.ok ? impact.value.sources : [];
  expect(sources).toHaveLength(8);
  expect(sources[0]).toEqual({
    ...{ address: "10.0.0.11", client: "curl 11", calls: 11 },
    lastSeenAt: new Date(at + 11).toISOString(),
  });
});

it("nothing is known of a token that is not for the viewer", async () => {
  expect(await impactOf(world.ann, id)).toMatchObject({ ok: true });
  for (const wrong of [undefined, "x", "0190d4a5-0000-7000-8000-00000000000a"])
    expect(await impactOf(world.ann, wrong)).toMatchObject({ refusal: { code: "not_found" } });
  expect(await impactOf(world.bob, id)).toMatchObject({ refusal: { code: "not_found" } });
});
