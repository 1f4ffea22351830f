import { Client } from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createLog } from "#lib/log";
import { digestOf, newSecret } from "#lib/tokens/secret";
import { DatabaseProxy } from "#test/database-proxy";
import { createInstallation, type TestInstallation } from "#test/installation";
import { type Issued, seedToken } from "#test/seeded";
import { waitUntil } from "#test/upstreams/wait-until";
import { Facts } from "./facts";
import { PATIENCE } from "./patience";
import type { Outcome } from "./waiting";

const BOUND_SECONDS = 2;
const BOUND_MS = BOUND_SECONDS * 1_000;
const CLOCK = () => ({ wall: Date.now(), mono: performance.now() });

let installation: TestInstallation;
let proxy: DatabaseProxy;
let facts: Facts;
let token: Issued;

beforeAll(async () => {
  installation = await createInstallation();
});
afterAll(() => installation.close());

beforeEach(async () => {
  const { id } = await installation.person(`maria-${newSecret().slice(-8)}`, ["api-users"]);
  token = await seedToken(installation.db, id);
  proxy = await DatabaseProxy.open(installation.database.verifierUrl);
  facts = start("behind-proxy", proxy.url);
  await usable();
  await waitUntil("the token in memory", () =>
    lookUp(token.digest).then((found) => typeof found === "object" || undefined),
  );
});
afterEach(async () => {
  proxy.resume();
  await facts.stop();
  await proxy.close();
  await installation.db.$executeRaw`DELETE FROM verifier_lease`;
});

function start(name: string, url: string, patience = PATIENCE, clock = CLOCK): Facts {
  const log = createLog("error", process.stdout, Date.now);
  const made = new Facts({ url, name: () => name, boundSeconds: BOUND_SECONDS, log, patience, clock });
  made.start();
  return made;
}

const usable = (which = () => facts) =>
  waitUntil("usable facts", () => (which().undecidable === null ? true : undefined));
const lookUp = (digest: string, withinMs = 150, by = facts) =>
  new Promise<Outcome>((settle) => {
    by.lookUp(digest, withinMs, settle);
  });
const revoke = ({ id }: Issued) =>
  installation.db.token.update({
    where: { id },
    data: { revokedAt: new Date(), revokedBy: "x", revocationReason: "unused" },
  });
const forgotten = () =>
  waitUntil("the token forgotten", () => (typeof facts.find(token.digest) === "object" ? undefined : true));
/** @returns when it allowed for the last time, and refused for the first, as far as somebody asked */
async function until503(): Promise<{ lastAllowedAt: number; refusedAt: number }> {
  let lastAllowedAt = Number.NEGATIVE_INFINITY;
  return waitUntil("unconfirmed", () => {
    const at = performance.now();
    if (facts.undecidable === "facts_unconfirmed") return { lastAllowedAt, refusedAt: performance.now() };
    lastAllowedAt = at;
    return undefined;
  });
}

describe("a database that does not answer", () => {
  test.each(["refuses", "hangs"] as const)(
    "that %s: known tokens go on until the bound, no longer, and come back",
    async (how) => {
      const [from, ageMs] = [performance.now(), facts.state.ageMs];
      if (how === "refuses") await proxy.refuse();
      else proxy.hang("all");
      expect(facts.undecidable).toBeNull();
      expect(facts.find(token.digest)).toMatchObject({ token: { id: token.id } });
      const { refusedAt } = await until503();
      expect(ageMs + refusedAt - from).toBeGreaterThan(BOUND_MS - 50);
      if (how === "refuses") await proxy.accept();
      else proxy.resume();
      await usable();
      await waitUntil("look-ups again", async () =>
        (await lookUp(digestOf(newSecret()))) === "unknown" ? true : undefined,
      );
    },
  );

  test("that hangs: whoever needs a look-up is refused in time, and soon at once", async () => {
    proxy.hang("all");
    const outcomes = await Promise.all(Array.from({ length: 50 }, () => lookUp(digestOf(newSecret()))));
    expect(outcomes.filter((outcome) => outcome !== "late" && outcome !== "unavailable")).toEqual([]);
    await waitUntil("it is refused for that it hangs, not for being late", async () =>
      (await lookUp(digestOf(newSecret()))) === "unavailable" ? true : undefined,
    );
    expect(facts.state.waiting).toBe(0);
  });

  test("whose look-up connection is cut answers on the next one, within the same request", async () => {
    const patient = start("patient", proxy.url, { queryMs: 5_000, connectMs: 5_000 });
    await usable(() => patient);
    // One that is cut while it is being opened is another story: then the database is away.
    const answered = () => lookUp(digestOf(newSecret()), 10_000, patient);
    await waitUntil("its look-ups are answered", async () => ((await answered()) === "unknown" ? true : undefined));
    proxy.cut("load");
    expect(await answered()).toBe("unknown");
    await patient.stop();
  });

  test("that is not there at the start is waited for", async () => {
    const elsewhere = await DatabaseProxy.open(installation.database.verifierUrl);
    await elsewhere.refuse();
    const early = start("early", elsewhere.url);
    await waitUntil("an attempt", () => (early.state.ageMs === Infinity ? true : undefined));
    expect(early.undecidable).toBe("facts_unavailable");
    await elsewhere.accept();
    await usable(() => early);
    await early.stop();
    await elsewhere.close();
  });
});

describe("a clock that somebody sets", () => {
  test.each([
    ["forward", 3_600_000],
    ["back", -3_600_000],
  ])("%s by an hour: everything is forgotten and confirmed anew, without a restart", async (way, jumpMs) => {
    let jumped = 0;
    const url = installation.database.verifierUrl;
    const set = start(`set-${way}`, url, PATIENCE, () => ({ ...CLOCK(), wall: Date.now() + jumped }));
    await usable(() => set);
    const { flushes } = set.state;
    jumped = jumpMs;
    if (jumpMs > 0) expect(set.undecidable).toBe("facts_unconfirmed");
    await waitUntil("everything forgotten", () => (set.state.flushes > flushes ? true : undefined));
    await usable(() => set);
    await set.stop();
  });
});

describe("a channel that does not tell", () => {
  test("that is cut is opened again, and nothing is missed", async () => {
    const before = facts.state.listens;
    proxy.cut("listen");
    await revoke(token);
    await forgotten();
    await waitUntil("a new channel", () => (facts.state.listens > before ? true : undefined));
  });

  test("that is a black hole is noticed by what a pull finds, and dropped", async () => {
    proxy.hang("listen");
    await revoke(token);
    await forgotten();
    await waitUntil("the silent channel dropped", () => (facts.state.silent > 0 ? true : undefined));
    await usable();
  });
});

describe("a verifier that cannot be reached", () => {
  const leaseOf = async (name: string) => {
    const [lease] = await installation.db.$queryRaw<{ applied: bigint; live: boolean }[]>`
      SELECT applied, seen_at > now() - make_interval(secs => bound_seconds) AS live FROM verifier_lease WHERE id = ${name}`;
    return lease;
  };

  test("is outstanding until the bound, allows until then at most, and nothing after", async () => {
    proxy.hang("all");
    await revoke(token);
    const revokedAt = performance.now();
    const [head] = await installation.db.$queryRaw<{ seq: bigint }[]>`SELECT seq FROM change_head`;
    const lease = await leaseOf("behind-proxy");
    expect(lease?.live).toBe(true);
    expect(lease?.applied).toBeLessThan(head?.seq ?? 0n);
    const { lastAllowedAt } = await until503();
    expect(lastAllowedAt - revokedAt).toBeLessThan(BOUND_MS);
    // Once nobody waits for it any more, it refuses already.
    await waitUntil("the lease lapsed", async () => ((await leaseOf("behind-proxy"))?.live ? undefined : true));
    expect(facts.undecidable).toBe("facts_unconfirmed");
    proxy.resume();
    await forgotten();
    await usable();
  });

  test("has forgotten what was revoked by the time its lease says so", async () => {
    await revoke(token);
    const [head] = await installation.db.$queryRaw<{ seq: bigint }[]>`SELECT seq FROM change_head`;
    await waitUntil(
      "acknowledged",
      async () => ((await leaseOf("behind-proxy"))?.applied ?? 0n) >= (head?.seq ?? 0n) || undefined,
    );
    expect(facts.find(token.digest)).toBeUndefined();
  });

  test("takes its lease along when it ends in order", async () => {
    const brief = start("brief", installation.database.verifierUrl);
    await usable(() => brief);
    expect((await leaseOf("brief"))?.live).toBe(true);
    await brief.stop();
    expect(await leaseOf("brief")).toBeUndefined();
  });

  test("does not speak for another one of the same name", async () => {
    const twin = start("behind-proxy", installation.database.verifierUrl);
    await usable(() => twin);
    const rows = await installation.db.$queryRaw<
      { run: string }[]
    >`SELECT run FROM verifier_lease WHERE id = 'behind-proxy'`;
    expect(new Set(rows.map(({ run }) => run)).size).toBe(2);
    await twin.stop();
  });

  test("stops when it may read but not write its lease", async () => {
    const { database } = installation;
    const role = new URL(database.verifierUrl).username;
    await asOwner(`REVOKE EXECUTE ON FUNCTION latchkey_write_lease FROM ${role}`);
    try {
      await until503();
    } finally {
      await asOwner(`GRANT EXECUTE ON FUNCTION latchkey_write_lease TO ${role}`);
    }
    await usable();
  });
});

async function asOwner(statement: string): Promise<void> {
  const client = new Client({ connectionString: installation.database.ownerUrl });
  await client.connect();
  await client.query(statement);
  await client.end();
}
