import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { operator } from "#lib/auth/actors";
import { execute } from "#lib/commands/execute";
import { createGroup } from "#lib/groups/commands/create";
import { castOf, verdicts } from "#test/actors";
import { outputOf } from "#test/api";
import { createInstallation, type TestInstallation } from "#test/installation";
import { checkLog } from "./commands/check";
import { sentenceOf } from "./describe";
import { checkLatestEvents } from "./queries-chain";
import { eventOf } from "./row";
import { walkChain } from "./store-chain";

const NOW = Date.UTC(2026, 10, 22, 12);
let installation: TestInstallation;
let admin: Client;
beforeAll(async () => {
  installation = await createInstallation(NOW);
  admin = new Client({ connectionString: installation.database.adminUrl });
  await admin.connect();
  for (let i = 0; i < 9; i += 1) await execute(installation.db, createGroup, operator(), { name: `g${i}` }, NOW + i);
});
afterAll(async () => {
  await admin.end();
  await installation.close();
});

const last = async () => (await installation.db.changeHead.findUniqueOrThrow({ where: { id: 1 } })).auditSeq;
/** Forges, looks, and takes it back. */
async function forged<T>(sql: string, back: string, look: () => Promise<T>): Promise<T> {
  const change = (text: string) =>
    admin.query(`ALTER TABLE audit_events DISABLE TRIGGER USER; ${text}; ALTER TABLE audit_events ENABLE TRIGGER USER`);
  await change(sql);
  const seen = await look();
  await change(back);
  return seen;
}
const rename = (seq: bigint, name: string) => `UPDATE audit_events SET subject_name = '${name}' WHERE seq = ${seq}`;
const lastThree = () => walkChain(installation.db, 3, NOW);

describe("the last events of the log", () => {
  it("are walked to the head, from where they begin", async () => {
    const end = await last();
    expect(await lastThree()).toEqual({ from: end - 2n, through: end, firstBad: null });
    expect(await walkChain(installation.db, 1_000, NOW)).toMatchObject({ from: 1n, through: end, firstBad: null });
  });

  it("betray what was forged among them, and the first of them too", async () => {
    const end = await last();
    for (const seq of [end - 2n, end]) {
      const { subjectName } = await installation.db.auditEvent.findUniqueOrThrow({ where: { seq } });
      const seen = await forged(rename(seq, "forged"), rename(seq, subjectName), lastThree);
      expect(seen).toMatchObject({ through: seq - 1n, firstBad: { seq, why: "its content was changed" } });
    }
  });

  it("betray a row before them whose seal was replaced, or that is gone", async () => {
    const end = await last();
    const seal = (hash: string) => `UPDATE audit_events SET hash = ${hash} WHERE seq = ${end - 3n}`;
    const { hash } = await installation.db.auditEvent.findUniqueOrThrow({ where: { seq: end - 3n } });
    const kept = `'\\x${Buffer.from(hash).toString("hex")}'`;
    const replaced = await forged(seal("sha256('forged')"), seal(kept), lastThree);
    expect(replaced.firstBad).toEqual({ seq: end - 2n, why: "it does not follow the row before" });
    const move = (from: bigint, to: bigint) => `UPDATE audit_events SET seq = ${to} WHERE seq = ${from}`;
    const gone = await forged(move(end - 3n, 9_999n), move(9_999n, end - 3n), lastThree);
    expect(gone.firstBad).toEqual({ seq: end - 2n, why: "it is missing" });
  });

  it("betray a cut at the end", async () => {
    const end = await last();
    const seen = await forged(
      `UPDATE change_head SET audit_seq = ${end + 1n}`,
      `UPDATE change_head SET audit_seq = ${end}`,
      lastThree,
    );
    expect(seen.firstBad).toEqual({ seq: end + 1n, why: "the end of the log was cut off" });
  });
});

describe("the state of the log", () => {
  it("is for administrators and auditors, and noted by the operator alone", async () => {
    const cast = await castOf(installation);
    expect(await checkLatestEvents(cast.user, NOW)).toBeNull();
    expect(await checkLatestEvents(cast.auditor, NOW)).toMatchObject({ from: "1", firstBad: null, noted: null });
    const said = await verdicts(installation, checkLog, cast, () => ({}), NOW);
    expect(Object.entries(said).flatMap(([who, came]) => (came === "done" ? [who] : []))).toEqual(["cli"]);
  });

  it("tells the last check of all of it that was noted, and what it found", async () => {
    const end = await last();
    const report = await outputOf(execute(installation.db, checkLog, operator(), {}, NOW));
    expect(report).toEqual({ checked: Number(end), firstBad: null });
    expect(await checkLatestEvents(operator(), NOW)).toMatchObject({
      noted: { through: end.toString(), broken: null, at: new Date(NOW).toISOString() },
    });
    const bad = await forged(rename(2n, "forged"), "SELECT 1", () =>
      outputOf(execute(installation.db, checkLog, operator(), {}, NOW)),
    );
    expect(bad).toEqual({ checked: 1, firstBad: { seq: "2", why: "its content was changed" } });
    expect(await checkLatestEvents(operator(), NOW)).toMatchObject({ noted: { through: "1", broken: "2" } });
    const row = await installation.db.auditEvent.findFirstOrThrow({ orderBy: { seq: "desc" } });
    expect(sentenceOf(eventOf(row))).toMatch(/checked the audit log up to event 1: broken at event 2\.$/);
  });
});
