import { describe, expect, it } from "vitest";
import { createApplicationInput, editApplicationInput } from "./application-schema";
import { presetRules } from "./rules";

const JIRA = { key: "jira", name: "Jira", kind: "jira", routes: [{ host: "jira.example.com" }] };
const ID = "0190d4a5-0000-7000-8000-00000000000a";
const pathsOf = (extra: object) => {
  const parsed = createApplicationInput.safeParse({ ...JIRA, ...extra });
  return parsed.success ? [] : parsed.error.issues.map((issue) => issue.path.join("."));
};

describe("the input of an application", () => {
  it("needs key, name, kind and a route", () => {
    expect(createApplicationInput.parse(JIRA)).toEqual({
      ...JIRA,
      routes: [{ host: "jira.example.com", context: "" }],
    });
    for (const field of Object.keys(JIRA)) expect(pathsOf({ [field]: undefined })).toEqual([field]);
  });

  it.each(["Jira", "ji ra", "-jira", "jira-", "jira/", "", "x".repeat(64), "jira\n", "ключ"])(
    "has no key %j",
    (key) => {
      expect(pathsOf({ key })).toEqual(["key"]);
    },
  );

  it("takes a header and a parameter of one's own, but none that means something else", () => {
    expect(pathsOf({ credentials: { header: "X-Our-Token", query: "api_key" } })).toEqual([]);
    expect(pathsOf({ credentials: { header: null, query: null } })).toEqual([]);
    for (const header of ["X-Auth-Token", "PRIVATE-TOKEN", "X-Proxy-Token", "Fromage", "X-Forward"])
      expect([header, pathsOf({ credentials: { header } })]).toEqual([header, []]);
    const taken = ["Authorization", "cookie", "X-Latchkey-User", "X-Forwarded-For", "Host", "a b", "", "Proxy"];
    const meaning = ["X-HTTP-Method-Override", "x-http-method", "X-Method-Override", "X-Rewrite-URL", "Traceparent"];
    for (const header of [...taken, ...meaning, "tracestate", "If-Match", "Sec-Fetch-Mode", "X-Atlassian-Token"])
      expect([header, pathsOf({ credentials: { header } })]).toEqual([header, ["credentials.header"]]);
    for (const query of ["os_username", "OS_password", "oauth_token", "_method", "X-HTTP-Method", "a&b", ""]) {
      expect(pathsOf({ credentials: { query } })).toEqual(["credentials.query"]);
    }
  });

  it("takes patterns that match whole segments, and none that could never match", () => {
    expect(pathsOf({ paths: ["/rest/**", "/a/*.json", "/a/*/b", "/%C3%A4"] })).toEqual([]);
    for (const path of ["rest", "/a**", "/a*b*c", "/a?b", "/a#b", "/a/../b", "/a/./b", "/a b", "/ä", "/a\\b"]) {
      expect(pathsOf({ paths: [path] })).toEqual(["paths.0"]);
    }
  });

  it("refuses rules and classes that it does not know", () => {
    expect(pathsOf({ rules: { password: "deny" } })).toEqual(["rules.password"]);
    expect(pathsOf({ rules: { passwords: "block" } })).toEqual(["rules"]);
    expect(pathsOf({ kind: "gitea" })).toEqual(["kind"]);
    expect(pathsOf({ createdAt: "2026-01-01" })).toEqual([""]);
  });

  it("takes every way in which an application is told who it is, and no other", () => {
    for (const identity of ["none", "passthrough", "header", "jwt"]) expect(pathsOf({ identity })).toEqual([]);
    expect(pathsOf({ identity: "pat" })).toEqual(["identity"]);
  });

  it("says in plain yes or no whether introspection may leave limits unseen", () => {
    for (const introspectRestricted of [true, false]) expect(pathsOf({ introspectRestricted })).toEqual([]);
    for (const introspectRestricted of ["true", 1, null]) expect(pathsOf({ introspectRestricted })).not.toEqual([]);
  });

  it("edits by id and version, and never the key", () => {
    expect(editApplicationInput.safeParse({ id: ID, version: 1, name: "New" }).success).toBe(true);
    for (const wrong of [
      { id: ID },
      { id: ID, version: 0 },
      { id: "7", version: 1 },
      { id: ID, version: 1, key: "x" },
    ]) {
      expect(editApplicationInput.safeParse(wrong).success).toBe(false);
    }
  });
});

describe("the preset rules", () => {
  const rule = (...given: Parameters<typeof presetRules>) => new Set(Object.values(presetRules(...given)));

  it("observe what has a log-in of its own, and block where nothing behind would ask", () => {
    for (const kind of ["jira", "confluence", "bitbucket"] as const) {
      expect(rule(kind, "none")).toEqual(new Set(["observe"]));
      expect(rule(kind, "passthrough")).toEqual(new Set(["observe"]));
    }
    expect(rule("generic", "none")).toEqual(new Set(["block"]));
  });

  it("block wherever the upstream believes the identity that it is told", () => {
    for (const kind of ["jira", "confluence", "bitbucket", "generic"] as const) {
      expect(rule(kind, "header")).toEqual(new Set(["block"]));
      expect(rule(kind, "jwt")).toEqual(new Set(["block"]));
    }
  });
});
