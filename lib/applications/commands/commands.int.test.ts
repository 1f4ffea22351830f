import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { operator } from "#lib/auth/actors";
import { execute } from "#lib/commands/execute";
import { ADMINS_ONLY, type Cast, castOf, verdicts } from "#test/actors";
import { createInstallation, type TestInstallation } from "#test/installation";
import { applicationById, applicationsQuery, listApplications } from "../queries";
import { createApplication } from "./create";
import { editApplication } from "./edit";

const NOW = Date.UTC(2026, 10, 22, 12);
let installation: TestInstallation;
let cast: Cast;
beforeAll(async () => {
  installation = await createInstallation(NOW);
  cast = await castOf(installation);
});
afterAll(() => installation.close());

const create = (key: string, extra: object = {}) => {
  const input = { key, name: key, kind: "jira", routes: [{ host: `${key}.example.com` }], ...extra };
  return execute(installation.db, createApplication, operator(), input, NOW);
};
const made = async (key: string, extra: object = {}) => {
  const done = await create(key, extra);
  if (!done.ok) throw new Error(done.refusal.detail);
  return done.value.output;
};
const edit = (id: string, changes: object) =>
  execute(installation.db, editApplication, operator(), { id, ...changes }, NOW);
const lastEvent = () => installation.db.auditEvent.findFirstOrThrow({ orderBy: { seq: "desc" } });

describe("making an application", () => {
  it("is for administrators", async () => {
    const input = (who: string) => {
      const key = `by-${who.replace(" ", "-")}`;
      return { key, name: who, kind: "generic", routes: [{ host: `${key}.test` }] };
    };
    expect(await verdicts(installation, createApplication, cast, input, NOW)).toEqual(ADMINS_ONLY);
  });

  it("fills in the presets of its kind, and answers as REST shows it", async () => {
    const observe = { password: "observe", foreignBearer: "observe", oauth1: "observe", otherScheme: "observe" };
    expect(await made("jira", { rules: { none: "allow" } })).toMatchObject({
      key: "jira",
      kind: "jira",
      routes: [{ host: "jira.example.com", context: "" }],
      rules: { ...observe, none: "allow" },
      exceptions: {},
      identity: "none",
      credentials: { basic: true, bearer: true, header: "X-Api-Token", query: null },
      usernames: { aliases: false, empty: false },
      paths: [],
      readPacks: [],
      pathFilter: {},
      webSocket: false,
      introspectRestricted: false,
      version: 1,
    });
    expect(await lastEvent()).toMatchObject({ action: "application.created", detail: { after: { key: "jira" } } });
    expect((await made("wiki", { kind: "confluence", identity: "header" })).rules.password).toBe("block");
  });

  it("refuses a taken key, the built-in one, and a place where another application is, also at the same time", async () => {
    await made("taken");
    expect(await create("taken", { routes: [{ host: "elsewhere" }] })).toMatchObject({
      refusal: { code: "already_exists", errors: [{ path: "key" }] },
    });
    expect(await create("latchkey")).toMatchObject({ refusal: { code: "already_exists", errors: [{ path: "key" }] } });
    const place = { routes: [{ host: "TOOLS.corp:8443", context: "/x/" }] };
    const both = await Promise.all([
      create("one", place),
      create("two", { routes: [{ host: "tools.corp", context: "/x" }] }),
    ]);
    expect(both.filter((done) => done.ok)).toHaveLength(1);
    expect(both.find((done) => !done.ok)).toMatchObject({
      refusal: { code: "already_exists", errors: [{ path: "routes" }] },
    });
    expect(await create("three", { routes: [{ host: "tools.corp", context: "/y" }] })).toMatchObject({ ok: true });
  });
});

describe("editing an application", () => {
  it("is for administrators; everybody signed in sees that there is one", async () => {
    const input = async (who: string) => {
      const { id } = await made(`edit-${who.replace(" ", "-")}`);
      return { id, version: 1, name: "New" };
    };
    expect(await verdicts(installation, editApplication, cast, input, NOW)).toEqual(ADMINS_ONLY);
  });

  it("changes what is said and nothing else, and tells the log both", async () => {
    const before = await made("part", { paths: ["/a/**"] });
    const done = await edit(before.id, { version: 1, rules: { password: "block" }, credentials: { query: "key" } });
    const after = {
      ...before,
      rules: { ...before.rules, password: "block" },
      credentials: { ...before.credentials, query: "key" },
      version: 2,
    };
    expect(done).toMatchObject({ value: { output: after } });
    expect((await lastEvent()).detail).toEqual({ before, after });
  });

  it("moves to other routes, free ones only", async () => {
    const { id } = await made("mover");
    await made("settler");
    const there = await edit(id, {
      version: 1,
      routes: [{ host: "settler.example.com" }, { host: "free.example.com" }],
    });
    expect(there).toMatchObject({ refusal: { code: "already_exists", errors: [{ path: "routes" }] } });
    const free = await edit(id, { version: 1, routes: [{ host: "free.example.com", context: "/m" }] });
    expect(free).toMatchObject({
      value: { output: { routes: [{ host: "free.example.com", context: "/m" }], version: 2 } },
    });
    expect(await create("heir", { routes: [{ host: "mover.example.com" }] })).toMatchObject({ ok: true });
  });

  it("is refused to who read an older version; of two at once one wins", async () => {
    const { id } = await made("raced");
    const both = await Promise.all([edit(id, { version: 1, name: "a" }), edit(id, { version: 1, name: "b" })]);
    expect(both.map((done) => (done.ok ? "done" : done.refusal.code)).sort()).toEqual(["done", "stale"]);
  });

  it("that changes nothing is a repetition and leaves no trace", async () => {
    const { id } = await made("still");
    const before = await lastEvent();
    const done = await edit(id, {
      version: 1,
      name: "still",
      routes: [{ host: "STILL.example.com:443" }],
      webSocket: false,
    });
    expect(done).toMatchObject({ value: { repeated: true, enforcement: null, output: { version: 1 } } });
    expect((await lastEvent()).seq).toBe(before.seq);
  });

  it("never touches the portal's own application", async () => {
    const { id } = await installation.db.application.findUniqueOrThrow({ where: { key: "latchkey" } });
    expect(await edit(id, { version: 1, name: "Mine" })).toMatchObject({ refusal: { code: "forbidden" } });
  });

  it("does not find what does not exist", async () => {
    const done = await edit("0190d4a5-0000-7000-8000-0000000000ff", { version: 1 });
    expect(done).toMatchObject({ refusal: { code: "not_found" } });
  });
});

describe("reading applications", () => {
  it("shows everybody the names, and the rest to administrators and auditors", async () => {
    const query = applicationsQuery.parse({ q: "JIRA", limit: "1" });
    for (const viewer of [cast.admin, cast.auditor]) {
      expect(await listApplications(viewer, query)).toMatchObject({
        value: { items: [{ key: "jira", rules: { password: "observe" } }] },
      });
    }
    const list = await listApplications(cast.user, query);
    const [item] = list.ok ? list.value.items : [];
    expect(Object.keys(item ?? {}).sort()).toEqual(["createdAt", "id", "key", "kind", "name", "version"]);
    expect(await applicationById(cast.user, item?.id)).toEqual({ ok: true, value: item });
  });
});
