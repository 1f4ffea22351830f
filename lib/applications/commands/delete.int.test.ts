import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { operator } from "#lib/auth/actors";
import { execute } from "#lib/commands/execute";
import { createGateway } from "#lib/gateways/commands/create";
import { findConnection } from "#lib/gateways/queries-connection";
import { createToken } from "#lib/tokens/commands/create";
import { ADMINS_ONLY, type Cast, castOf, verdicts } from "#test/actors";
import { outputOf } from "#test/api";
import { createInstallation, type TestInstallation } from "#test/installation";
import { findApplication, pageOfApplications } from "../queries-pages";
import { createApplication } from "./create";
import { deleteApplication } from "./delete";
import { editApplication } from "./edit";

let installation: TestInstallation;
let cast: Cast;
beforeAll(async () => {
  installation = await createInstallation();
  cast = await castOf(installation);
});
afterAll(() => installation.close());

const made = (key: string, extra: object = {}) => {
  const input = { key, name: key, kind: "jira", routes: [{ host: `${key}.test` }], ...extra };
  return outputOf(execute(installation.db, createApplication, operator(), input, Date.now()));
};
const remove = (id: string) => execute(installation.db, deleteApplication, operator(), { id }, Date.now());
const refused = (detail: RegExp) => ({ refusal: { code: "in_use", detail: expect.stringMatching(detail) } });

describe("deleting an application", () => {
  it("is for administrators", async () => {
    const input = async (who: string) => ({ id: (await made(`drop-${who.replace(" ", "-")}`)).id });
    expect(await verdicts(installation, deleteApplication, cast, input, Date.now())).toEqual(ADMINS_ONLY);
  });

  it("frees its routes, leaves a line in the log, and is not found a second time", async () => {
    const { id } = await made("gone");
    expect(await remove(id)).toMatchObject({ ok: true });
    expect(await remove(id)).toMatchObject({ refusal: { code: "not_found" } });
    const event = await installation.db.auditEvent.findFirstOrThrow({ orderBy: { seq: "desc" } });
    expect(event).toMatchObject({ action: "application.deleted", subjectName: "gone", detail: { after: null } });
    expect(await made("heir", { routes: [{ host: "gone.test" }] })).toMatchObject({ key: "heir" });
  });

  it("is refused while a gateway or a token names it, in words that say which", async () => {
    const { id } = await made("named");
    const gateway = { key: "gw-named", adapter: "nginx", applications: ["named"] };
    await outputOf(execute(installation.db, createGateway, operator(), gateway, Date.now()));
    const wish = { owner: "ann", name: "x", applications: ["named"], access: "read" };
    await outputOf(execute(installation.db, createToken, operator(), wish, Date.now()));
    expect(await remove(id)).toMatchObject(refused(/gateway gw-named, 1 token/));
    const found = await findApplication(cast.auditor, id);
    expect(found?.uses).toMatchObject({ gateways: ["gw-named"], tokens: 1, history: false });
  });

  it("is refused once requests have come, and never touches the portal's own", async () => {
    const { id } = await made("called");
    const at = new Date();
    const seen = { class: "password", outcome: "allowed", claimedName: "mara", address: "192.0.2.1", client: "curl" };
    const times = { firstSeenAt: at, lastSeenAt: at, calls: 3n };
    await installation.db.credentialSighting.create({ data: { applicationKey: "called", ...seen, ...times } });
    expect(await remove(id)).toMatchObject(refused(/history/));
    const found = await findApplication(cast.admin, id);
    expect(found?.seen).toMatchObject([{ class: "password", claimedName: "mara", client: "curl", calls: 3 }]);
    const own = await installation.db.application.findUniqueOrThrow({ where: { key: "latchkey" } });
    expect(await remove(own.id)).toMatchObject({ refusal: { code: "forbidden" } });
  });

  it("and making a gateway for it at once end with one of both, never a gateway for nothing", async () => {
    const { id } = await made("raced");
    const gateway = { key: "gw-raced", adapter: "nginx", applications: ["raced"] };
    const [gone, attached] = await Promise.all([
      remove(id),
      execute(installation.db, createGateway, operator(), gateway, Date.now()),
    ]);
    expect([gone.ok, attached.ok].sort()).toEqual([false, true]);
  });
});

describe("changing what an application believes", () => {
  it("needs every rule said that lets something through; two administrators at once: the later reads again", async () => {
    const { id } = await made("told");
    const edit = (changes: object) =>
      execute(installation.db, editApplication, cast.admin, { id, version: 1, ...changes }, Date.now());
    expect(await edit({ identity: "header" })).toMatchObject({
      refusal: {
        code: "invalid_input",
        errors: expect.arrayContaining([{ path: "rules.none", message: expect.any(String) }]),
      },
    });
    const rules = { password: "block", foreignBearer: "block", oauth1: "block", otherScheme: "block", none: "observe" };
    const both = await Promise.all([edit({ identity: "header", rules }), edit({ name: "Other" })]);
    expect(both.map((done) => (done.ok ? "done" : done.refusal.code)).sort()).toEqual(["done", "stale"]);
  });
});

describe("pages of applications", () => {
  it("are for administrators and auditors, and say how far one is connected", async () => {
    const { id } = await made("paged");
    expect((await pageOfApplications(cast.auditor, { q: "paged" })).items).toMatchObject([
      { key: "paged", gateways: [] },
    ]);
    expect((await pageOfApplications(cast.user, {})).items).toEqual([]);
    expect(await findApplication(cast.user, id)).toBeNull();
    expect(await findApplication(cast.admin, "x")).toBeNull();
    expect(await findConnection(cast.user, id)).toBeNull();
    expect(await findConnection(cast.admin, id)).toMatchObject({ gateway: null, configuration: null, calls: [] });
    const gateway = { key: "gw-paged", adapter: "nginx", applications: ["paged"] };
    await outputOf(execute(installation.db, createGateway, operator(), gateway, Date.now()));
    const found = await findConnection(cast.admin, id);
    expect(found?.gateway?.key).toBe("gw-paged");
    expect(JSON.stringify(found?.configuration)).toContain("server_name paged.test;");
  });
});
