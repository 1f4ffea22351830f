import { afterAll, beforeAll, expect, test } from "vitest";
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

const knowsMore = async () => {
  const found = await installation.db.$queryRaw<unknown[]>`
    SELECT 1 FROM verifier_lease WHERE id = 'here' AND knows_more`;
  return found.length > 0;
};
const ELSEWHERE = "UPDATE change_head SET epoch = '0190d4a5-0000-7000-8000-0000000000e2'";

test.each([
  ["a head that went back, until it is there again", "UPDATE change_head SET seq = seq - 1", "+ 1"],
  [
    "another row where it was, until that is there again",
    "UPDATE changes SET at = at - interval '1 h' WHERE seq = (SELECT max(seq) FROM changes)",
    "at",
  ],
  ["another history, until it is its own again", ELSEWHERE, "epoch"],
  ["another history, until somebody has said that it goes on from its own", ELSEWHERE, "accepted"],
])("%s, leaves everything undecided and the lease says so", async (_what, away, how) => {
  const owner = installation.database.ownerUrl;
  const { epoch } = await installation.db.changeHead.findFirstOrThrow();
  const back: Readonly<Record<string, string>> = {
    "+ 1": "UPDATE change_head SET seq = seq + 1",
    at: "UPDATE changes SET at = at + interval '1 h' WHERE seq = (SELECT max(seq) FROM changes)",
    epoch: `UPDATE change_head SET epoch = '${epoch}'`,
    accepted: "SELECT latchkey_begin_epoch()",
  };
  await asAdmin(owner, [away]);
  await waitUntil("it waits", () => (facts.state.isWaiting ? true : undefined));
  expect(facts.undecidable).toBe("quarantined");
  await waitUntil("its lease says so", async () => (await knowsMore()) || undefined);
  expect(lines.join("")).toContain("facts.database_behind");
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
