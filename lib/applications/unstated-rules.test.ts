import { describe, expect, it } from "vitest";
import { unstatedLists, unstatedRules } from "./edit";
import { presetRules } from "./rules";
import type { ApplicationView } from "./view";

const jira: ApplicationView = {
  id: "0190d4a5-0000-7000-8000-00000000000a",
  key: "jira",
  name: "Jira",
  kind: "jira",
  routes: [{ host: "jira.test", context: "" }],
  rules: { ...presetRules("jira", "none"), password: "block" },
  exceptions: {},
  identity: "none",
  credentials: { basic: true, bearer: true, header: null, query: null },
  usernames: { aliases: false, empty: false },
  paths: [],
  readPacks: [],
  pathFilter: {},
  webSocket: false,
  preflight: false,
  introspectRestricted: false,
  createdAt: "2026-11-22T12:00:00.000Z",
  version: 1,
};
const pathsOf = (changes: Parameters<typeof unstatedRules>[1]) => unstatedRules(jira, changes).map(({ path }) => path);
const OPEN = ["rules.foreignBearer", "rules.oauth1", "rules.otherScheme", "rules.none"];

describe("rules that an edit would carry over silently", () => {
  it("are refused where the application begins to believe what it is told, one by one; what blocks may stay", () => {
    expect(pathsOf({ identity: "header" })).toEqual(OPEN);
    expect(pathsOf({ identity: "header", rules: { oauth1: "block", none: "observe" } })).toEqual([
      "rules.foreignBearer",
      "rules.otherScheme",
    ]);
  });

  it("are refused where it has no log-in of its own any more", () => {
    expect(pathsOf({ kind: "generic" })).toEqual(OPEN);
  });

  it("are refused where an exception would go on letting something pass, until it is stated too", () => {
    const excepted = { ...jira, exceptions: { password: { users: ["fred"], paths: [] } } };
    const stated = {
      identity: "header",
      rules: { foreignBearer: "block", oauth1: "block", otherScheme: "block", none: "block" },
    } as const;
    const paths = (changes: Parameters<typeof unstatedRules>[1]) =>
      unstatedRules(excepted, changes).map(({ path }) => path);
    expect(paths(stated)).toEqual(["exceptions.password"]);
    expect(paths({ ...stated, exceptions: { password: { users: [], paths: [] } } })).toEqual([]);
    expect(paths({ ...stated, exceptions: { password: {} } })).toEqual(["exceptions.password"]);
    expect(paths({ ...stated, exceptions: { password: { paths: ["/x"] } } })).toEqual(["exceptions.password"]);
    expect(paths({ ...stated, exceptions: { password: { users: ["fred"] } } })).toEqual([]);
  });

  it("are nobody's concern while identity and kind stay what they were, or become less", () => {
    expect(pathsOf({ name: "New" })).toEqual([]);
    expect(pathsOf({ identity: "passthrough", kind: "confluence" })).toEqual([]);
    expect(unstatedRules({ ...jira, identity: "header" }, { identity: "header", name: "New" })).toEqual([]);
    expect(unstatedRules({ ...jira, identity: "header" }, { identity: "none" })).toEqual([]);
  });
});

describe("a list of an exception that an edit empties", () => {
  const password = { users: ["fred"], paths: ["/status"] };
  const paths = (change: object, exceptions: ApplicationView["exceptions"] = { password }) =>
    unstatedLists({ ...jira, exceptions }, { exceptions: change }).map(({ path }) => path);

  it("is refused while the other would then let pass by itself, until both are stated", () => {
    expect(paths({ password: { users: [] } })).toEqual(["exceptions.password.users"]);
    expect(paths({ password: { paths: [] } })).toEqual(["exceptions.password.paths"]);
    expect(paths({ password: { users: [], paths: ["/status"] } })).toEqual([]);
    expect(paths({ password: { users: [], paths: [] } })).toEqual([]);
  });

  it("is nobody's concern where it is the only one, or nothing is emptied", () => {
    expect(paths({ password: { users: ["mara"] } })).toEqual([]);
    expect(paths({ none: { paths: [] }, oauth1: { paths: [] } }, { none: { users: [], paths: ["/status"] } })).toEqual(
      [],
    );
    expect(paths({ password: { users: [] } }, { password: { users: ["fred"], paths: [] } })).toEqual([]);
  });
});
