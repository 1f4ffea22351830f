import { describe, expect, test } from "vitest";
import type { Application } from "#lib/applications/application";
import type { Editable } from "#lib/applications/edit";
import { type ApplicationFacts, byApplication } from "./by-application";

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
const seen = (claimedName: string, address = "192.0.2.1", kind = "password") => ({ class: kind, claimedName, address });
const FACTS: ApplicationFacts = {
  passed: new Map([
    ["token", 100],
    ["password", 30],
    ["none", 7],
  ]),
  senders: [seen("ada"), seen("ada", "192.0.2.2"), seen("bob"), seen("", "192.0.2.9", "none")],
  recognised: [
    { rule: "empty_segment", token: "ci of ada" },
    { rule: "empty_segment", token: "ci of bob" },
    { rule: "semicolon", token: "ci of ada" },
  ],
};
const NOTHING: ApplicationFacts = { passed: new Map(), senders: [], recognised: [] };
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
      { count: 2, what: "senders passed with passwords and would be refused:", examples: ["ada", "bob"] },
      { count: 1, what: "sender passed with no credential (browsers) and would be refused:", examples: ["192.0.2.9"] },
    ]);
    expect(unknown).toEqual([]);
  });

  test("leaves whom its exception names, however the name is written", () => {
    const exceptions = { password: { users: ["ADA"], paths: [] } };
    expect(judge({ rules: block("password"), exceptions }).losses).toMatchObject([{ count: 1, examples: ["bob"] }]);
  });

  test("counts those whom an exception names on some paths only, and says so", () => {
    const exceptions = { password: { users: ["ada"], paths: ["/status"] } };
    const [loss] = judge({ rules: block("password"), exceptions }).losses;
    expect(loss).toMatchObject({ count: 2, what: expect.stringContaining("except on the paths of its exception") });
  });

  test("after allow counts requests, since nobody recorded who sent them", () => {
    const { losses, unknown } = judge({ rules: block("password") }, { rules: { ...OBSERVE, password: "allow" } });
    expect(losses).toEqual([
      { count: 30, what: expect.stringContaining("requests passed with passwords"), examples: [] },
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
  expect(losses).toMatchObject([{ count: 1, what: expect.stringContaining("by the exception"), examples: ["ada"] }]);
});

describe("a filter rule that begins to block", () => {
  test("after observe turns away the tokens that it recognised", () => {
    const { losses } = judge({ pathFilter: { empty_segment: "block" } }, { pathFilter: { empty_segment: "observe" } });
    expect(losses).toMatchObject([{ count: 2, examples: ["ci of ada", "ci of bob"] }]);
  });

  test("after off says that nobody looked", () => {
    const { unknown } = judge({ pathFilter: { utf8: "block" } }, { pathFilter: { utf8: "off" } });
    expect(unknown).toEqual([expect.stringContaining("utf8")]);
  });

  test("by its preset, when it is no longer set, counts as one", () => {
    expect(judge({ pathFilter: {} }, { pathFilter: { semicolon: "observe" } }).losses).toMatchObject([{ count: 1 }]);
  });
});

describe("hosts that are taken away", () => {
  test("all of them turn everybody away", () => {
    expect(judge({ routes: [{ host: "new.corp", context: "" }] }).losses).toMatchObject([{ count: 137 }]);
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
