import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { edited } from "./edit";
import { presetRules } from "./rules";
import { type ApplicationRow, applicationName, applicationView } from "./view";

const row: ApplicationRow = {
  id: "a1",
  key: "jira",
  name: "Jira",
  kind: "jira",
  routes: [
    { host: "b.test", context: "" },
    { host: "a.test", context: "/jira" },
  ],
  rules: presetRules("jira", "none"),
  exceptions: {},
  identity: "none",
  credentials: { basic: true, bearer: true, header: "X-Api-Token", query: null },
  usernames: { aliases: false, empty: false },
  paths: ["/x/**"],
  readPacks: [],
  pathFilter: {},
  webSocket: false,
  preflight: false,
  introspectRestricted: false,
  createdAt: new Date(0),
  version: 5,
};
const before = applicationView(row);

describe("an application as shown", () => {
  it("has its routes in a stable order, and everything that the interface promises", () => {
    const { createdAt, ...rest } = row;
    expect(before).toEqual({
      ...rest,
      createdAt: createdAt.toISOString(),
      routes: [
        { host: "a.test", context: "/jira" },
        { host: "b.test", context: "" },
      ],
    });
  });

  it("is a name and a kind for everybody", () => {
    expect(applicationName(row)).toEqual({
      id: "a1",
      key: "jira",
      name: "Jira",
      kind: "jira",
      createdAt: "1970-01-01T00:00:00.000Z",
      version: 5,
    });
  });
});

describe("an edit", () => {
  it("of nothing changes nothing", () => {
    expect(edited(before, {})).toMatchObject({ changed: false, moved: false });
  });

  it("that says what is already so changes nothing, in whatever order", () => {
    const { name, kind, rules, identity, credentials, usernames, paths } = before;
    const routes = before.routes.toReversed();
    const same = { name, kind, rules, identity, credentials, usernames, paths: [...paths], routes };
    expect(edited(before, same)).toMatchObject({ changed: false, moved: false });
  });

  it("changes inside rules, credentials and usernames only what is named", () => {
    const { next, changed, moved } = edited(before, {
      rules: { none: "block" },
      credentials: { header: null },
      usernames: { empty: true },
    });
    expect({ changed, moved }).toEqual({ changed: true, moved: false });
    expect(next.rules).toEqual({ ...before.rules, none: "block" });
    expect(next.credentials).toEqual({ ...before.credentials, header: null });
    expect(next.usernames).toEqual({ aliases: false, empty: true });
    expect(next.name).toBe("Jira");
    expect(edited(before, { introspectRestricted: true })).toMatchObject({
      next: { introspectRestricted: true },
      changed: true,
    });
  });

  it("changes exceptions by class and filter rules by id, and keeps nothing that says nothing", () => {
    const first = edited(before, {
      exceptions: { password: { users: ["fred"], paths: [] }, none: { users: [], paths: ["/status"] } },
      pathFilter: { enc_slash: "observe", semicolon: "block" },
      ...{ readPacks: ["feeds"], webSocket: true, preflight: true },
    }).next;
    expect(first.pathFilter).toEqual({ enc_slash: "observe" });
    expect(first).toMatchObject({ readPacks: ["feeds"], webSocket: true, preflight: true });
    const after = { ...before, ...first };
    const second = edited(after, {
      exceptions: { none: { users: [], paths: [] } },
      pathFilter: { enc_slash: "block" },
    });
    expect(second.next.exceptions).toEqual({ password: { users: ["fred"], paths: [] } });
    expect(second.next.pathFilter).toEqual({});
    expect(edited(after, { pathFilter: {}, exceptions: {} })).toMatchObject({ changed: false });
  });

  it("leaves a list of an exception that it does not name as it was: nobody is let in by what is left out", () => {
    const exceptions = {
      password: { users: ["alice"], paths: ["/rest/api/**"] },
      none: { users: [], paths: ["/status"] },
    };
    const excepting = { ...before, exceptions };
    const left = (changes: object) => edited(excepting, { exceptions: changes }).next.exceptions;
    expect(left({ password: { users: ["alice", "bob"] } })).toEqual({
      ...exceptions,
      password: { users: ["alice", "bob"], paths: ["/rest/api/**"] },
    });
    expect(left({ password: { paths: ["/rest/api/**", "/x"] } })).toEqual({
      ...exceptions,
      password: { users: ["alice"], paths: ["/rest/api/**", "/x"] },
    });
    expect(edited(excepting, { exceptions: { password: {}, none: {} } })).toMatchObject({ changed: false });
    expect(left({ none: { paths: [] }, password: { users: [], paths: [] } })).toEqual({});
    expect(left({ oauth1: { paths: ["/y"] } })).toEqual({ ...exceptions, oauth1: { users: [], paths: ["/y"] } });
  });

  it("replaces lists whole, and says when the application moves", () => {
    expect(edited(before, { paths: [] })).toMatchObject({ next: { paths: [] }, changed: true, moved: false });
    const routes = [{ host: "c.test", context: "" }];
    expect(edited(before, { routes })).toMatchObject({ next: { routes }, changed: true, moved: true });
    expect(edited(before, { routes: before.routes.slice(1) })).toMatchObject({ moved: true });
  });

  it("applied twice is applied once, whatever it says", () => {
    const rule = fc.constantFrom("allow" as const, "observe" as const, "block" as const);
    const change = fc.record(
      {
        name: fc.string(),
        kind: fc.constantFrom("jira" as const, "generic" as const),
        rules: fc.record({ password: rule, none: rule }, { requiredKeys: [] }),
        usernames: fc.record({ aliases: fc.boolean() }, { requiredKeys: [] }),
        paths: fc.array(fc.string()),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(change, (changes) => {
        const once = { ...before, ...edited(before, changes).next };
        expect(edited(once, changes)).toMatchObject({ changed: false, moved: false });
      }),
    );
  });
});
