import { describe, expect, test } from "vitest";
import { application, bearer, decide, reasonOf } from "#test/verification";

const blocked = { ...application().rules, none: "block" as const };
const facts = (preflight = true) => ({ applications: [application({ rules: blocked, preflight })] });
const PREFLIGHT = ["Origin", "https://board.corp", "Access-Control-Request-Method", "PUT"];
const ask = (headers: readonly string[], method = "OPTIONS", target = "/rest/api/2/issue/A-1") =>
  reasonOf({ request: { method, headers, target }, facts: facts() });

describe("a CORS preflight", () => {
  test("passes where the application lets it, without identity and without being recorded", () => {
    expect(decide({ request: { method: "OPTIONS", headers: PREFLIGHT }, facts: facts() })).toMatchObject({
      ...{ allowed: true, reason: "let_through", auth: "none", identity: null, authorization: "" },
      subject: { observed: false },
    });
    expect(reasonOf({ request: { method: "OPTIONS", headers: PREFLIGHT }, facts: facts(false) })).toBe(
      "credential_missing",
    );
  });

  test.each([
    ["without an origin", PREFLIGHT.slice(2)],
    ["without the method to come", PREFLIGHT.slice(0, 2)],
    ["with two origins", [...PREFLIGHT, "Origin", "https://evil.corp"]],
    ["with a cookie, which browsers never send with it", [...PREFLIGHT, "Cookie", "JSESSIONID=x"]],
    ["that asks for another method", [...PREFLIGHT, "X-HTTP-Method-Override", "DELETE"]],
    ["that asks for another address", [...PREFLIGHT, "X-Rewrite-URL", "/secure/admin"]],
    ["that asks for another protocol", [...PREFLIGHT, "Upgrade", "websocket"]],
  ])("%s is none", (_what, headers) => expect(ask(headers)).toBe("credential_missing"));

  test("is OPTIONS and nothing else, in the query neither", () => {
    for (const method of ["GET", "POST", "HEAD"]) expect(ask(PREFLIGHT, method)).toBe("credential_missing");
    expect(ask(PREFLIGHT, "OPTIONS", "/rest?_method=DELETE")).toBe("credential_missing");
    expect(ask(PREFLIGHT, "OPTIONS", "/rest/../x")).toBe("path_refused");
  });

  test("with a credential is judged by that", () => {
    const others = { ...blocked, foreignBearer: "block" as const };
    const applications = [application({ rules: others, preflight: true })];
    const headers = [...PREFLIGHT, ...bearer("somebodys")];
    expect(reasonOf({ request: { method: "OPTIONS", headers }, facts: { applications } })).toBe(
      "foreign_bearer_blocked",
    );
    expect(ask([...PREFLIGHT, ...bearer()])).toBe("allowed");
  });
});
