import { describe, expect, test } from "vitest";
import type { Application } from "#lib/applications/application";
import type { Editable } from "#lib/applications/edit";
import { type ApplicationFacts, byApplication, type Seen } from "./by-application";

type Rules = Application["rules"];
const OBSERVE: Rules = {
  ...{ password: "observe", foreignBearer: "observe", oauth1: "observe", otherScheme: "observe", none: "observe" },
};
const APPLICATION: Editable = {
  ...{ name: "Jira", kind: "jira", routes: [{ host: "jira.corp", context: "" }], identity: "none" },
  ...{ rules: OBSERVE, exceptions: {}, pathFilter: {}, paths: [], readPacks: [] },
  credentials: { basic: true, bearer: true, header: null, query: null },
  usernames: { aliases: true, empty: false },
  ...{ webSocket: true, preflight: true, introspectRestricted: false },
};
const seen = (count: number, ...examples: string[]): Seen => ({ count, examples, lumped: false });
const FACTS: ApplicationFacts = {
  passed: new Map([
    ["token", 100],
    ["password", 30],
    ["none", 7],
  ]),
  senders: new Map([
    ["password", seen(2, "ada", "bob")],
    ["none", seen(1, "192.0.2.9")],
  ]),
  recognised: seen(0),
};
const NOTHING: ApplicationFacts = { passed: new Map(), senders: new Map(), recognised: seen(0) };
const judge = (after: Partial<Editable>, before: Partial<Editable> = {}, facts = FACTS) =>
  byApplication({ ...APPLICATION, ...before }, { ...APPLICATION, ...before, ...after }, facts);
const block = (...classes: (keyof Rules)[]): Rules => ({
  ...OBSERVE,
  ...Object.fromEntries(classes.map((each) => [each, "block"])),
});

describe("a rule that begins to block", () => {
  test("turns away each name once, and addresses where no name was claimed", () => {
    const { losses, unknown } = judge({ rules: block("password", "none") });
    expect(losses).toEqual([
      { count: 2, what: "senders passed with passwords and would be refused:", examples: ["ada", "bob"], more: false },
      {
        count: 1,
        what: "sender passed with no credential (browsers) and would be refused:",
        ...{ examples: ["192.0.2.9"], more: false },
      },
    ]);
    expect(unknown).toEqual([]);
  });

  test("says that there are more where not all are named", () => {
    const senders = new Map([["password", seen(9, "a", "b", "c", "d", "e")]]);
    expect(judge({ rules: block("password") }, {}, { ...FACTS, senders }).losses).toMatchObject([{ more: true }]);
  });

  test("counts nobody of what was too much to keep apart, and says so", () => {
    const senders = new Map([["password", { ...seen(0), lumped: true }]]);
    const { losses, unknown } = judge({ rules: block("password") }, {}, { ...FACTS, senders });
    expect([losses, unknown]).toEqual([[], [expect.stringMatching(/senders of passwords were too many/)]]);
  });

  test("counts those whom an exception names on some paths only, and says so", () => {
    const exceptions = { password: { users: ["ada"], paths: ["/status"] } };
    const [loss] = judge({ rules: block("password"), exceptions }).losses;
    expect(loss).toMatchObject({ count: 2, what: expect.stringContaining("except on the paths of its exception") });
  });

  test("after allow counts requests, since nobody recorded who sent them", () => {
    const { losses, unknown } = judge({ rules: block("password") }, { rules: { ...OBSERVE, password: "allow" } });
    expect(losses).toEqual([
      { count: 30, what: expect.stringContaining("requests passed with passwords"), examples: [], more: false },
    ]);
    expect(unknown).toEqual([expect.stringMatching(/^Who sent passwords.*observe/)]);
  });

  test("turns away nobody where the other way round it stops to block", () => {
    expect(judge({ rules: OBSERVE }, { rules: block("password") })).toEqual({ losses: [], unknown: [] });
  });
});

test("who passed by an exception is turned away with it", () => {
  const before = { rules: block("password"), exceptions: { password: { users: ["ada", "bob"], paths: [] } } };
  const { losses } = judge({ exceptions: { password: { users: ["bob"], paths: [] } } }, before);
  expect(losses).toMatchObject([{ count: 2, what: expect.stringContaining("by the exception") }]);
});

describe("a filter rule that begins to block", () => {
  test("after observe turns away the tokens that it recognised", () => {
    const facts = { ...FACTS, recognised: { ...seen(2, "ci of ada", "ci of bob"), lumped: true } };
    const observed = { pathFilter: { empty_segment: "observe" as const } };
    const { losses, unknown } = judge({ pathFilter: { empty_segment: "block" } }, observed, facts);
    expect(losses).toMatchObject([{ count: 2, examples: ["ci of ada", "ci of bob"], more: false }]);
    expect(unknown).toEqual([expect.stringMatching(/^Some tokens .* too many to keep apart/)]);
  });

  test("after off says that nobody looked", () => {
    const { unknown } = judge({ pathFilter: { utf8: "block" } }, { pathFilter: { utf8: "off" } });
    expect(unknown).toEqual([expect.stringContaining("utf8")]);
  });
});

describe("hosts that are taken away", () => {
  test("all of them turn everybody away", () => {
    expect(judge({ routes: [{ host: "new.corp", context: "" }] }).losses).toMatchObject([{ count: 137 }]);
  });

  test("turn a single request away in the singular", () => {
    const facts = { ...NOTHING, passed: new Map([["token", 1]]) };
    const [loss] = judge({ routes: [] }, {}, facts).losses;
    expect(loss?.what).toMatch(/^request passed/);
  });

  test("turn nobody away where the same host leads there by a place above, in whole segments", () => {
    const before = { routes: [{ host: "jira.corp", context: "/jira" }] };
    const at = (context: string) => judge({ routes: [{ host: "jira.corp", context }] }, before);
    expect(at("")).toEqual({ losses: [], unknown: [] });
    expect([at("/ji").losses.length, at("/jira/deep").losses.length]).toEqual([1, 1]);
  });

  test("one of several is not known by host", () => {
    const routes = [...APPLICATION.routes, { host: "old.corp", context: "/jira" }];
    const { losses, unknown } = judge({ routes: APPLICATION.routes }, { routes });
    expect([losses, unknown]).toEqual([[], [expect.stringContaining("old.corp/jira")]]);
  });
});

describe("what is not recorded of a change", () => {
  test.each([
    ["ways to send a token", { credentials: { ...APPLICATION.credentials, bearer: false } }, "Bearer"],
    ["usernames beside one", { usernames: { aliases: false, empty: false } }, "username"],
    ["another kind’s paths", { kind: "confluence" as const }, "paths"],
    ["WebSockets", { webSocket: false }, "WebSocket"],
    ["preflights", { preflight: false }, "preflight"],
    ["another identity", { identity: "jwt" as const }, "believes"],
  ])("is said of %s", (_what, change, words) => {
    const { losses, unknown } = judge(change);
    expect([losses, unknown]).toEqual([[], [expect.stringContaining(words)]]);
  });

  test("is nothing where a header is named anew that no token could come by before", () => {
    expect(judge({ credentials: { ...APPLICATION.credentials, header: "X-Api-Token" } }).unknown).toEqual([]);
  });

  test("is said of nothing that more is allowed by", () => {
    expect(judge({ paths: ["/a"], readPacks: ["feeds"], introspectRestricted: true }).unknown).toEqual([]);
  });
});

test("an application to which nothing came loses nobody", () => {
  const all = { rules: block("password"), routes: [], webSocket: false, identity: "jwt" as const, preflight: true };
  expect(judge(all, {}, NOTHING)).toEqual({ losses: [], unknown: [] });
});
