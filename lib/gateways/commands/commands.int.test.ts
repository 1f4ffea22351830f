import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Actor } from "#lib/access/viewer";
import { createApplication } from "#lib/applications/commands/create";
import { operator } from "#lib/auth/actors";
import { execute } from "#lib/commands/execute";
import { ADMINS_ONLY, type Cast, castOf, verdicts } from "#test/actors";
import { createInstallation, type TestInstallation } from "#test/installation";
import { gatewayById, gatewayByKey, gatewaysQuery, listGateways } from "../queries";
import { gatewaySecretDigest } from "../secret";
import { createGateway } from "./create";
import { editGateway } from "./edit";
import { rotateGatewaySecret } from "./rotate-secret";

const NOW = Date.UTC(2026, 10, 22, 12);
let installation: TestInstallation;
let cast: Cast;
beforeAll(async () => {
  installation = await createInstallation(NOW);
  cast = await castOf(installation);
  for (const key of ["jira", "wiki"]) {
    const input = { key, name: key, kind: "generic", routes: [{ host: `${key}.test` }] };
    await execute(installation.db, createApplication, operator(), input, NOW);
  }
});
afterAll(() => installation.close());

const create = (key: string, extra: object = {}) =>
  execute(installation.db, createGateway, operator(), { key, adapter: "nginx", applications: ["jira"], ...extra }, NOW);
const made = async (key: string, extra: object = {}) => {
  const done = await create(key, extra);
  if (!done.ok) throw new Error(done.refusal.detail);
  return done.value.output;
};
const edit = (id: string, changes: object) =>
  execute(installation.db, editGateway, operator(), { id, ...changes }, NOW);
const rotate = (id: string, now = NOW, actor: Actor = operator()) =>
  execute(installation.db, rotateGatewaySecret, actor, { id }, now);
const lastEvent = () => installation.db.auditEvent.findFirstOrThrow({ orderBy: { seq: "desc" } });
const stored = (id: string) =>
  installation.db.gateway.findUniqueOrThrow({
    where: { id },
    select: { secretDigest: true, previousSecretDigest: true, previousUntil: true },
  });
const SEEN_BY_ROLE = { ...ADMINS_ONLY, user: "not_found" };
const keyOf = (who: string) => `by-${who.replace(" ", "-")}`;

describe("making a gateway", () => {
  it("is for administrators, present within ten minutes", async () => {
    const input = (who: string) => ({ key: keyOf(who), adapter: "api", applications: [] });
    expect(await verdicts(installation, createGateway, cast, input, NOW)).toEqual(ADMINS_ONLY);
    const late = await execute(installation.db, createGateway, cast.admin, input("late"), NOW + 600_000);
    expect(late).toMatchObject({ refusal: { code: "step_up_required" } });
  });

  it("gives the secret in its answer, and keeps only its digest, in the database and the log", async () => {
    const gateway = await made("gw1", { applications: ["wiki", "jira"], peers: ["10.0.0.0/8"] });
    expect(gateway).toMatchObject({
      key: "gw1",
      adapter: "nginx",
      applications: ["jira", "wiki"],
      peers: ["10.0.0.0/8"],
      trustedHops: 0,
      trustedRanges: [],
      lastContactAt: null,
      previousUntil: null,
      version: 1,
    });
    const row = await stored(gateway.id);
    expect(Buffer.from(row.secretDigest)).toEqual(gatewaySecretDigest(gateway.secret));
    expect(row.previousSecretDigest).toBeNull();
    const event = await lastEvent();
    expect(event).toMatchObject({ action: "gateway.created", detail: { before: null, after: { key: "gw1" } } });
    expect(JSON.stringify(event.detail)).not.toContain(gateway.secret.slice(8));
  });

  it("refuses a taken key, also to one of two at once, and applications that do not exist", async () => {
    const both = await Promise.all([create("same"), create("same")]);
    expect(both.map((done) => (done.ok ? "done" : done.refusal.code)).sort()).toEqual(["already_exists", "done"]);
    expect(await create("odd", { applications: ["jira", "none"] })).toMatchObject({
      refusal: { code: "invalid_input", errors: [{ path: "applications.1" }] },
    });
  });
});

describe("editing a gateway", () => {
  it("is for administrators; others than auditors do not even see it", async () => {
    const input = async (who: string) => ({
      id: (await made(`edit-${keyOf(who)}`)).id,
      version: 1,
      peers: ["10.0.0.1"],
    });
    expect(await verdicts(installation, editGateway, cast, input, NOW)).toEqual(SEEN_BY_ROLE);
  });

  it("changes what is said, keeps the secret, and tells the log both", async () => {
    const { secret, ...before } = await made("gw2");
    const done = await edit(before.id, { version: 1, applications: ["wiki"], adapter: "api" });
    const after = { ...before, applications: ["wiki"], adapter: "api", version: 2 };
    expect(done).toMatchObject({ value: { output: after } });
    expect((await lastEvent()).detail).toEqual({ before, after });
    expect(Buffer.from((await stored(before.id)).secretDigest)).toEqual(gatewaySecretDigest(secret));
  });

  it("trusts hops and ranges together, and only where a list is reported, also once the adapter changes", async () => {
    const trust = { trustedHops: 1, trustedRanges: ["10.0.0.0/24"] };
    const refused = (path: string) => ({ refusal: { code: "invalid_input", errors: [{ path }] } });
    expect(await create("behind", trust)).toMatchObject(refused("trustedHops"));
    const { id } = await made("behind", { ...trust, adapter: "forward" });
    expect(await lastEvent()).toMatchObject({ detail: { after: trust } });
    expect(await edit(id, { version: 1, adapter: "nginx" })).toMatchObject(refused("trustedHops"));
    expect(await edit(id, { version: 1, trustedRanges: [] })).toMatchObject(refused("trustedRanges"));
    const done = await edit(id, { version: 1, adapter: "nginx", trustedHops: 0, trustedRanges: [] });
    expect(done).toMatchObject({ value: { output: { trustedHops: 0, trustedRanges: [] } } });
  });

  it("is refused to who read an older version; what changes nothing is a repetition", async () => {
    const { id } = await made("gw3", { applications: ["wiki", "jira"] });
    expect(await edit(id, { version: 1, applications: ["wiki", "jira"], peers: [] })).toMatchObject({
      value: { repeated: true },
    });
    const both = await Promise.all([
      edit(id, { version: 1, peers: ["10.0.0.1"] }),
      edit(id, { version: 1, peers: ["10.0.0.2"] }),
    ]);
    expect(both.map((done) => (done.ok ? "done" : done.refusal.code)).sort()).toEqual(["done", "stale"]);
    expect(await edit(id, { version: 2, applications: ["none"] })).toMatchObject({
      refusal: { errors: [{ path: "applications.0" }] },
    });
  });
});

describe("rotating a gateway's secret", () => {
  it("is for administrators, present within ten minutes", async () => {
    const { id } = await made("gw4");
    expect(await verdicts(installation, rotateGatewaySecret, cast, () => ({ id }), NOW)).toEqual(SEEN_BY_ROLE);
    expect(await rotate(id, NOW + 600_000, cast.admin)).toMatchObject({ refusal: { code: "step_up_required" } });
  });

  it("makes a new one and lets the old one work for a day", async () => {
    const gateway = await made("gw5");
    const done = await rotate(gateway.id);
    expect(done).toMatchObject({
      value: { output: { key: "gw5", previousUntil: "2026-11-23T12:00:00.000Z", version: 2 } },
    });
    const secret = done.ok ? done.value.output.secret : "";
    const row = await stored(gateway.id);
    expect(Buffer.from(row.secretDigest)).toEqual(gatewaySecretDigest(secret));
    expect(Buffer.from(row.previousSecretDigest ?? [])).toEqual(gatewaySecretDigest(gateway.secret));
    expect(await lastEvent()).toMatchObject({
      action: "gateway.secret-rotated",
      detail: { before: { previousUntil: null }, after: { previousUntil: "2026-11-23T12:00:00.000Z" } },
    });
  });

  it("twice at once makes two, of which the later is current and the earlier previous", async () => {
    const { id } = await made("gw6");
    const both = await Promise.all([rotate(id), rotate(id)]);
    const digests = both.map((done) => (done.ok ? gatewaySecretDigest(done.value.output.secret).toString("hex") : ""));
    const row = await stored(id);
    const kept = [row.secretDigest, row.previousSecretDigest ?? []].map((each) => Buffer.from(each).toString("hex"));
    expect(kept.sort()).toEqual(digests.sort());
  });
});

describe("reading gateways", () => {
  it("is for administrators and auditors, with the last contact and without digests", async () => {
    const { id } = await made("gw7");
    const at = new Date(NOW);
    await installation.db.gatewayContact.create({ data: { gatewayKey: "gw7", lastContactAt: at, lastAddress: "::1" } });
    const query = gatewaysQuery.parse({ q: "gw7" });
    for (const viewer of [cast.admin, cast.auditor]) {
      const list = await listGateways(viewer, query);
      expect(list).toMatchObject({ value: { items: [{ key: "gw7", lastContactAt: at.toISOString() }] } });
      expect(JSON.stringify(list)).not.toMatch(/digest/i);
    }
    expect(await gatewayByKey(cast.auditor, "gw7")).toMatchObject({ value: { id } });
    expect(await listGateways(cast.user, query)).toMatchObject({ refusal: { code: "forbidden" } });
    expect(await gatewayById(cast.user, id)).toMatchObject({ refusal: { code: "not_found" } });
    expect(await gatewayByKey(cast.admin, "nowhere")).toMatchObject({ refusal: { code: "not_found" } });
  });
});
