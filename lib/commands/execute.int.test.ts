import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { operator, visitor } from "#lib/auth/actors";
import { ok, refuse } from "#lib/errors/error";
import { networkView } from "#lib/networks/view";
import { createInstallation, type TestInstallation } from "#test/installation";
import { defineCommand, nothingToFind, nothingToPrepare } from "./command";
import { VIEWERS } from "./door";
import { execute } from "./execute";

const NOW = Date.UTC(2026, 10, 22, 12);
const LEASE = "SELECT latchkey_write_lease($1, gen_random_uuid(), $2, 0, 7)";
let installation: TestInstallation;
beforeAll(async () => {
  installation = await createInstallation(NOW);
});
afterAll(() => installation.close());

/** A command over networks, to look at execute itself. */
const addNetwork = defineCommand({
  input: z.strictObject({ name: z.string().min(1), fail: z.enum(["refuse", "throw"]).optional() }),
  door: VIEWERS,
  stepUp: true,
  administration: "untouched",
  prepare: nothingToPrepare,
  subject: nothingToFind,
  allows: (actor) =>
    actor.kind === "session" && actor.role === "user" ? refuse("forbidden", "Admins only.") : ok(undefined),
  perform: async ({ tx }, _subject, { name, fail }) => {
    const network = await tx.network.create({ data: { name, ranges: ["192.0.2.0/24"] } });
    if (fail === "refuse") return refuse("in_use", "Changed my mind.");
    if (fail === "throw") throw new Error("unexpected");
    const detail = { before: null, after: networkView(network) };
    return ok({ output: { id: network.id }, events: [{ action: "network.created", subject: network, detail }] });
  },
  conflicts: { networks_name_key: { code: "already_exists", path: "name", detail: "Taken." } },
});

const run = (actor: Parameters<typeof execute>[2], raw: unknown, now = NOW) =>
  execute(installation.db, addNetwork, actor, raw, now);
const head = () => installation.db.changeHead.findUniqueOrThrow({ where: { id: 1 } });

describe("execute", () => {
  it("writes the change, its audit row and the new head in one transaction", async () => {
    const before = await head();
    const done = await run(operator(), { name: "office" });
    const after = await head();
    expect(done).toMatchObject({ ok: true, value: { repeated: false, enforcement: { outstanding: [] } } });
    expect(after.seq).toBe(before.seq + 1n);
    expect(after.auditSeq).toBe(before.auditSeq + 1n);
    expect(done.ok && done.value.enforcement?.sequence).toBe(after.seq.toString());
    const event = await installation.db.auditEvent.findUniqueOrThrow({ where: { seq: after.auditSeq } });
    expect(event).toMatchObject({ action: "network.created", actorKind: "cli", subjectName: "office" });
    expect(Buffer.from(event.previousHash)).toEqual(Buffer.from(before.auditHash));
  });

  it("leaves nothing behind when perform refuses after it wrote", async () => {
    const before = await head();
    const done = await run(operator(), { name: "lab", fail: "refuse" });
    expect(done).toMatchObject({ ok: false, refusal: { code: "in_use" } });
    expect(await installation.db.network.count({ where: { name: "lab" } })).toBe(0);
    expect(await head()).toEqual(before);
  });

  it("leaves nothing behind when perform throws, and throws on", async () => {
    const before = await head();
    await expect(run(operator(), { name: "lab", fail: "throw" })).rejects.toThrow("unexpected");
    expect(await head()).toEqual(before);
  });

  it("decides a race by the database, and tells the loser at the field", async () => {
    const both = await Promise.all([run(operator(), { name: "vpn" }), run(operator(), { name: "vpn" })]);
    expect(both.filter((done) => done.ok)).toHaveLength(1);
    const loser = both.find((done) => !done.ok);
    expect(loser).toMatchObject({ refusal: { code: "already_exists", errors: [{ path: "name", message: "Taken." }] } });
  });

  it("refuses visitors, unknown fields and wrong types before anything else", async () => {
    expect(await run(visitor("192.0.2.9", "x"), { name: "a" })).toMatchObject({ refusal: { code: "unauthenticated" } });
    const odd = await run(operator(), { name: "a", extra: 1 });
    expect(odd).toMatchObject({ refusal: { code: "invalid_input", errors: [{ path: "extra" }] } });
    for (const raw of [null, [], "x", { name: "" }]) {
      expect(await run(operator(), raw)).toMatchObject({ refusal: { code: "invalid_input" } });
    }
  });

  it("asks a session for a fresh proof of presence, ten minutes after the last one", async () => {
    await installation.person("ada", ["admins"]);
    const ada = await installation.viewer("ada");
    expect(await run(ada, { name: "early" }, NOW + 599_999)).toMatchObject({ ok: true });
    expect(await run(ada, { name: "late" }, NOW + 600_000)).toMatchObject({ refusal: { code: "step_up_required" } });
  });

  it("lets a role that may not do it see a refusal, not an effect", async () => {
    await installation.person("bob");
    const bob = await installation.viewer("bob");
    expect(await run(bob, { name: "bobs" })).toMatchObject({ refusal: { code: "forbidden" } });
    expect(await installation.db.network.count({ where: { name: "bobs" } })).toBe(0);
  });

  it("keeps the audit chain whole when twenty commands run at once", async () => {
    await Promise.all(Array.from({ length: 20 }, (_, i) => run(operator(), { name: `many-${i}` })));
    const events = await installation.db.auditEvent.findMany({ orderBy: { seq: "asc" } });
    for (const [i, event] of events.entries()) {
      expect(event.seq).toBe(BigInt(i + 1));
      const previous = events[i - 1];
      if (previous) expect(Buffer.from(event.previousHash)).toEqual(Buffer.from(previous.hash));
    }
  });

  it("names a live verifier that has not applied the change, and until when it may still allow", async () => {
    const { epoch } = await head();
    const verifier = new Client({ connectionString: installation.database.verifierUrl });
    await verifier.connect();
    await verifier.query(LEASE, ["gw-9", epoch]);
    const from = Date.now();
    const done = await run(operator(), { name: "slow" });
    expect(done).toMatchObject({ ok: true, value: { enforcement: { outstanding: ["gw-9"], acknowledged: [] } } });
    const by = done.ok ? Date.parse(done.value.enforcement?.effectiveBy ?? "") : 0;
    // Its bound of seven seconds, counted from a moment between the change and the answer.
    expect(by).toBeGreaterThanOrEqual(from + 7_000);
    expect(by).toBeLessThanOrEqual(Date.now() + 7_000);
    await installation.db.verifierLease.deleteMany();
    await verifier.end();
  });
});
