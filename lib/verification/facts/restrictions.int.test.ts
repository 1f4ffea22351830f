import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DAYS } from "#lib/tokens/restrictions/restrictions";
import { migrationsFolder } from "#server/migrations/folder";
import { asAdmin } from "#test/database-cluster";
import { createInstallation, type TestInstallation } from "#test/installation";
import { askPlane, GATEWAY_SECRET, startPlane, type TestPlane } from "#test/plane";
import { type Issued, seedApplication, seedGateway, seedToken } from "#test/seeded";
import { waitUntil } from "#test/upstreams/wait-until";

let installation: TestInstallation;
let verifier: TestPlane;
let maria: string;

beforeAll(async () => {
  installation = await createInstallation();
  const jira = await seedApplication(installation.db, "jira");
  await seedGateway(installation.db, "gw1", GATEWAY_SECRET, [jira]);
  maria = (await installation.person("Maria", ["api-users"])).id;
  verifier = await startPlane(installation.database.verifierUrl, "present");
});
afterAll(async () => {
  await verifier.stop();
  await installation.close();
});

const make = (some: Parameters<typeof seedToken>[2] = {}) => seedToken(installation.db, maria, some);
const listed = async ({ id }: Issued) =>
  (await installation.db.token.findUniqueOrThrow({ where: { id }, select: { restrictions: true } })).restrictions;
/** A busy machine may miss the deadline of a first look-up, which is then 503 as it should be. */
const answered = ({ secret }: Issued) =>
  waitUntil("a decision", async () => {
    const { status, headers } = await askPlane(verifier.port, { Authorization: `Bearer ${secret}` });
    return status === 503 ? undefined : [status, headers["x-latchkey-reason"]?.[0]];
  });

const SET = {
  ipRanges: { set: ["192.0.2.0/24"] },
  headerConditions: [{ name: "X-A", value: "b" }],
  pathRules: { set: ["GET /x"] },
  timeWindow: { zone: "UTC" },
  rateLimit: { perMinute: 1, burst: 1 },
};
const ALL = ["ip_ranges", "header_conditions", "path_rules", "time_window", "rate_limit"];

describe("the database's list of a token's restrictions", () => {
  test("names those that are set, from the beginning and after every change", async () => {
    const token = await make();
    expect(await listed(token)).toEqual([]);
    for (const [i, [field, value]] of Object.entries(SET).entries()) {
      await installation.db.token.update({ where: { id: token.id }, data: { [field]: value } });
      expect(await listed(token)).toEqual(ALL.slice(0, i + 1));
    }
    await installation.db
      .$executeRaw`UPDATE tokens SET path_rules = '{}', time_window = 'null' WHERE id = ${token.id}::uuid`;
    expect(await listed(token)).toEqual(["ip_ranges", "header_conditions", "rate_limit"]);
  });

  test("cannot be written, neither shorter nor longer", async () => {
    const token = await make({ ipRanges: ["192.0.2.0/24"], restrictions: [] });
    expect(await listed(token)).toEqual(["ip_ranges"]);
    await installation.db.token.update({ where: { id: token.id }, data: { restrictions: ["geo"] } });
    expect(await listed(token)).toEqual(["ip_ranges"]);
    await installation.db.$executeRaw`UPDATE tokens SET restrictions = '{}' WHERE id = ${token.id}::uuid`;
    expect(await listed(token)).toEqual(["ip_ranges"]);
  });

  test("is right for the tokens that were there before there was a list", async () => {
    const [bound, free] = [await make({ pathRules: ["GET /x"], rateLimit: { perMinute: 1, burst: 1 } }), await make()];
    const migration = join(migrationsFolder(), "0002_restrictions_of_tokens", "migration.sql");
    await asAdmin(installation.database.ownerUrl, [
      "DROP TRIGGER restrictions_noted ON tokens",
      "DROP FUNCTION latchkey_note_restrictions, latchkey_restrictions_of",
      "ALTER TABLE tokens DROP COLUMN restrictions",
      readFileSync(migration, "utf8"),
      // As every start does after it has migrated: rights to a column go with it.
      `GRANT SELECT (restrictions) ON tokens TO ${new URL(installation.database.verifierUrl).username}`,
    ]);
    expect([await listed(bound), await listed(free)]).toEqual([["path_rules", "rate_limit"], []]);
  });
});

describe("a verifier", () => {
  test("judges each restriction as it is stored", async () => {
    const someDay = (new Date().getUTCDay() + 2) % 7; // neither today nor tomorrow
    const closed = { zone: "UTC", days: DAYS.slice(someDay, someDay + 1), from: "00:00", to: "24:00" };
    expect(await answered(await make({ pathRules: ["GET /x"] }))).toEqual([403, "path_rule_refused"]);
    expect(await answered(await make({ headerConditions: [{ name: "x-a", value: "b" }] }))).toEqual([
      403,
      "header_refused",
    ]);
    expect(await answered(await make({ timeWindow: closed }))).toEqual([403, "time_refused"]);
    const rare = await make({ rateLimit: { perMinute: 1, burst: 1 } });
    expect(await answered(rare)).toEqual([200, undefined]);
    expect(await answered(rare)).toEqual([403, "rate_limited"]); // folded for nginx
  });

  test("does not judge a token whose restriction it cannot read", async () => {
    const strange = await make({ timeWindow: { zone: "UTC" } });
    const { status } = await askPlane(verifier.port, { Authorization: `Bearer ${strange.secret}` });
    expect(status).toBe(503);
  });
});

// As a migration of a later version would, while a verifier of this one runs.
test("a restriction that a later version adds to the database is refused by this verifier", async () => {
  const [bound, free] = [await make(), await make()];
  expect([await answered(bound), await answered(free)]).toEqual([
    [200, undefined],
    [200, undefined],
  ]);
  await asAdmin(installation.database.ownerUrl, [
    "ALTER TABLE tokens ADD COLUMN countries text[] NOT NULL DEFAULT '{}'",
    `CREATE OR REPLACE FUNCTION latchkey_restrictions_of(t tokens) RETURNS text[] LANGUAGE sql IMMUTABLE AS $$
       SELECT array_remove(ARRAY[
         CASE WHEN cardinality(t.ip_ranges) > 0 THEN 'ip_ranges' END,
         CASE WHEN cardinality(t.countries) > 0 THEN 'countries' END], NULL) $$`,
    `UPDATE tokens SET countries = '{AT}' WHERE id = '${bound.id}'`,
  ]);
  expect(
    await waitUntil("the change", async () => {
      const answer = await answered(bound);
      return answer?.[0] === 200 ? undefined : answer;
    }),
  ).toEqual([403, "restriction_unknown"]);
  expect(await answered(free)).toEqual([200, undefined]);
  expect(await answered(await make({ ipRanges: ["192.0.2.0/24"] }))).toEqual([200, undefined]);
});
