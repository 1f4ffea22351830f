import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createLog } from "#lib/log";
import { digestOf, newSecret } from "#lib/tokens/secret";
import { DatabaseProxy } from "#test/database-proxy";
import { createInstallation, type TestInstallation } from "#test/installation";
import { seedToken } from "#test/seeded";
import { waitUntil } from "#test/upstreams/wait-until";
import { Facts } from "./facts";
import type { Outcome } from "./waiting";

let installation: TestInstallation;
let proxy: DatabaseProxy;
let owner: Client;
let facts: Facts;
let maria: string;

beforeAll(async () => {
  installation = await createInstallation();
  maria = (await installation.person("Maria", ["api-users"])).id;
  owner = new Client({ connectionString: installation.database.ownerUrl });
  await owner.connect();
  proxy = await DatabaseProxy.open(installation.database.verifierUrl);
  const log = createLog("error", process.stdout, Date.now);
  const patience = { queryMs: 20_000, connectMs: 20_000 };
  facts = new Facts({ url: proxy.url, name: () => "here", boundSeconds: 60, log, patience });
  facts.start();
  await waitUntil("facts that may be used", () => facts.undecidable === null || undefined);
  await waitUntil("a connection for look-ups", async () => (await lookUp(aDigest())) === "unknown" || undefined);
});

afterAll(async () => {
  proxy.resume();
  await owner.end();
  await facts.stop();
  await proxy.close();
  await installation.close();
});

const aDigest = () => digestOf(newSecret());
const lookUp = (digest: string) => new Promise<Outcome>((settle) => facts.lookUp(digest, 20_000, settle));

/** Everything that was written so far is applied. */
const applied = async () => {
  const [head] = await installation.db.$queryRaw<{ seq: bigint }[]>`SELECT seq FROM change_head`;
  await waitUntil("everything applied", () => facts.state.applied >= Number(head?.seq) || undefined);
};

type Name = keyof Facts["state"];

/** By how much numbers went up since; those that did not are left out. */
const riseOf = (before: Facts["state"], names: readonly Name[]) => {
  const now = facts.state;
  const rises = names.map((name) => [name, Number(now[name]) - Number(before[name])] as const);
  return Object.fromEntries(rises.filter(([, rise]) => rise !== 0));
};
const risen = (name: Name, before: Facts["state"], by = 1) =>
  waitUntil(`${name} went up`, () => Number(facts.state[name]) - Number(before[name]) >= by || undefined, 20_000);

const OF_LOOK_UPS = ["hits", "misses", "loads", "looked", "failed", "tokens", "unknown", "waiting"] as const;
const OF_HISTORY = ["flushes", "restarts", "waits", "changes"] as const;

/** Holds a table while something happens: whoever reads or writes it waits. */
async function whileLocked(
  table: string,
  mode: "EXCLUSIVE" | "ACCESS EXCLUSIVE",
  then: () => Promise<unknown>,
): Promise<void> {
  await owner.query("BEGIN");
  await owner.query(`LOCK TABLE ${table} IN ${mode} MODE`);
  await then();
  await owner.query("ROLLBACK");
}

describe("each number goes up by what it counts, and by nothing else", () => {
  test("a digest that is in memory, and one that is not", async () => {
    const { digest } = await seedToken(installation.db, maria);
    await lookUp(digest);
    const before = facts.state;
    facts.find(digest);
    facts.find(digest);
    facts.find(aDigest());
    expect(riseOf(before, OF_LOOK_UPS)).toEqual({ hits: 2, misses: 1 });
  });

  test("three look-ups at once: one goes at once, the others together", async () => {
    const { digest } = await seedToken(installation.db, maria);
    await applied();
    const before = facts.state;
    await Promise.all([digest, aDigest(), aDigest()].map(lookUp));
    expect(riseOf(before, OF_LOOK_UPS)).toEqual({ loads: 2, looked: 3, tokens: 1, unknown: 2 });
  });

  test("look-ups that the database leaves without an answer: they wait, it failed, and then they have it", async () => {
    const before = facts.state;
    proxy.hang("load");
    const asked = [lookUp(aDigest()), lookUp(aDigest())];
    expect(riseOf(before, OF_LOOK_UPS)).toEqual({ waiting: 2 });
    await risen("failed", before);
    expect(facts.state.loads).toBe(before.loads);
    proxy.resume();
    expect(await Promise.all(asked)).toEqual(["unknown", "unknown"]);
    expect(facts.state.waiting).toBe(0);
  });

  test("one change: applied, acknowledged, and nothing forgotten but what it names", async () => {
    const { id } = await seedToken(installation.db, maria);
    await applied();
    const before = facts.state;
    await installation.db
      .$executeRaw`UPDATE tokens SET suspended_at = now(), suspended_by = 'x' WHERE id = ${id}::uuid`;
    await risen("applied", before);
    await risen("leases", before);
    expect(riseOf(before, [...OF_HISTORY, "applied"])).toEqual({ changes: 1, applied: 1 });
  });

  test("pulls while no lease can be written, and leases when they can", async () => {
    const before = facts.state;
    await whileLocked("verifier_lease", "EXCLUSIVE", async () => {
      // A lease that was written just before may be counted still; after a second pull it was.
      await risen("pulls", facts.state, 2);
      const without = facts.state;
      await risen("pulls", without, 1);
      expect(facts.state.leases).toBe(without.leases);
    });
    await risen("leases", facts.state);
    expect(riseOf(before, OF_HISTORY)).toEqual({});
  });

  test("a head that is ahead while the installation cannot be read: by how much, until it is there", async () => {
    const before = facts.state;
    await whileLocked("settings", "ACCESS EXCLUSIVE", async () => {
      const other = new Client({ connectionString: installation.database.ownerUrl });
      await other.connect();
      await other.query("UPDATE change_head SET seq = seq + 5");
      await other.end();
      await waitUntil("it knows that it is behind", () => facts.state.lag === 5 || undefined);
      expect(facts.state.applied).toBe(before.applied);
    });
    await waitUntil("it is there", () => (facts.state.lag === 0 && facts.state.applied) || undefined);
    expect(facts.state.applied).toBe(before.applied + 5);
    expect(facts.state.flushes).toBeGreaterThan(before.flushes);
    expect(riseOf(before, ["restarts", "waits", "changes"])).toEqual({});
  });

  test("another timeline is none of the flushes", async () => {
    const before = facts.state;
    await owner.query("SELECT latchkey_begin_epoch()");
    await risen("restarts", before);
    await waitUntil("facts that may be used", () => facts.undecidable === null || undefined);
    expect(riseOf(before, ["flushes", "waits"])).toEqual({});
    expect(facts.state.boundMs).toBe(60_000);
  });
});
