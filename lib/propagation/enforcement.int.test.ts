import { randomUUID } from "node:crypto";
import { Client } from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Database, openDatabase } from "#lib/db/client";
import { createDatabase, type TestDatabase } from "#test/database";
import { DatabaseProxy } from "#test/database-proxy";
import { awaitEnforcement } from "./enforcement";
import { enforcementOf } from "./standing";

let database: TestDatabase;
let db: Database;
let admin: Client;
beforeAll(async () => {
  database = await createDatabase();
  db = openDatabase(database.portalUrl);
  // Whoever waits has just committed: the pool is open.
  await db.$queryRaw`SELECT 1`;
  admin = new Client({ connectionString: database.adminUrl });
  await admin.connect();
});
afterAll(async () => {
  await admin.end();
  await db.$disconnect();
  await database.drop();
});
beforeEach(() => admin.query("DELETE FROM verifier_lease"));

type Lease = {
  applied?: number;
  ageSeconds?: number;
  bound?: number;
  epoch?: string | null;
  run?: string;
  knowsMore?: boolean;
};

/** A verifier's lease, as old as it says, by the database's clock. */
const lease = (id: string, of: Lease = {}) => {
  const { applied = 7, ageSeconds = 0, bound = 10, epoch = null, run = randomUUID(), knowsMore = false } = of;
  return admin.query(
    `INSERT INTO verifier_lease (id, run, epoch, applied, seen_at, bound_seconds, knows_more)
     SELECT $1, $2, coalesce($3::uuid, head.epoch), $4, now() - make_interval(secs => $5), $6, $7
     FROM change_head AS head WHERE head.id = 1`,
    [id, run, epoch, applied, ageSeconds, bound, knowsMore],
  );
};

const atDatabase = async () => {
  const { rows } = await admin.query<{ now: Date }>("SELECT now()");
  return rows[0]?.now.getTime() ?? 0;
};

describe("where a change holds", () => {
  it("is everywhere, at once, when there is no verifier at all", async () => {
    expect(await awaitEnforcement(db, 7n)).toMatchObject({ sequence: "7", acknowledged: [], outstanding: [] });
  });

  it("is where it has been applied, that very sequence or a later one", async () => {
    await lease("a", { applied: 7 });
    await lease("b", { applied: 8 });
    expect(await awaitEnforcement(db, 7n)).toMatchObject({ acknowledged: ["a", "b"], outstanding: [] });
  });

  it("is not where an earlier one was applied: that verifier is named, and until when it may still allow", async () => {
    await lease("a");
    await lease("behind", { applied: 6, bound: 30 });
    const before = await atDatabase();
    const { acknowledged, outstanding, effectiveBy } = await awaitEnforcement(db, 7n);
    expect([acknowledged, outstanding]).toEqual([["a"], ["behind"]]);
    const by = new Date(effectiveBy).getTime();
    expect(by).toBeGreaterThanOrEqual(before + 30_000);
    // From the first look on, not from the last one: a promise that is told late does not begin late.
    expect(by).toBeLessThan((await atDatabase()) + 30_000 - 100);
  });

  it("is by the longest bound of those outstanding, and those that have applied it lengthen nothing", async () => {
    await lease("quick", { applied: 6, bound: 5 });
    await lease("slow", { applied: 6, bound: 20 });
    await lease("done", { applied: 7, bound: 60 });
    const before = await atDatabase();
    const by = new Date((await awaitEnforcement(db, 7n)).effectiveBy).getTime();
    expect(by).toBeGreaterThanOrEqual(before + 20_000);
    expect(by).toBeLessThan(before + 25_000);
  });

  it("is not on another epoch, however high its sequence: that verifier has seen another history", async () => {
    await lease("elsewhere", { applied: 1_000, epoch: randomUUID() });
    expect((await awaitEnforcement(db, 7n)).outstanding).toEqual(["elsewhere"]);
  });

  it("is told of a name only when each of its runs has applied it: a killed process may have a successor", async () => {
    await lease("a", { applied: 7 });
    await lease("a", { applied: 6, bound: 30 });
    const { acknowledged, outstanding } = await awaitEnforcement(db, 7n);
    expect([acknowledged, outstanding]).toEqual([[], ["a"]]);
  });

  it("waits for nobody whose lease is older than its own bound: that verifier refuses by itself", async () => {
    await lease("gone", { applied: 0, ageSeconds: 11, bound: 10 });
    await lease("slow, but alive", { applied: 7, ageSeconds: 50, bound: 60 });
    expect(await awaitEnforcement(db, 7n)).toMatchObject({ acknowledged: ["slow, but alive"], outstanding: [] });
  });

  it("waits for nobody who knows more than this database: that verifier refuses, too, and has not acknowledged", async () => {
    await lease("a");
    await lease("knows more", { applied: 1_000, knowsMore: true });
    await lease("knows another", { epoch: randomUUID(), knowsMore: true });
    expect(await awaitEnforcement(db, 7n)).toMatchObject({ acknowledged: ["a"], outstanding: [] });
    expect(await enforcementOf(db, 7n, new Date())).toMatchObject({ acknowledged: ["a"], outstanding: [] });
  });
});

describe("waiting", () => {
  it("ends when the last verifier has applied the change", async () => {
    const run = randomUUID();
    await lease("a", { applied: 6, run });
    const waiting = awaitEnforcement(db, 7n);
    await admin.query("UPDATE verifier_lease SET applied = 7 WHERE run = $1", [run]);
    expect(await waiting).toMatchObject({ acknowledged: ["a"], outstanding: [] });
  });

  it("ends when the last verifier ended in order and took its lease along", async () => {
    await lease("a", { applied: 6 });
    const waiting = awaitEnforcement(db, 7n);
    await admin.query("DELETE FROM verifier_lease");
    expect(await waiting).toMatchObject({ acknowledged: [], outstanding: [] });
  });

  it("never fails: while the leases cannot be read nobody is said to have applied it, and the bound is the longest", async () => {
    const away = openDatabase("postgresql://portal@127.0.0.1:1/latchkey");
    const before = Date.now();
    const { sequence, acknowledged, outstanding, effectiveBy } = await awaitEnforcement(away, 9n);
    expect([sequence, acknowledged, outstanding]).toEqual(["9", [], ["unknown"]]);
    expect(new Date(effectiveBy).getTime()).toBeGreaterThanOrEqual(before + 60_000);
    await away.$disconnect();
  });
});

describe("a database that answers no more after the commit", () => {
  it("keeps nobody waiting for as long as a query may take", async () => {
    const wire = await DatabaseProxy.open(database.portalUrl);
    const withheld = openDatabase(wire.url);
    // Two connections that are there already: to open one has a bound of its own.
    await Promise.all([1, 2].map(() => withheld.$queryRaw`SELECT 1`));
    expect(wire.count("portal")).toBe(2);
    wire.withhold("portal");
    // Begun before, and given up on when every query of the portal is.
    const query = withheld.$queryRaw`SELECT 1`.then(
      () => "answered",
      () => "given up",
    );
    expect(await Promise.race([query, awaitEnforcement(withheld, 9n)])).toMatchObject({ outstanding: ["unknown"] });
    wire.resume();
    await query;
    await withheld.$disconnect();
    await wire.close();
  });
});

describe("a database whose clock is set after a verifier was heard for the last time", () => {
  let atSetTime: Database;
  beforeAll(async () => {
    // Whoever connects from now on is told another time than the machine's.
    await admin.query(`
      CREATE SCHEMA set_time;
      CREATE TABLE set_time.clock AS SELECT interval '0' AS off;
      CREATE FUNCTION set_time.now() RETURNS timestamptz LANGUAGE sql SECURITY DEFINER
        AS 'SELECT pg_catalog.now() + off FROM set_time.clock';
      GRANT USAGE ON SCHEMA set_time TO PUBLIC;
      DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET search_path = set_time, pg_catalog, public', current_database()); END $$`);
    atSetTime = openDatabase(database.portalUrl);
  });
  afterAll(() => atSetTime.$disconnect());

  it.each(["1 hour", "-1 hour"])(
    "by %s, all the same knows that it lives, and tells an end that is not in the past",
    async (off) => {
      await admin.query("UPDATE set_time.clock SET off = '0'");
      await lease("behind", { applied: 6, bound: 30 });
      await admin.query("UPDATE set_time.clock SET off = $1::interval", [off]);
      const [{ parted } = {}] = await atSetTime.$queryRaw<{ parted: boolean }[]>`
        SELECT abs(extract(epoch FROM now() - clock_timestamp())) > 3000 AS parted`;
      expect(parted).toBe(true);
      const before = Date.now();
      const now = await awaitEnforcement(atSetTime, 7n);
      const later = await enforcementOf(atSetTime, 7n, new Date(before - 3_600_000));
      expect([now.outstanding, later.outstanding]).toEqual([["behind"], ["behind"]]);
      expect(Date.parse(now.effectiveBy)).toBeGreaterThanOrEqual(before + 30_000);
      expect(Date.parse(later.effectiveBy)).toBeGreaterThan(before + 1_000);
    },
  );
});

describe("where a change of a while ago holds", () => {
  const since = new Date("2026-11-22T12:00:00Z");

  it("is looked at once: who has not applied it is named, with the end of its bound counted from the change", async () => {
    const before = await atDatabase();
    await lease("a");
    await lease("behind", { applied: 6, bound: 30 });
    await lease("gone", { applied: 6, ageSeconds: 60 });
    const change = new Date(before + 60_000); // later than the lease was written
    expect(await enforcementOf(db, 7n, change)).toEqual({
      ...{ sequence: "7", acknowledged: ["a"], outstanding: ["behind"] },
      effectiveBy: new Date(before + 90_000).toISOString(),
    });
  });

  it("is not where somebody writes leases long after without having applied it: as long as those say, they may allow", async () => {
    await lease("behind", { applied: 6, bound: 30 });
    const before = Date.now();
    const by = Date.parse((await enforcementOf(db, 7n, since)).effectiveBy);
    expect(by).toBeGreaterThan(before);
    expect(by).toBeLessThanOrEqual(Date.now() + 31_000);
  });

  it("is everywhere where nobody is behind", async () => {
    await lease("a");
    expect(await enforcementOf(db, 7n, since)).toMatchObject({ outstanding: [], effectiveBy: since.toISOString() });
  });
});
