import { afterAll, beforeAll, expect, it } from "vitest";
import type { Prisma } from "#lib/db/client";
import { KEPT_COLUMNS } from "#lib/tokens/store-columns";
import { NOON } from "#test/rules";
import { createTokenWorld, type TokenWorld } from "#test/token-world";
import { rotateToken } from "./rotate";

let world: TokenWorld;
beforeAll(async () => {
  world = await createTokenWorld();
});
afterAll(() => world.installation.close());

/** Every restriction. */
const RESTRICTED = {
  ipRanges: ["192.0.2.0/24"],
  headerConditions: [{ name: "x-a", value: "b" }],
  pathRules: ["GET /x"],
  timeWindow: { zone: "UTC", days: ["mon"], from: "06:00", to: "18:00" },
  rateLimit: { perMinute: 1, burst: 2 },
};
const WAIVED = {
  waiverUntil: new Date(NOON + 1),
  waiverBy: "ann",
  waiverWhy: "grace",
  waiverAccess: "read" as const,
  waiverAllApplications: true,
  waiverIpRanges: ["192.0.2.0/24"],
};
const stored = (id: string) => world.installation.db.token.findUniqueOrThrow({ where: { id } });
const kept = (row: object) => Object.entries(row).filter(([column]) => Object.hasOwn(KEPT_COLUMNS, column));

async function rotated(data: Prisma.TokenUncheckedUpdateInput) {
  const { token } = await world.issued();
  await world.installation.db.token.update({ where: { id: token.id }, data });
  const successor = await world.run(rotateToken, world.ann, { id: token.id });
  if (typeof successor === "string") throw new Error(successor);
  return [await stored(token.id), await stored(successor.token.id)] as const;
}

it("leaves the successor under every restriction of the old one, known to the database by the same names", async () => {
  const [old, successor] = await rotated(RESTRICTED);
  expect(successor).toMatchObject(RESTRICTED);
  expect(successor.restrictions).toEqual(old.restrictions);
  expect(successor.restrictions).toHaveLength(Object.keys(RESTRICTED).length);
});

it("leaves no column behind that a successor keeps", async () => {
  const data = { ...RESTRICTED, ...WAIVED, labels: ["x"], grantorId: world.ann.userId };
  const [old, successor] = await rotated(data);
  expect(kept(successor)).toEqual(kept(old));
  // What equals the database's default would be equal by chance.
  const empty = kept(old).filter(([, value]) => value === null || value === false || String(value) === "");
  expect(empty.map(([column]) => column)).toEqual(["waiverApplications"]);
});

it("puts no restriction where there was none", async () => {
  const [, successor] = await rotated({});
  expect(successor).toMatchObject({ headerConditions: [], pathRules: [], timeWindow: null, rateLimit: null });
  expect(successor.restrictions).toEqual([]);
});
