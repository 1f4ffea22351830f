import { describe, expect, test } from "vitest";
import type { Application, Exceptions } from "#lib/applications/application";
import { application, basic, bearer, decide, reasonOf, refusalOf } from "#test/verification";

const BLOCK = {
  password: "block",
  foreignBearer: "block",
  oauth1: "block",
  otherScheme: "block",
  none: "block",
} as const;
const excepting = (exceptions: Exceptions, some: Partial<Application> = {}) => ({
  applications: [application({ rules: BLOCK, exceptions, ...some })],
});
const FRED = { users: ["Fred"], paths: [] };
const STATUS = { users: [], paths: ["/status", "/public/**"] };
const ask = (headers: readonly string[], target: string, exceptions: Exceptions, method = "GET") =>
  reasonOf({ request: { headers, target, method }, facts: excepting(exceptions) });

describe("an exception by user", () => {
  const password = (name: string, target = "/x") => ask(basic(name, "hunter2"), target, { password: FRED });

  test("lets the password of that user pass, in whatever case it is typed, and no other", () => {
    for (const name of ["Fred", "fred", "FRED"]) expect(password(name)).toBe("let_through");
    for (const name of ["freda", "fre", "", " fred", "maria"]) expect(password(name)).toBe("password_blocked");
  });

  test("is recorded like what is observed: it should end one day", () => {
    const decision = decide({ request: { headers: basic("fred", "x") }, facts: excepting({ password: FRED }) });
    expect(decision).toMatchObject({ allowed: true, auth: "password", identity: null, subject: { observed: true } });
  });

  test("goes by Basic only: a query may name two, and a log-in has its name in the body", () => {
    expect(ask([], "/x?os_username=fred&os_password=x", { password: FRED })).toBe("password_blocked");
    const login = "/rest/auth/1/session";
    expect(ask(basic("fred", "x"), login, { password: FRED }, "POST")).toBe("password_blocked");
    expect(ask([], login, { password: { users: [], paths: [login] } }, "POST")).toBe("let_through");
  });

  test("goes by the name as it came, while what is recorded of it stays redacted", () => {
    for (const name of ["npm_deploy", "sk-lukas", "ghp_bot", "svc01a02b-jenkins-prod03", "\u00C5sa"]) {
      const facts = excepting({ password: { users: [name], paths: [] } });
      expect(reasonOf({ request: { headers: basic(name.toUpperCase(), "x") }, facts })).toBe("let_through");
      expect(reasonOf({ request: { headers: basic(`${name}x`, "x") }, facts })).toBe("password_blocked");
    }
    const facts = excepting({ password: { users: ["npm_deploy"], paths: [] } });
    const decision = decide({ request: { headers: basic("npm_deploy", "x") }, facts });
    expect(decision.subject.claimedName).toBe("(redacted)");
    expect(decision.allowed && decision.authorization).toBe(basic("npm_deploy", "x")[1]);
    expect(JSON.stringify({ ...decision, authorization: "" })).not.toContain("npm_deploy");
  });

  test("is nobody's who typed a secret for a name, whatever stands on the list", () => {
    const secret = basic("ghp_0123456789abcdefghijABCDEFGHIJ012345", "x");
    expect(ask(secret, "/x", { password: { users: ["(redacted)"], paths: [] } })).toBe("password_blocked");
  });

  test("of one class is none of another", () => {
    expect(ask(bearer("fred"), "/x", { password: FRED })).toBe("foreign_bearer_blocked");
  });
});

describe("an exception by path", () => {
  test.each(["foreignBearer", "oauth1", "otherScheme", "none", "password"] as const)("lets %s pass there", (name) => {
    const carried = {
      ...{ password: basic("x", "y"), foreignBearer: bearer("x"), none: ["Cookie", "a=b"] },
      ...{ oauth1: ["Authorization", 'OAuth a="b"'], otherScheme: ["Authorization", "Negotiate x"] },
    }[name];
    for (const target of ["/status", "/status?x", "/public/a/b"])
      expect(ask(carried, target, { [name]: STATUS })).toBe("let_through");
    for (const target of ["/statusx", "/status/x", "/x/status", "/Status", "/"])
      expect(ask(carried, target, { [name]: STATUS })).toMatch(/_blocked$|credential_missing/);
  });

  test("holds behind the context of the application", () => {
    const facts = excepting({ none: STATUS }, { routes: [{ host: "jira.corp", context: "/jira" }] });
    expect(reasonOf({ request: { headers: [], target: "/jira/status" }, facts })).toBe("let_through");
    expect(reasonOf({ request: { headers: [], target: "/jira/jira/status" }, facts })).toBe("credential_missing");
  });

  test("holds only where nobody reads another path, nor finds one in a header", () => {
    const none = (target: string, ...headers: string[]) => ask(headers, target, { none: STATUS });
    for (const target of ["/public%2fx", "/public/%252e%252e/admin", "/status;/../x", "/public/%c0%ae%c0%ae/x"])
      expect([target, none(target)]).not.toEqual([target, "let_through"]);
    expect(none("/public/a%2fb")).toBe("let_through");
    expect(none("/status", "X-Original-URL", "/admin")).toBe("credential_missing");
    expect(none("/status", "X_Rewrite_URL", "/admin")).toBe("credential_missing");
  });
});

describe("a log-in beside another credential", () => {
  const login = "/rest/auth/1/session";
  const excepted = { password: { users: [], paths: [login] } };

  test("needs that both may pass: an exception for the one is none for the other", () => {
    expect(ask(bearer("x"), login, excepted, "POST")).toBe("foreign_bearer_blocked");
    expect(ask(bearer("x"), login, { ...excepted, foreignBearer: { users: [], paths: [login] } }, "POST")).toBe(
      "let_through",
    );
    expect(ask(bearer("x"), login, { foreignBearer: { users: [], paths: [login] } }, "POST")).toBe("password_blocked");
  });

  test("is seen however the path is written", () => {
    for (const target of ["/rest/auth%3bx/1/session", "/rest/auth%2f1%2fsession", "/rest/%2561uth/1/session"])
      expect([target, ask([], target, { none: { users: [], paths: ["/rest/**"] } }, "POST")]).toEqual([
        target,
        "password_blocked",
      ]);
  });
});

describe("an exception by user and path", () => {
  const both = { password: { users: ["fred"], paths: ["/status"] } };
  test("needs both", () => {
    expect(ask(basic("fred", "x"), "/status", both)).toBe("let_through");
    expect(ask(basic("fred", "x"), "/other", both)).toBe("password_blocked");
    expect(ask(basic("maria", "x"), "/status", both)).toBe("password_blocked");
  });
});

test("an exception that names nothing lets nothing pass", () => {
  expect(ask(basic("fred", "x"), "/x", { password: { users: [], paths: [] } })).toBe("password_blocked");
});

test("an exception changes nothing for tokens, nor for what is refused to everybody", () => {
  const facts = excepting({ none: { users: [], paths: ["/**"] } });
  expect(refusalOf({ request: { target: "/secure/x" }, facts }).reason).toBe("path_blocked");
  expect(reasonOf({ request: { target: "/a/../b", headers: [] }, facts })).toBe("path_refused");
});
