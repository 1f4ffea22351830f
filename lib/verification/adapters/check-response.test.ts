import { describe, expect, test } from "vitest";
import { application, basic, decide, type SomeFacts } from "#test/verification";
import { answerAllowed } from "../answer";
import { undecided } from "../decision";
import { checkResponse } from "./check-response";

const ANSWERING = { requestId: "req_1", portalUrl: "https://latchkey.corp" };
const NAMED: SomeFacts = { applications: [application({ identity: "header" })] };
const sent = (headers: readonly string[] = [], tokenHeader: string | null = "x-api-token") => ({
  headers,
  tokenHeader,
});
type Situation = Parameters<typeof decide>[0];
const answered = (situation: Situation, headers: readonly string[] = [], tokenHeader?: string) =>
  checkResponse(decide(situation), ANSWERING, sent(headers, tokenHeader));
const lines = (...names: string[]) => names.flatMap((name) => [name, "x"]);
const set = (situation: Situation) =>
  Object.fromEntries(answered(situation).okResponse?.headers.map(({ header }) => [header.key, header.value]) ?? []);

describe("an allow by gRPC", () => {
  test("sets every identity header in place of what the client sent, empty where there is no value", () => {
    const { status, okResponse, deniedResponse } = answered({ facts: NAMED });
    expect([status.code, deniedResponse]).toEqual([0, undefined]);
    for (const option of okResponse?.headers ?? [])
      expect(option).toMatchObject({ appendAction: 2, keepEmptyValue: true });
    expect(set({ facts: NAMED })).toMatchObject({
      ...{ "x-latchkey-auth": "token", "x-latchkey-user": "maria", "x-latchkey-access": "read" },
      ...{ "x-latchkey-assertion": "", "x-latchkey-request-id": "req_1" },
    });
    expect(set({})).toMatchObject({ "x-latchkey-auth": "token", "x-latchkey-user": "", "x-latchkey-groups": "" });
  });

  test("says what any gateway is told, but for what is about the answer itself", () => {
    const decision = decide({ facts: NAMED, owner: { groups: [{ id: "g", ref: "a,b" }] } });
    if (!decision.allowed) throw new Error("not allowed");
    const { headers } = answerAllowed(decision, "req_1");
    const told = headers.filter((_, i) => i % 2 === 0).map((name) => name.toLowerCase());
    const [, , ...expected] = told;
    expect(Object.keys(set({ facts: NAMED }))).toEqual(expected.filter((name) => name !== "authorization"));
  });

  test("takes away what the client sent under our names, however it is spelled", () => {
    const forged = lines(
      "X-Latchkey-User",
      "x-latchkey-gateway-key",
      "X_Latchkey_User",
      "x-latchkey_user",
      "X-LATCHKEY-NEW",
    );
    expect(answered({}, forged).okResponse?.headersToRemove).toEqual([
      ...["x-latchkey-gateway-key", "x_latchkey_user", "x-latchkey_user", "x-latchkey-new"],
    ]);
  });

  test("takes away what other gateways' configurations take away, and leaves Envoy's own word", () => {
    const never = [
      "x-original-url",
      "x-rewrite-url",
      "x-forwarded-host",
      "x-forwarded-uri",
      "forwarded",
      "proxy",
      "proxy-authorization",
    ];
    const kept = lines("x-forwarded-for", "x-forwarded-proto", "x-request-id", "accept", ":path");
    expect(answered({}, [...lines(...never), ...kept]).okResponse?.headersToRemove).toEqual(never);
  });

  test("takes a token, a session and another method away from a token's request, and from no other", () => {
    const beside = ["authorization", "cookie", "x-api-token", "x-my-token", "x-http-method-override", "x-http-method"];
    expect(answered({}, lines(...beside), "x-my-token").okResponse?.headersToRemove).toEqual(beside);
    const none = { request: { headers: [] } };
    expect(answered(none, lines("cookie", "x-api-token", "x-my-token")).okResponse?.headersToRemove).toEqual([]);
  });

  test("of what is not ours keeps its Authorization, and sets none where there is none", () => {
    const headers = basic("fred", "hunter2");
    expect(set({ request: { headers } })).toMatchObject({ authorization: headers[1], "x-latchkey-auth": "password" });
    expect(answered({ request: { headers } }, headers).okResponse?.headersToRemove).toEqual([]);
    expect(Object.keys(set({ request: { headers: [] } }))).not.toContain("authorization");
  });
});

describe("a refusal by gRPC", () => {
  test.each([
    ["invalid_request", 400, 3, { request: { headers: ["Authorization", "Basic !"] } }],
    ["unauthenticated", 401, 16, { found: null }],
    ["write_refused", 403, 7, { request: { method: "DELETE" } }],
  ] as const)("%s is itself: %i", (code, status, rpc, situation) => {
    const answer = answered(situation);
    expect(answer).toMatchObject({ status: { code: rpc }, deniedResponse: { status: { code: status } } });
    expect(answer.okResponse).toBeUndefined();
    expect(JSON.parse(answer.deniedResponse?.body ?? "")).toMatchObject({ status, code, requestId: "req_1" });
  });

  test("that could not be decided is 503, and says when to come again", () => {
    const { status, deniedResponse } = checkResponse(undecided("undecided"), ANSWERING, sent());
    expect([status.code, deniedResponse?.status.code]).toEqual([14, 503]);
    expect(deniedResponse?.headers.map(({ header }) => header.key)).toContain("retry-after");
  });

  test("leaves the length of the body to Envoy, and carries one challenge with a 401 alone", () => {
    const keys = (situation: Situation) =>
      answered(situation).deniedResponse?.headers.map(({ header }) => header.key) ?? [];
    expect(keys({ found: null })).toEqual([
      "content-type",
      "cache-control",
      "www-authenticate",
      "x-latchkey-request-id",
    ]);
    expect(keys({ request: { method: "DELETE" } })).not.toContain("www-authenticate");
  });
});
