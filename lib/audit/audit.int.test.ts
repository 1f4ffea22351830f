import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { operator } from "#lib/auth/actors";
import { execute } from "#lib/commands/execute";
import { createGroup } from "#lib/groups/commands/create";
import { createInstallation, type TestInstallation } from "#test/installation";
import { auditQuery } from "./parameters";
import { listAuditEvents, tokenHistory } from "./queries";
import { checkAuditChain } from "./queries-chain";

const NOW = Date.UTC(2026, 10, 22, 12);
let installation: TestInstallation;
let admin: Client;
beforeAll(async () => {
  installation = await createInstallation(NOW);
  admin = new Client({ connectionString: installation.database.adminUrl });
  await admin.connect();
  for (let i = 0; i < 7; i += 1) await execute(installation.db, createGroup, operator(), { name: `g${i}` }, NOW + i);
});
afterAll(async () => {
  await admin.end();
  await installation.close();
});

async function check() {
  const report = await checkAuditChain(operator(), NOW);
  if (!report.ok) throw new Error(report.refusal.detail);
  return report.value;
}

/** Does what no role of ours may do, looks, and undoes it. */
async function tampered(sql: string) {
  await admin.query(
    "BEGIN; ALTER TABLE audit_events DISABLE TRIGGER USER; CREATE TEMP TABLE kept AS TABLE audit_events; CREATE TEMP TABLE head AS TABLE change_head; COMMIT",
  );
  await admin.query(sql);
  const report = await check();
  await admin.query(`BEGIN; DELETE FROM audit_events; INSERT INTO audit_events SELECT * FROM kept; DROP TABLE kept;
    UPDATE change_head SET audit_seq = head.audit_seq, audit_hash = head.audit_hash FROM head; DROP TABLE head;
    ALTER TABLE audit_events ENABLE TRIGGER USER; COMMIT`);
  return report.firstBad;
}

describe("the audit chain", () => {
  it("fits from the first row to the head when nobody touched it", async () => {
    const { auditSeq } = await installation.db.changeHead.findUniqueOrThrow({ where: { id: 1 } });
    expect(await check()).toEqual({ checked: Number(auditSeq), firstBad: null });
  });

  it("names the first row that was changed, whatever was changed in it", async () => {
    for (const change of [
      "actor_name = 'eve'",
      "detail = '{}'",
      `detail = detail || '{"note": "as always"}'`,
      "at = at + interval '1 ms'",
      "subject_id = NULL",
      "action = 'user.created'",
      "address = '::1'",
    ]) {
      expect(await tampered(`UPDATE audit_events SET ${change} WHERE seq = 4`)).toMatchObject({ seq: "4" });
    }
  });

  it("names the first row that is missing, in the middle or at the end", async () => {
    expect(await tampered("DELETE FROM audit_events WHERE seq = 3")).toMatchObject({ seq: "3", why: "it is missing" });
    expect(await tampered("DELETE FROM audit_events WHERE seq >= 5")).toMatchObject({
      seq: "5",
      why: "the end of the log was cut off",
    });
  });

  it("notices a forged end though the head was set back with it", async () => {
    const set = "DELETE FROM audit_events WHERE seq >= 5; UPDATE change_head SET audit_seq = 4";
    expect(await tampered(set)).toMatchObject({ seq: "4", why: "the head does not know this row" });
  });

  it("cannot be changed by the portal's own role, nor by the owner without taking the trigger away", async () => {
    const portal = installation.db;
    await expect(portal.$executeRaw`UPDATE audit_events SET actor_name = 'x'`).rejects.toThrow(/permission denied/);
    await expect(portal.$executeRaw`DELETE FROM audit_events`).rejects.toThrow(/permission denied/);
    await expect(admin.query("UPDATE audit_events SET actor_name = 'x'")).rejects.toThrow(/append-only/);
  });
});

describe("reading the log", () => {
  const list = async (query: object = {}) => {
    await installation.person(`reader-${Math.random()}`);
    const done = await listAuditEvents(operator(), auditQuery.parse(query));
    if (!done.ok) throw new Error(done.refusal.detail);
    return done.value;
  };

  it("pages by keyset, forwards and back, without losing or repeating an event", async () => {
    const first = await list({ limit: "3" });
    const second = await list({ limit: "3", cursor: first.nextCursor ?? "" });
    const back = await list({ limit: "3", cursor: second.previousCursor ?? "" });
    expect(first.previousCursor).toBeNull();
    expect(first.items.map((each) => each.sentence)[0]).toMatch(/created the group g6\.$/);
    expect(second.items[0]?.seq).toBe(String(Number(first.items[2]?.seq) - 1));
    expect(back.items).toEqual(first.items);
    expect(back.previousCursor).toBeNull();
  });

  it("shows what another version wrote, in words that need to know nothing of it", async () => {
    await admin.query(
      `INSERT INTO audit_events (seq, at, actor_kind, actor_name, action, subject_kind, subject_name, detail, previous_hash, hash, kid)
       VALUES (998, '2001-01-01', 'robot', 'r2', 'cat.fed', 'cat', 'tom', '[7]', '', '', '')`,
    );
    expect((await list({ to: "2002-01-01T00:00:00Z" })).items).toMatchObject([
      { seq: "998", actor: { kind: "robot" }, subject: { kind: "cat" }, detail: { before: null, after: null } },
    ]);
    await admin.query(
      "ALTER TABLE audit_events DISABLE TRIGGER USER; DELETE FROM audit_events WHERE seq = 998; ALTER TABLE audit_events ENABLE TRIGGER USER",
    );
  });

  it("filters by actor, action, subject, text and time together", async () => {
    expect((await list({ action: "group.created", q: "g5" })).items).toHaveLength(1);
    expect((await list({ subject: "g2" })).items).toHaveLength(1);
    expect((await list({ actor: "nobody" })).items).toHaveLength(0);
    const from = new Date(NOW + 5).toISOString();
    expect((await list({ from, action: "group.created" })).items).toHaveLength(2);
  });

  it("is for administrators and auditors; a token's history is for who may see the token", async () => {
    const { id } = await installation.person("mara", ["api-users"]);
    await installation.person("bob");
    const [mara, bob] = [await installation.viewer("mara"), await installation.viewer("bob")];
    expect(await listAuditEvents(mara, auditQuery.parse({}))).toMatchObject({ refusal: { code: "forbidden" } });
    const token = await installation.db.token.create({
      data: { ownerId: id, name: "t", createdBy: "mara", grantBy: "tier", access: "read" },
    });
    await admin.query(
      `INSERT INTO audit_events (seq, at, actor_kind, actor_name, action, subject_kind, subject_id, subject_name, detail, previous_hash, hash, kid)
       VALUES (999, now(), 'user', 'mara', 'token.created', 'token', $1, 't', '{"before":null,"after":null}', '', '', '')`,
      [token.id],
    );
    expect(await tokenHistory(mara, token.id)).toMatchObject([{ sentence: "mara created the token “t”." }]);
    expect(await tokenHistory(bob, token.id)).toEqual([]);
  });
});
