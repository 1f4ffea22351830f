import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readHead } from "#lib/journal/store";
import { createLog } from "#lib/log";
import { asAdmin } from "#test/database-cluster";
import { createInstallation, type TestInstallation } from "#test/installation";
import { waitUntil } from "#test/upstreams/wait-until";
import { Facts } from "./facts";

const lines: string[] = [];
const log = createLog("debug", { write: (text) => lines.push(text) }, Date.now);

let installation: TestInstallation;
let facts: Facts;

beforeAll(async () => {
  installation = await createInstallation();
  facts = new Facts({ url: installation.database.verifierUrl, name: () => "here", boundSeconds: 60, log });
  facts.start();
  await ready();
});

afterAll(async () => {
  await facts.stop();
  await installation.close();
});

const ready = () => waitUntil("facts that may be used", () => (facts.undecidable === null ? true : undefined));

const another = () => new Facts({ url: installation.database.verifierUrl, name: () => "there", boundSeconds: 60, log });
const isMissed = async () => (await readHead(installation.db))?.isMissed;

const knowsMore = async () => {
  const found = await installation.db.$queryRaw<unknown[]>`
    SELECT 1 FROM verifier_lease WHERE id = 'here' AND knows_more`;
  return found.length > 0;
};
const BACK = "UPDATE change_head SET seq = seq - 1";
const ELSEWHERE = "UPDATE change_head SET epoch = '0190d4a5-0000-7000-8000-0000000000e2'";

test.each([
  ["a head that went back, until it is there again", BACK, "+ 1", "behind"],
  [
    "another row where it was, until that is there again",
    "UPDATE changes SET at = at - interval '1 h' WHERE seq = (SELECT max(seq) FROM changes)",
    "at",
    "rewritten",
  ],
  ["another history, until it is its own again", ELSEWHERE, "epoch", "another history"],
  ["another history, until somebody has said that it goes on from its own", ELSEWHERE, "accepted", "another history"],
])("%s, leaves everything undecided and the lease says so", async (_what, away, how, why) => {
  const owner = installation.database.ownerUrl;
  const { epoch } = await installation.db.changeHead.findFirstOrThrow();
  const back: Readonly<Record<string, string>> = {
    "+ 1": "UPDATE change_head SET seq = seq + 1",
    at: "UPDATE changes SET at = at + interval '1 h' WHERE seq = (SELECT max(seq) FROM changes)",
    epoch: `UPDATE change_head SET epoch = '${epoch}'`,
    accepted: "SELECT latchkey_begin_epoch()",
  };
  lines.length = 0;
  await asAdmin(owner, [away]);
  await waitUntil("it waits", () => (facts.state.isWaiting ? true : undefined));
  expect(facts.undecidable).toBe("quarantined");
  await waitUntil("its lease says so", async () => (await knowsMore()) || undefined);
  const told = lines.map((line) => JSON.parse(line)).filter(({ event }) => event === "facts.database_behind");
  expect(told.map((each) => each.why)).toEqual([why]);
  await asAdmin(owner, [back[how] ?? ""]);
  await ready();
  await waitUntil("its lease says that, too", async () => !(await knowsMore()) || undefined);
});

test("another epoch begins another timeline, and the lease says so", async () => {
  const before = facts.state.restarts;
  await asAdmin(installation.database.ownerUrl, ["SELECT latchkey_begin_epoch()"]);
  await waitUntil("another timeline", () => (facts.state.restarts > before ? true : undefined));
  await ready();
  await waitUntil("a lease of this epoch", async () => {
    const [lease] = await installation.db.$queryRaw<{ same: boolean }[]>`
      SELECT l.epoch = h.epoch AND l.applied = h.seq AS same FROM verifier_lease l, change_head h WHERE l.id = 'here'`;
    return lease?.same || undefined;
  });
});

describe("a verifier that knew what the database does not", () => {
  const owner = (...statements: string[]) => asAdmin(installation.database.ownerUrl, statements);
  const waits = (who: Facts) => waitUntil("it waits", () => who.state.isWaiting || undefined);

  test("is believed by one that knows nothing of it, and by one that goes on from less, until it says otherwise", async () => {
    const beside = another();
    beside.start();
    await waitUntil("the one beside it", () => (beside.undecidable === null ? true : undefined));
    // As one that had not heard the last change: where it is, the database has everything.
    await owner("SELECT latchkey_write_lease('third', gen_random_uuid(), epoch, seq + 1, 60, true) FROM change_head");
    await Promise.all([waits(beside), waits(facts)]);
    const begun = another();
    begun.start();
    await waits(begun);
    expect([beside, facts, begun].map(({ undecidable }) => undecidable)).toEqual(Array(3).fill("quarantined"));
    expect([await isMissed(), await knowsMore()]).toEqual([true, false]);
    await owner("UPDATE verifier_lease SET knows_more = false WHERE id = 'third'");
    await Promise.all(
      [beside, facts, begun].map((each) => waitUntil("it goes on", () => !each.state.isWaiting || undefined)),
    );
    await ready();
    await Promise.all([beside.stop(), begun.stop()]);
  });

  test("keeps no other waiting once the database is whole again, and neither does that one", async () => {
    const beside = another();
    beside.start();
    await waitUntil("the one beside it", () => (beside.undecidable === null ? true : undefined));
    await owner(BACK);
    await waitUntil("both say so", async () => {
      const rows = await installation.db.$queryRaw<unknown[]>`SELECT 1 FROM verifier_lease WHERE knows_more`;
      return rows.length === 2 || undefined;
    });
    await owner("UPDATE change_head SET seq = seq + 1");
    await waitUntil("the one beside it", () => (beside.undecidable === null ? true : undefined));
    await ready();
    expect(await isMissed()).toBe(false);
    await beside.stop();
  });

  test("is still a witness when it has ended, however long ago, until somebody ends the quarantine", async () => {
    await owner(BACK);
    await waits(facts);
    await waitUntil("its lease says so", async () => (await knowsMore()) || undefined);
    await facts.stop();
    await owner(
      "UPDATE verifier_lease SET seen_at = now() - interval '3 days'",
      "SELECT latchkey_remove_lease('nobody', gen_random_uuid())",
    );
    expect(await isMissed()).toBe(true);
    facts = new Facts({ url: installation.database.verifierUrl, name: () => "here", boundSeconds: 60, log });
    facts.start();
    await waits(facts);
    expect(facts.undecidable).toBe("quarantined");
    await owner("SELECT latchkey_begin_epoch()");
    await ready();
    expect(await isMissed()).toBe(false);
    await owner("SELECT latchkey_remove_lease('nobody', gen_random_uuid())");
    expect(await knowsMore()).toBe(false);
  });
});
