import { randomUUID } from "node:crypto";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Viewer } from "#lib/access/viewer";
import { createApplication } from "#lib/applications/commands/create";
import { operator } from "#lib/auth/actors";
import { execute } from "#lib/commands/execute";
import { createGateway } from "#lib/gateways/commands/create";
import { createLog } from "#lib/log";
import { createToken } from "#lib/tokens/commands/create";
import { type Cast, castOf } from "#test/actors";
import { outputOf } from "#test/api";
import { createInstallation, type TestInstallation } from "#test/installation";
import { waitUntil } from "#test/upstreams/wait-until";
import type { Refused, Subject } from "../decision";
import { explainEither, explainPast, explainQuestion, pastById } from "../queries-past";
import { REASONS } from "../reasons";
import type { Rule } from "../rule";
import { Batch, REFUSALS_EACH } from "./batch";
import { Recorder } from "./recorder";
import { writesOf } from "./rows";
import { Variety } from "./variety";

const SUBJECT: Subject = {
  ...{ gatewayKey: "gw", applicationKey: "jira", clientAddress: "192.0.2.7", auth: "token", claimedName: null },
  ...{ tokenId: null, ownerId: null, method: "POST", path: "/rest/api/2/issue", access: "write" },
  ...{ observedRules: [], observed: false },
};
/** Refused by the token itself and a tier above it, which would refuse another one alike. */
const RULE: Rule = {
  kind: "limits",
  of: [
    { kind: "token", name: "backup" },
    { kind: "tier", name: "Readers" },
  ],
  override: null,
};
const refusal = (subject: Partial<Subject> = {}): Refused => ({
  ...{ allowed: false, reason: "write_refused", rule: RULE, subject: { ...SUBJECT, ...subject }, quota: null },
  kept: { host: "jira.test", place: "Bearer", unkept: [] },
});
const noted = (requestId: string, subject: Partial<Subject> = {}, at = Date.now()) => ({
  ...{ decision: refusal(subject), client: "curl/8", peer: "::1", at, requestId },
});

let installation: TestInstallation;
let cast: Cast;
let recorder: Recorder;
let pia: Viewer;
let tokenId: string;
beforeAll(async () => {
  installation = await createInstallation();
  cast = await castOf(installation);
  const { db, person, viewer, database } = installation;
  const jira = { key: "jira", name: "Jira", kind: "jira", routes: [{ host: "jira.test" }] };
  await outputOf(execute(db, createApplication, operator(), jira, Date.now()));
  const gateway = { key: "gw", adapter: "nginx", applications: ["jira"] };
  await outputOf(execute(db, createGateway, operator(), gateway, Date.now()));
  await person("pia", ["api-users"]);
  const session = await viewer("pia");
  const wish = { name: "t", applications: ["jira"], access: "read" };
  tokenId = (await outputOf(execute(db, createToken, session, wish, Date.now()))).token.id;
  pia = session;
  recorder = new Recorder({ url: database.verifierUrl, log: createLog("error", { write: () => {} }, Date.now) });
  recorder.start();
  await waitUntil("a connection", () => recorder.isConnected || undefined);
});
afterAll(async () => {
  await recorder.stop();
  await installation.close();
});

async function asOwner(text: string, values: readonly unknown[]): Promise<void> {
  const owner = new Client({ connectionString: installation.database.ownerUrl });
  await owner.connect();
  await owner.query(text, [...values]);
  await owner.end();
}

const written = (requestId: string) =>
  waitUntil(
    "the refusal",
    async () => (await installation.db.refusal.findUnique({ where: { requestId } })) ?? undefined,
  );

describe("a refused request", () => {
  test("is kept as it was judged, and told then beside now, to its token's owner and to who sees all", async () => {
    const requestId = randomUUID();
    recorder.note(noted(requestId, { tokenId }), false);
    await written(requestId);
    for (const viewer of [pia, cast.auditor, cast.admin]) {
      expect(await explainPast(viewer, { requestId })).toMatchObject({
        value: {
          judged: {
            reason: "write_refused",
            rule: "the token itself and tier Readers",
            remedy: expect.stringMatching(/^An administrator .*; then use a token that may write\.$/),
            method: "POST",
            path: "/rest/api/2/issue",
            client: "curl/8",
          },
          now: { allowed: false, reason: "write_refused", about: { application: "jira", tokenId } },
        },
      });
    }
    expect(await explainPast(cast.user, { requestId })).toMatchObject({ refusal: { code: "not_found" } });
    expect(await explainEither(pia, explainQuestion.parse({ requestId }))).toMatchObject({ ok: true });
  });

  test("without a token is for who sees all, and is not judged again: its credential is not kept", async () => {
    const requestId = randomUUID();
    recorder.note(noted(requestId, { auth: "password", claimedName: "mara" }), false);
    await written(requestId);
    expect(await explainPast(cast.admin, { requestId })).toMatchObject({
      value: { judged: { claimedName: "mara" }, now: null, unjudged: expect.stringContaining("credential") },
    });
    expect(await explainPast(pia, { requestId })).toMatchObject({ refusal: { code: "not_found" } });
  });

  test("by an older verifier, which kept its rule in words alone, has the remedy that holds for every rule", async () => {
    const requestId = randomUUID();
    recorder.note(noted(requestId, { tokenId }), false);
    await written(requestId);
    await asOwner("UPDATE refusals SET rule_kinds = NULL WHERE request_id = $1", [requestId]);
    expect(await explainPast(pia, { requestId })).toMatchObject({
      value: { judged: { rule: "the token itself and tier Readers", remedy: REASONS.write_refused.remedy } },
    });
  });

  test("is found for thirty days, also where it has not been deleted yet", async () => {
    const old = randomUUID();
    await asOwner("INSERT INTO refusals (request_id, at, reason, client) VALUES ($1, $2, 'write_refused', '')", [
      old,
      new Date(Date.now() - 31 * 24 * 3_600_000),
    ]);
    expect(await pastById(cast.admin, ` ${old} `)).toMatchObject({ refusal: { code: "not_found" } });
    expect(await installation.db.refusal.findUnique({ where: { requestId: old } })).not.toBeNull();
  });

  test("of an id that is none is not found, and a question that is none says what is wrong with it", async () => {
    expect(await pastById(cast.admin, "'--")).toMatchObject({ refusal: { code: "not_found" } });
    expect(explainQuestion.safeParse({ requestId: "x" }).error?.issues[0]?.path).toEqual(["requestId"]);
    expect(explainQuestion.safeParse({ method: "GET" }).error?.issues.map(({ path }) => path[0])).toContain("uri");
    expect(explainQuestion.safeParse(null).success).toBe(false);
  });
});

describe("a flood of refusals", () => {
  test("of one address is kept in part, all of it is counted, and others are still told", () => {
    const batch = new Batch(new Variety());
    for (let i = 0; i < 1_000; i += 1) batch.add(noted(`${i}`));
    batch.add(noted("other", { clientAddress: "192.0.2.8" }));
    expect(batch.refusals).toHaveLength(REFUSALS_EACH + 1);
    const counts = writesOf(batch).find(({ table }) => table === "verification_counts");
    expect(counts?.rows).toMatchObject([{ count: 1_001 }]);
    expect(batch.dropped).toBe(1_000 - REFUSALS_EACH);
  });

  test("of a gateway that says nothing of whom it asks about leaves room for those of others", () => {
    const batch = new Batch(new Variety());
    const behind = (gatewayKey: string | null) => ({ clientAddress: null, gatewayKey });
    for (let i = 0; i < 100; i += 1) batch.add(noted(`${i}`, behind("gw1")));
    for (let i = 0; i < 100; i += 1) batch.add(noted(`stranger ${i}`, behind(null)));
    batch.add(noted("of another", behind("gw2")));
    batch.add(noted("of an address", { clientAddress: "gw1" }));
    expect(batch.refusals.slice(2 * REFUSALS_EACH).map(({ requestId }) => requestId)).toEqual([
      "of another",
      "of an address",
    ]);
  });

  test("leaves no secret behind that somebody put into a path, a name or a client", () => {
    const secret = `lk_${"a1B2".repeat(9)}ab`;
    const batch = new Batch(new Variety());
    batch.add({ ...noted("one", { path: `/x/${secret}`, claimedName: secret }), client: `curl ${secret}` });
    expect(JSON.stringify(writesOf(batch))).not.toContain(secret);
  });
});
