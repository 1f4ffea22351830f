import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { operator } from "#lib/auth/actors";
import { execute } from "#lib/commands/execute";
import { newSecret } from "#lib/tokens/secret";
import { readInstallationFacts } from "#lib/verification/facts/portal";
import { outputOf } from "#test/api";
import { createInstallation, type TestInstallation } from "#test/installation";
import { seedToken } from "#test/seeded";
import { findApplication } from "../queries-pages";
import { createApplication } from "./create";
import { editApplication } from "./edit";

const NOW = Date.UTC(2026, 10, 22, 12);
let installation: TestInstallation;
beforeAll(async () => {
  installation = await createInstallation(NOW);
  await installation.person("root", ["admins"]);
});
afterAll(() => installation.close());

const made = (key: string, extra: object) => {
  const input = { key, name: key, kind: "jira", routes: [{ host: `${key}.test` }], ...extra };
  return outputOf(execute(installation.db, createApplication, operator(), input, NOW));
};
const edit = (id: string, changes: object) =>
  execute(installation.db, editApplication, operator(), { id, ...changes }, NOW);
const factsOf = async (key: string) =>
  (await readInstallationFacts(installation.db)).applications.find((each) => each.key === key);

const SAID = {
  exceptions: {
    password: { users: ["Fred", "Mara Lindqvist"], paths: ["/status"] },
    none: { users: [], paths: ["/public/**"] },
  },
  readPacks: ["feeds", "tempo"],
  pathFilter: { enc_slash: "observe", empty_segment: "block" },
  webSocket: true,
  preflight: true,
};

describe("what an application says of its requests", () => {
  it("is kept and reaches every verifier as it was said, without what is as preset", async () => {
    const input = { ...SAID, pathFilter: { ...SAID.pathFilter, semicolon: "block", utf8: "block" } };
    expect(await made("jira", input)).toMatchObject(SAID);
    const facts = await factsOf("jira");
    for (const [field, value] of Object.entries(SAID)) expect(facts).toMatchObject({ [field]: value });
    expect(facts?.pathFilter).toEqual(SAID.pathFilter);
  });

  it("changes by class and by rule, and the log says which", async () => {
    const { id } = await made("wiki", SAID);
    const changes = {
      exceptions: { none: { paths: [] } },
      pathFilter: { enc_slash: "block", web_inf: "off" },
      webSocket: false,
    };
    const after = await outputOf(edit(id, { version: 1, ...changes }));
    expect(after).toMatchObject({ webSocket: false, preflight: true, readPacks: SAID.readPacks });
    expect(after.exceptions).toEqual({ password: SAID.exceptions.password });
    expect(after.pathFilter).toEqual({ empty_segment: "block", web_inf: "off" });
    const event = await installation.db.auditEvent.findFirstOrThrow({ orderBy: { seq: "desc" } });
    expect(event).toMatchObject({
      action: "application.edited",
      detail: { before: SAID, after: { webSocket: false } },
    });
    expect(await edit(id, { version: 2, pathFilter: { web_inf: "off" } })).toMatchObject({ value: { repeated: true } });
  });

  it("is not widened by what an edit leaves out of an exception", async () => {
    const { id } = await made("narrow", SAID);
    const users = [...SAID.exceptions.password.users, "Bob"];
    const after = await outputOf(edit(id, { version: 1, exceptions: { password: { users } } }));
    expect(after.exceptions).toEqual({ ...SAID.exceptions, password: { users, paths: ["/status"] } });
    expect(await edit(id, { version: 2, exceptions: { password: { users: [] } } })).toMatchObject({
      refusal: { code: "invalid_input", errors: [{ path: "exceptions.password.users" }] },
    });
    expect((await factsOf("narrow"))?.exceptions).toEqual(after.exceptions);
  });

  it("names users that can be kept and compared", async () => {
    const { id } = await made("names", {});
    for (const user of ["\ud800", newSecret()]) {
      const tried = await edit(id, { version: 1, exceptions: { password: { users: [user] } } });
      expect(tried).toMatchObject({ refusal: { code: "invalid_input" } });
    }
  });

  it("is nobody's to change who read an older state", async () => {
    const { id } = await made("stale", {});
    const both = await Promise.all([
      edit(id, { version: 1, readPacks: ["feeds"] }),
      edit(id, { version: 1, webSocket: true }),
    ]);
    expect(both.filter((done) => done.ok)).toHaveLength(1);
    expect(both.find((done) => !done.ok)).toMatchObject({ refusal: { code: "stale" } });
  });

  it("is not carried over silently to where nothing behind the gateway asks any more", async () => {
    const { id } = await made("told", { ...SAID, rules: { password: "block" } });
    const rules = { foreignBearer: "block", oauth1: "block", otherScheme: "block", none: "block" };
    expect(await edit(id, { version: 1, identity: "header", rules })).toMatchObject({
      refusal: { code: "invalid_input", errors: [{ path: "exceptions.password" }, { path: "exceptions.none" }] },
    });
  });
});

it("its page lists what filter rules recognised and let pass, by rule and who sent it", async () => {
  const { db } = installation;
  const application = await made("seen", {});
  const { id: tokenId } = await seedToken(db, (await installation.person("mara")).id);
  const at = new Date(NOW);
  const row = { applicationKey: "seen", firstSeenAt: at, lastSeenAt: at, calls: 3n };
  await db.pathSighting.createMany({
    data: [
      { ...row, rule: "enc_slash", auth: "token", tokenId, lastRequest: "GET /a%2Fb" },
      { ...row, rule: "semicolon", auth: "none", tokenId: "", lastSeenAt: new Date(NOW - 1) },
      { ...row, rule: "semicolon", auth: "token", tokenId: "(many)", lastSeenAt: new Date(NOW - 2) },
    ],
  });
  const found = await findApplication(await installation.viewer("root"), application.id);
  expect(found?.paths).toMatchObject([
    { rule: "enc_slash", auth: "token", token: { id: tokenId }, lastRequest: "GET /a%2Fb", calls: 3 },
    { rule: "semicolon", auth: "none", token: null },
    { rule: "semicolon", auth: "token", token: null },
  ]);
});
