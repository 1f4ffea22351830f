import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Cast, castOf } from "#test/actors";
import { browserOf, call, ORIGIN, scriptOf } from "#test/api";
import { createInstallation, type TestInstallation } from "#test/installation";
import * as application from "./applications/[id]/route";
import * as applications from "./applications/route";
import * as explain from "./explain/route";
import * as rotate from "./gateways/[id]/rotate-secret/route";
import * as gateways from "./gateways/route";
import * as members from "./groups/[id]/members/route";
import * as groups from "./groups/route";
import * as networks from "./networks/route";
import * as tokens from "./tokens/route";
import * as deactivate from "./users/[id]/deactivate/route";
import * as users from "./users/route";

type Credentials = Record<string, string>;
let installation: TestInstallation;
let cast: Cast;
let browser: Credentials;
let script: Credentials;
let reader: Credentials;
beforeAll(async () => {
  installation = await createInstallation();
  cast = await castOf(installation);
  browser = await browserOf(installation, cast.admin);
  script = await scriptOf(installation, cast.admin, "write");
  reader = await scriptOf(installation, cast.admin, "read");
});
afterAll(() => installation.close());

const post = (body: object | string, headers: Credentials = {}) => ({ method: "POST", body, headers });

describe("what comes in", () => {
  it("must be JSON of at most 64 KB, in UTF-8", async () => {
    const type = (value: string) => post('{"name":"a"}', { "content-type": value });
    expect(await call(groups.POST, script, type("text/plain"))).toMatchObject({ status: 415 });
    expect(await call(groups.POST, script, type("application/x-www-form-urlencoded"))).toMatchObject({ status: 415 });
    expect(await call(groups.POST, script, post("{"))).toMatchObject({ status: 400, body: { code: "malformed" } });
    const large = post(`{"name":"${"x".repeat(70_000)}"}`);
    expect(await call(groups.POST, script, large)).toMatchObject({ status: 413, body: { code: "too_large" } });
    expect(await call(groups.POST, script, type("application/json; charset=utf-8"))).toMatchObject({ status: 201 });
  });

  it.each([
    ["null", "null"],
    ["a list", "[]"],
    ["a text", '"x"'],
    ["a number", "1"],
    ["an unknown field", '{"name":"b","owner":"x"}'],
    ["a prototype", '{"__proto__":{"name":"b"}}'],
    ["an object for a text", '{"name":{"contains":"a"}}'],
    ["a deep nest", `{"name":${"[".repeat(5_000)}${"]".repeat(5_000)}}`],
    ["a NUL", '{"name":"a\\u0000b"}'],
    ["half a character", '{"name":"a\\ud800"}'],
    ["nothing", "{}"],
  ])("is refused in words, never with a 500: %s", async (_what, body) => {
    const answer = await call(groups.POST, script, post(body));
    expect(answer).toMatchObject({ status: 422, body: { code: "invalid_input", status: 422 } });
    expect(answer.body.detail).toBeTruthy();
    expect(answer.body.requestId).toMatch(/^[0-9a-f-]{36}$/);
    expect(answer.body.type).toBe(`${ORIGIN}/help#invalid_input`);
  });

  it("changes nothing with a cookie from elsewhere, or without an origin", async () => {
    const { cookie = "" } = browser;
    for (const origin of ["https://evil.test", "null", "http://localhost:3000.evil.test", undefined]) {
      const answer = await call(groups.POST, { cookie, ...(origin && { origin }) }, post({ name: "stolen" }));
      expect(answer).toMatchObject({ status: 403, body: { code: "foreign_origin" } });
    }
    const crossed = post({ name: "stolen" }, { "sec-fetch-site": "cross-site" });
    expect(await call(groups.POST, browser, crossed)).toMatchObject({ status: 403 });
    expect(await installation.db.group.count({ where: { name: "stolen" } })).toBe(0);
  });

  it("has only query parameters that the list knows", async () => {
    for (const query of [
      "?page=2",
      "?limit=0",
      "?limit=101",
      "?sort=password",
      "?cursor=x",
      "?q=a&q=b",
      "?limit=1&limit=2",
    ]) {
      const answer = await call(users.GET, script, { query });
      expect([query, answer.status, answer.body.code]).toEqual([query, 422, "invalid_input"]);
    }
  });
});

describe("what goes out", () => {
  it("is made with 201, repeated with 200, and says where a change holds", async () => {
    const made = await call(groups.POST, browser, post({ name: "team", role: "auditor" }));
    expect(made).toMatchObject({
      status: 201,
      body: { ref: "team", role: "auditor", enforcement: { outstanding: [] } },
    });
    const params = { id: String(made.body.id) };
    const put = { method: "PUT", params, body: { users: ["uma"] } };
    const first = await call(members.PUT, browser, put);
    expect(first).toMatchObject({ status: 200, body: { memberCount: 1, enforcement: { acknowledged: [] } } });
    expect(first.body.enforcement).toMatchObject({ sequence: expect.stringMatching(/^\d+$/) });
    const again = await call(members.PUT, browser, put);
    expect(again.status).toBe(200);
    expect(again.body).not.toHaveProperty("enforcement");
  });

  it("pages a list forwards and back by its cursors", async () => {
    for (const name of ["n1", "n2", "n3"]) {
      await call(networks.POST, script, post({ name, ranges: ["192.0.2.0/24"] }));
    }
    const first = await call(networks.GET, reader, { query: "?limit=2&sort=-name" });
    expect(first.body).toMatchObject({ items: [{ name: "n3" }, { name: "n2" }], previousCursor: null });
    const second = await call(networks.GET, reader, { query: `?limit=2&sort=-name&cursor=${first.body.nextCursor}` });
    expect(second.body).toMatchObject({ items: [{ name: "n1" }], nextCursor: null });
    const back = await call(networks.GET, reader, {
      query: `?limit=2&sort=-name&cursor=${second.body.previousCursor}`,
    });
    expect(back.body.items).toEqual(first.body.items);
  });

  it("holds a gateway's secret once", async () => {
    const made = await call(gateways.POST, browser, post({ key: "gw", adapter: "nginx", applications: [] }));
    expect(made).toMatchObject({ status: 201, body: { key: "gw", secret: expect.stringMatching(/^gateway-/) } });
    const rotated = await call(rotate.POST, browser, { method: "POST", params: { id: String(made.body.id) } });
    expect(rotated).toMatchObject({ status: 200, body: { key: "gw", previousUntil: expect.any(String) } });
    const list = await call(gateways.GET, browser);
    const shown = JSON.stringify(list.body);
    for (const { body } of [made, rotated]) expect(shown).not.toContain(String(body.secret));
  });

  it("tells who edits an older version to read again", async () => {
    const jira = { key: "jira", name: "Jira", kind: "jira", routes: [{ host: "jira.test" }] };
    const made = await call(applications.POST, script, post(jira));
    const patch = (body: object) => ({ method: "PATCH", params: { id: String(made.body.id) }, body });
    const read = await call(application.GET, reader, { params: { id: String(made.body.id) } });
    expect(read.body.version).toBe(1);
    expect(await call(application.PATCH, script, patch({ version: 1, name: "A" }))).toMatchObject({
      body: { version: 2 },
    });
    const stale = await call(application.PATCH, script, patch({ version: 1, name: "B" }));
    expect(stale).toMatchObject({ status: 409, body: { code: "stale" } });
    const other = await call(application.PATCH, script, patch({ id: "x", version: 2, name: "C" }));
    expect(other).toMatchObject({ status: 200, body: { id: made.body.id, name: "C" } });
  });
});

describe("who comes in", () => {
  it("with a token that may only read, reads and changes nothing", async () => {
    expect(await call(users.GET, reader)).toMatchObject({ status: 200 });
    expect(await call(users.POST, reader, post({ username: "x" }))).toMatchObject({ status: 403 });
  });

  it("with a broken, unknown or foreign credential is nobody", async () => {
    const wrong = ["Bearer x", "Bearer lk_0000000000000000000000000000000000000", "Basic eDp5", "Digest x", ""];
    for (const authorization of wrong) {
      const answer = await call(users.GET, { authorization });
      expect([authorization, answer.status >= 400 && answer.status < 404]).toEqual([authorization, true]);
    }
    const cookie = `${browser.cookie}x`;
    expect(await call(users.GET, { cookie })).toMatchObject({ status: 401, body: { code: "unauthenticated" } });
  });

  it("is out at the next request when deactivated, by cookie and by token", async () => {
    await installation.person("zoe", ["admins"]);
    const zoe = await installation.viewer("zoe");
    const doors = [await browserOf(installation, zoe), await scriptOf(installation, zoe, "write")];
    for (const door of doors) expect(await call(users.GET, door)).toMatchObject({ status: 200 });
    const done = await call(deactivate.POST, script, { method: "POST", params: { id: zoe.userId } });
    expect(done).toMatchObject({ status: 200, body: { username: "zoe", deactivatedAt: expect.any(String) } });
    for (const door of doors) expect(await call(users.GET, door)).toMatchObject({ status: 401 });
  });

  it("proves presence for what is dangerous, in a session whose proof is old", async () => {
    const { sessionId } = cast.admin;
    const stepUpAt = new Date(Date.now() - 11 * 60_000);
    await installation.db.session.update({ where: { id: sessionId }, data: { stepUpAt } });
    const answer = await call(gateways.POST, browser, post({ key: "late", adapter: "nginx", applications: [] }));
    expect(answer).toMatchObject({ status: 403, body: { code: "step_up_required" } });
    expect(await call(gateways.POST, script, post({ key: "late", adapter: "nginx", applications: [] }))).toMatchObject({
      status: 201,
    });
  });
});

describe("explain", () => {
  const question = (authorization?: string) => ({
    ...{ gateway: "gw", method: "GET", uri: "/rest/api/2/myself", host: "jira.test", proto: "https" },
    ...{ clientIp: "192.0.2.7", headers: authorization ? { Authorization: authorization } : {} },
  });

  it("tells administrators each step and the rule that refused", async () => {
    const answer = await call(explain.POST, script, post(question()));
    expect(answer.body).toMatchObject({ allowed: false, reason: expect.any(String) });
    const steps = answer.body.steps as { step: number; outcome: string }[];
    expect(steps.filter((each) => each.outcome === "failed")).toHaveLength(1);
    expect(answer.body).not.toHaveProperty("subject");
  });

  it("tells others about tokens of their own, and nothing that would show whether another's exists", async () => {
    await installation.person("yan", ["admins"]);
    const yan = await browserOf(installation, await installation.viewer("yan"));
    const made = await call(tokens.POST, yan, post({ name: "mine", applications: ["jira"], access: "read" }));
    const secret = String(made.body.secret);
    await call(gateways.POST, script, post({ key: "through", adapter: "nginx", applications: ["jira"] }));
    const mine = post({ ...question(`Bearer ${secret}`), gateway: "through" });
    await installation.db.membership.deleteMany({ where: { user: { username: "yan" } } });
    expect(await call(explain.POST, yan, mine)).toMatchObject({ status: 200, body: { allowed: false } });
    const stranger = await browserOf(installation, await installation.viewer("uma"));
    await installation.db.membership.deleteMany({ where: { user: { username: "uma" } } });
    const theirs = await call(explain.POST, stranger, mine);
    const unknown = await call(explain.POST, stranger, post(question()));
    expect(theirs.status).toBe(403);
    expect({ ...theirs.body, requestId: "" }).toEqual({ ...unknown.body, requestId: "" });
  });

  it("refuses what is no question", async () => {
    for (const odd of [{}, { ...question(), gateway: 7 }, { ...question(), requestId: "x" }]) {
      expect(await call(explain.POST, script, post(odd))).toMatchObject({ status: 422 });
    }
  });
});
