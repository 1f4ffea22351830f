import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SessionViewer } from "#lib/access/viewer";
import { viewerOfOperation } from "#lib/auth/operation-viewer";
import { Operations } from "#lib/jobs/operations";
import { browserOf, call, scriptOf } from "#test/api";
import { createInstallation, type TestInstallation } from "#test/installation";
import { seedToken } from "#test/seeded";
import { POST } from "./admin/tokens/bulk/route";
import { GET } from "./operations/[id]/route";

let installation: TestInstallation;
let ann: SessionViewer;
let ids: string[];
let operations: Operations;

beforeAll(async () => {
  installation = await createInstallation();
  const { db, person, viewer } = installation;
  await person("ann", ["admins"]);
  const ada = await person("ada", ["api-users"]);
  ann = await viewer("ann");
  const some = [{}, {}, { expiresAt: new Date(Date.now() - 1_000) }, { suspendedAt: new Date(), suspendedBy: "eve" }];
  ids = await Promise.all(some.map(async (each) => (await seedToken(db, ada.id, each)).id));
  await db.tokenUsage.update({ where: { tokenId: ids[0] ?? "" }, data: { lastUsedAt: new Date() } });
  operations = new Operations(db);
});
afterAll(() => installation.close());

const ask = async (body: object, headers?: Record<string, string>) =>
  call(POST, headers ?? (await browserOf(installation, ann)), { method: "POST", body });

describe("a preview", () => {
  it("says what would happen to how many of whom, and changes nothing", async () => {
    const gone = randomUUID();
    const answer = await ask({ action: "suspend", ids: [...ids, gone], dryRun: true });
    expect(answer).toMatchObject({
      status: 200,
      body: {
        ...{ action: "suspend", matched: 5, changes: 2, unchanged: 1, owners: 1, usedLastDay: 1, neverUsed: 1 },
        most: [{ username: "ada", tokens: 2 }],
        refused: [
          { code: "ended", count: 1 },
          { code: "not_found", count: 1 },
        ],
      },
    });
    expect(await installation.db.operation.count()).toBe(0);
    expect(await installation.db.token.count({ where: { suspendedAt: { not: null } } })).toBe(1);
  });

  it("by a filter counts what it finds, and another number than expected is stale", async () => {
    const filter = { owner: "ada", status: ["active", "suspended"] };
    expect(await ask({ action: "revoke", filter, dryRun: true })).toMatchObject({ body: { matched: 3, changes: 3 } });
    expect(await ask({ action: "revoke", filter, dryRun: true, expected: 4 })).toMatchObject({
      status: 409,
      body: { code: "stale", errors: [{ path: "expected", message: "3" }] },
    });
    expect(await ask({ action: "revoke", filter: { q: "none such" }, dryRun: true })).toMatchObject({ status: 422 });
  });
});

describe("what is asked", () => {
  it("is read once and never whole when it is too long, a preview as well", async () => {
    for (const dryRun of [true, false]) {
      const ids = Array.from({ length: 60_000 }, () => randomUUID());
      expect(await ask({ action: "revoke", dryRun, ids })).toMatchObject({ status: 413, body: { code: "too_large" } });
    }
  });

  it("as a preview by a token that may only read is refused, as every POST of its is", async () => {
    const reader = await scriptOf(installation, ann, "read");
    expect(await ask({ action: "revoke", ids, dryRun: true }, reader)).toMatchObject({ status: 403 });
  });
});

describe("an operation", () => {
  it("is begun with 202, looked at by its address, and over when all have had their turn", async () => {
    const begun = await ask({ action: "suspend", ids: ids.slice(0, 1), expected: 1, note: "leave" });
    expect(begun).toMatchObject({ status: 202, body: { matched: 1, done: 0, finishedAt: null } });
    const look = async () => call(GET, await browserOf(installation, ann), { params: { id: String(begun.body.id) } });
    expect(await look()).toMatchObject({ status: 200, body: { done: 0, refused: [] } });
    await operations.turn(Date.now());
    expect(await look()).toMatchObject({ body: { done: 1, refused: [], finishedAt: expect.any(String) } });
  });

  it("begun by a script goes on for as long as its token works", async () => {
    const script = await scriptOf(installation, ann, "write");
    const { db } = installation;
    const run = async (action: string) => {
      const begun = await ask({ action, ids: ids.slice(1, 2), expected: 1 }, script);
      expect(begun.status).toBe(202);
      return String(begun.body.id);
    };
    const done = async (id: string) => {
      await operations.turn(Date.now());
      return (await call(GET, script, { params: { id } })).body;
    };
    expect(await done(await run("suspend"))).toMatchObject({ done: 1 });
    const event = await db.auditEvent.findFirstOrThrow({
      where: { action: "token.suspended" },
      orderBy: { seq: "desc" },
    });
    expect(event).toMatchObject({ actorKind: "token", actorName: "ann (token write script)" });

    const id = await run("resume");
    const { tokenId } = await db.operation.findUniqueOrThrow({ where: { id } });
    const begun = { makerId: ann.userId, sessionId: null, tokenId, address: "192.0.2.1" };
    expect(await viewerOfOperation(db, begun, Date.now())).toMatchObject({ kind: "token", access: "write" });
    const changed = async (data: object) => {
      await db.token.update({ where: { id: tokenId ?? "" }, data });
      return viewerOfOperation(db, begun, Date.now());
    };
    expect(await changed({ access: "read" })).toMatchObject({ access: "read" });
    expect(await changed({ access: "write", ipRanges: ["198.51.100.0/24"] })).toBeNull();
    expect(await changed({ ipRanges: [], pathRules: ["GET /**"] })).toBeNull();
    expect(await changed({ pathRules: [], suspendedAt: new Date(), suspendedBy: "ann" })).toBeNull();
    await operations.turn(Date.now());
    expect(await call(GET, await browserOf(installation, ann), { params: { id } })).toMatchObject({
      body: { done: 0, refused: [{ id: ids[1], code: "forbidden" }] },
    });
  });

  it("that breaks down again and again is given up, and says so", async () => {
    const begun = await ask({ action: "resume", ids: ids.slice(1, 2), expected: 1 });
    const { db } = installation;
    const id = String(begun.body.id);
    await db.operation.update({ where: { id }, data: { fields: { strange: true } } });
    for (let n = 0; n < 3; n += 1) await expect(operations.turn(Date.now())).rejects.toThrow();
    expect(await operations.turn(Date.now())).toBe(true);
    expect(await call(GET, await browserOf(installation, ann), { params: { id } })).toMatchObject({
      body: { done: 0, refused: [{ code: "unavailable" }], finishedAt: expect.any(String) },
    });
    expect(await operations.turn(Date.now())).toBe(false);
  });
});
