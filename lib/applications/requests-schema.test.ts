import { describe, expect, it } from "vitest";
import { newSecret } from "#lib/tokens/secret";
import { createApplicationInput } from "./application-schema";

const JIRA = { key: "jira", name: "Jira", kind: "jira", routes: [{ host: "jira.example.com" }] };
const read = (extra: object) => createApplicationInput.safeParse({ ...JIRA, ...extra });
const pathsOf = (extra: object) => read(extra).error?.issues.map((issue) => issue.path.join(".")) ?? [];

describe("exceptions from block", () => {
  it("name users of passwords, and paths of every class", () => {
    const exceptions = {
      password: { users: ["Mara Lindqvist", "ÅSA@corp", "Mara Lindqvist"], paths: ["/status"] },
      none: { paths: ["/public/**", "/public/**"] },
      oauth1: { users: [], paths: [] },
    };
    expect(read({ exceptions }).data?.exceptions).toEqual({
      password: { users: ["Mara Lindqvist", "ÅSA@corp"], paths: ["/status"] },
      none: { paths: ["/public/**"] },
      oauth1: { users: [], paths: [] },
    });
  });

  it("keep names as people type them, in one spelling", () => {
    const exceptions = { password: { users: [" A\u030Asa ", "\u00C5sa"] } };
    expect(read({ exceptions }).data?.exceptions).toEqual({ password: { users: ["\u00C5sa"] } });
  });

  it("name no users where nothing says who sent it", () => {
    for (const name of ["foreignBearer", "oauth1", "otherScheme", "none"]) {
      const parsed = read({ exceptions: { [name]: { users: ["fred"], paths: [] } } });
      expect(parsed.error?.issues).toMatchObject([{ path: ["exceptions", name, "users"] }]);
      expect(parsed.error?.issues[0]?.message).toContain("name paths only");
    }
  });

  it("are bounded, and of known classes and shapes", () => {
    const users = Array.from({ length: 201 }, (_, i) => `user${i}`);
    expect(pathsOf({ exceptions: { password: { users } } })).toEqual(["exceptions.password.users"]);
    expect(pathsOf({ exceptions: { password: { users: ["x".repeat(65)] } } })).toEqual(["exceptions.password.users.0"]);
    for (const user of ["", " ", "a:b", "a\u0000b", "\ud800", "a\u202eb", newSecret()])
      expect(pathsOf({ exceptions: { password: { users: [user] } } })).toEqual(["exceptions.password.users.0"]);
    expect(pathsOf({ exceptions: { password: { paths: ["status"] } } })).toEqual(["exceptions.password.paths.0"]);
    expect(pathsOf({ exceptions: { cookie: {} } })).toEqual(["exceptions"]);
    expect(pathsOf({ exceptions: { none: { from: "10.0.0.0/8" } } })).toEqual(["exceptions.none"]);
    expect(pathsOf({ exceptions: [] })).toEqual(["exceptions"]);
  });
});

describe("filter rules and read packs", () => {
  it("are known by id and mode", () => {
    expect(read({ pathFilter: { enc_slash: "off", web_inf: "observe" } }).success).toBe(true);
    expect(pathsOf({ pathFilter: { dot_segment: "off" } })).toEqual(["pathFilter"]);
    expect(pathsOf({ pathFilter: { enc_slash: "allow" } })).toEqual(["pathFilter.enc_slash"]);
    expect(pathsOf({ readPacks: ["everything"] })).toEqual(["readPacks.0"]);
    expect(pathsOf({ readPacks: "feeds" })).toEqual(["readPacks"]);
  });

  it("are kept once, in one order", () => {
    expect(read({ readPacks: ["tempo", "feeds", "tempo"] }).data?.readPacks).toEqual(["feeds", "tempo"]);
  });
});

it("WebSocket and preflights are yes or no", () => {
  expect(read({ webSocket: true, preflight: true }).success).toBe(true);
  expect(pathsOf({ webSocket: "yes", preflight: 1 })).toEqual(["webSocket", "preflight"]);
});
