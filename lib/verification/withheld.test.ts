import { describe, expect, test } from "vitest";
import { application, bearer, call, decide, GATEWAY_SECRET, gateway, reasonOf, SECRET } from "#test/verification";
import { api } from "./adapters/api";
import { checkQuestion } from "./adapters/check-request";
import { envoy } from "./adapters/envoy";
import { forward } from "./adapters/forward";
import { nginx } from "./adapters/nginx";
import { isTakenAway } from "./withheld";

const NAME = "X-Latchkey-Withholds";
const own = application({ credentials: { basic: true, bearer: true, header: "X-Jira-Token", query: "apikey" } });
const facts = { applications: [own] };
const inHeader = (...said: string[]) => ({
  headers: ["X-Jira-Token", SECRET, ...said.flatMap((each) => [NAME, each])],
});

describe("a token in a header that its gateway would hand on", () => {
  test("is refused: where the gateway names none, or others, or names them twice", () => {
    expect(reasonOf({ facts, request: inHeader() })).toBe("source_refused");
    for (const said of [["x-api-token"], ["x-jira-token-2"], ["jira-token"], [""], ["x-jira-token", "x-jira-token"]])
      expect([said, reasonOf({ facts, request: inHeader(...said) })]).toEqual([said, "source_refused"]);
    expect(decide({ facts, request: inHeader() }).subject.auth).not.toBe("token");
  });

  test("is taken where the gateway names it, in any case and among others", () => {
    for (const said of ["x-jira-token", "X-Jira-Token", "x-api-token,x-jira-token", "x-api-token, X-JIRA-TOKEN ,a"])
      expect([said, reasonOf({ facts, request: inHeader(said) })]).toEqual([said, "allowed"]);
  });

  test("is taken where our answer names it, and where the application itself asks", () => {
    for (const withholds of ["headers", "all"] as const)
      expect(reasonOf({ facts, question: { withholds }, request: inHeader() })).toBe("allowed");
  });

  test("is X-Api-Token to configurations that name nothing: those always took it away, and nothing else", () => {
    expect(reasonOf({ request: { headers: ["X-Api-Token", SECRET] } })).toBe("allowed");
    expect(reasonOf({ request: { headers: ["X-Api-Token", SECRET, NAME, "x-jira-token"] } })).toBe("source_refused");
    expect([isTakenAway([], "x-api-token"), isTakenAway([], "x-jira-token")]).toEqual([true, false]);
  });
});

describe("a token in the address", () => {
  test("is refused behind every gateway, which hands the address on, and taken where the application itself asks", () => {
    const request = { target: `/rest/api/2/myself?apikey=${SECRET}`, headers: [NAME, "apikey"] };
    for (const withholds of ["named", "headers"] as const)
      expect(reasonOf({ facts, question: { withholds }, request })).toBe("source_refused");
    expect(reasonOf({ facts, question: { withholds: "all" }, request })).toBe("allowed");
  });

  test("of somebody else's keeps its class, and a broken one of ours its reason", () => {
    const blocked = { applications: [application({ ...own, rules: { ...own.rules, foreignBearer: "block" } })] };
    const asked = (value: string) =>
      reasonOf({ facts: blocked, request: { target: `/rest/api/2/myself?apikey=${value}`, headers: [] } });
    expect([asked("theirs"), asked("lk_x")]).toEqual(["foreign_bearer_blocked", "token_malformed"]);
  });

  test("and none elsewhere: Bearer and Basic are the gateway's to replace, whatever it names", () => {
    expect(reasonOf({ facts, request: { headers: [...bearer(), NAME, "nothing"] } })).toBe("allowed");
  });
});

test("who hands on what is known of each protocol, not from what its client sends", () => {
  const headers = [NAME, "all"];
  for (const each of [nginx, forward, envoy]) expect(each.question(call({ headers }), "gw1").withholds).toBe("named");
  const caller = { peer: "local", keys: ["gw1"], secrets: [GATEWAY_SECRET] } as const;
  expect(checkQuestion({}, caller).withholds).toBe("headers");
  expect(api.question(call(), gateway().key).withholds).toBe("all");
});
