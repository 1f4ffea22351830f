import { describe, expect, test } from "vitest";
import type { ClassRule, Exception } from "#lib/applications/application";
import type { Editable } from "#lib/applications/edit";
import { rulesAtRisk, sendersAtRisk } from "./at-risk";

const application = (password: ClassRule, exception?: Partial<Exception>): Editable => ({
  ...{ name: "Jira", kind: "jira", routes: [], identity: "none", pathFilter: {}, paths: [], readPacks: [] },
  rules: { password, foreignBearer: "observe", oauth1: "observe", otherScheme: "observe", none: "observe" },
  exceptions: exception === undefined ? {} : { password: { users: [], paths: [], ...exception } },
  credentials: { basic: true, bearer: true, header: null, query: null },
  usernames: { aliases: true, empty: false },
  ...{ webSocket: true, preflight: true, introspectRestricted: false },
});
const blocked = (exception?: Partial<Exception>) => application("block", exception);
const all = (...except: string[]) => [{ class: "password", only: null, except }];
const only = (...names: string[]) => [{ class: "password", only: names, except: [] }];

describe("senders at risk", () => {
  test("of a class that begins to block are all but whom its exception names, however the name is written", () => {
    expect(sendersAtRisk(application("observe"), blocked())).toEqual(all());
    expect(sendersAtRisk(application("observe"), blocked({ users: ["ADA"] }))).toEqual(all("ada"));
  });

  test("are all where the exception names some paths only", () => {
    expect(sendersAtRisk(application("observe"), blocked({ users: ["ada"], paths: ["/a"] }))).toEqual(all());
    expect(sendersAtRisk(application("allow"), blocked({ paths: ["/a"] }))).toEqual(all());
  });

  test("are none where a class was blocked and gets its first exception, or a wider one", () => {
    expect(sendersAtRisk(blocked(), blocked({ users: ["ci-bot"] }))).toEqual([]);
    expect(sendersAtRisk(blocked({}), blocked({ users: ["ci-bot"] }))).toEqual([]);
    expect(sendersAtRisk(blocked({ users: ["ci-bot"] }), blocked({ users: ["ci-bot", "backup"] }))).toEqual([]);
    const onA = { users: ["ci-bot"], paths: ["/a"] };
    expect(sendersAtRisk(blocked(onA), blocked({ ...onA, users: ["ci-bot", "backup"] }))).toEqual([]);
    expect(sendersAtRisk(blocked(onA), blocked({ ...onA, paths: ["/b", "/a"] }))).toEqual([]);
    expect(sendersAtRisk(blocked(onA), blocked({ paths: ["/a"] }))).toEqual([]);
    expect(sendersAtRisk(blocked(onA), blocked({ users: ["ci-bot"] }))).toEqual([]);
  });

  test("are those alone whom the exception let pass and lets pass no more", () => {
    const two = blocked({ users: ["Ada", "bob"] });
    expect(sendersAtRisk(two, blocked({ users: ["bob"] }))).toEqual([{ ...only("ada")[0], except: ["bob"] }]);
    expect(sendersAtRisk(two, blocked())).toEqual(only("ada", "bob"));
    expect(sendersAtRisk(two, blocked({ users: ["ada", "bob"], paths: ["/a"] }))).toEqual(only("ada", "bob"));
    expect(sendersAtRisk(blocked({ paths: ["/a"] }), blocked({ users: ["ada"], paths: ["/a"] }))).toEqual(all("ada"));
  });

  test("are none where nothing blocks", () => {
    expect(sendersAtRisk(blocked(), application("observe"))).toEqual([]);
  });
});

test("filter rules at risk are those that begin to block, by their preset too", () => {
  const filtered = (pathFilter: Editable["pathFilter"]) => ({ ...application("observe"), pathFilter });
  expect(rulesAtRisk(filtered({ empty_segment: "observe" }), filtered({ empty_segment: "block" }))).toEqual([
    "empty_segment",
  ]);
  expect(rulesAtRisk(filtered({ semicolon: "observe" }), filtered({}))).toEqual(["semicolon"]);
  expect(rulesAtRisk(filtered({ semicolon: "block" }), filtered({}))).toEqual([]);
});
