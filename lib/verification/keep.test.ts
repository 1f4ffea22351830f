import { describe, expect, test } from "vitest";
import { application, basic, bearer, decide, SECRET } from "#test/verification";

type Situation = NonNullable<Parameters<typeof decide>[0]>;

/** What is kept of a request that a revoked token sent: it is refused whatever else it is. */
function keptOf(request: Situation["request"], some: Situation = {}) {
  const decision = decide({ request: request ?? {}, ...some, token: { revokedAt: 1, ...some.token } });
  return decision.allowed ? undefined : decision.kept;
}
const unkept = (request: Situation["request"], some?: Situation) => keptOf(request, some)?.unkept;

test("of a plain request everything that decides is kept", () => {
  expect(keptOf({ host: "JIRA.corp.:8443", target: "/rest/a%20b/?jql=x&service=y" })).toEqual({
    ...{ host: "jira.corp", place: "Bearer", unkept: [] },
  });
  expect(unkept({ headers: [...bearer(), "X-HTTP-Method", "GET"], target: "/rest/x?_method=GET" })).toEqual([]);
});

describe("what decides and is not kept is named:", () => {
  const with_ = (...lines: string[]) => ({ headers: [...bearer(), ...lines] });
  test.each([
    ["query", { target: "/rest/x?_method=PUT" }],
    ["query", { target: "/scm/a/b.git/info/refs?service=git-receive-pack" }],
    ["headers", with_("X_Method_Override", "PUT")],
    ["headers", with_("X-Original-URL", "/secure")],
    ["headers", with_("Upgrade", "websocket")],
    ["headers", { method: "MOVE", ...with_("Destination", "/rest/x") }],
    ["headers", with_("destination", "/rest/x")],
    ["username", { headers: basic("fred", SECRET) }],
    ["username", { headers: basic("", SECRET) }],
    ["path", { target: "/rest/a;b" }],
    ["path", { target: "/rest//a" }],
    ["path", { target: `/rest/${SECRET}` }],
  ])("%s of %j", (name, request) => {
    const pathFilter = { semicolon: "observe", url_override: "observe" } as const;
    const facts = { applications: [application({ kind: "generic", pathFilter })] };
    expect(unkept(request, { facts })).toEqual([name]);
  });

  test("an alias, which only some applications take, but not the owner's own name", () => {
    const owner = { username: "maria", aliases: ["maria@corp.example"] };
    const facts = { applications: [application({ usernames: { aliases: true, empty: true } })] };
    const as = (name: string) => unkept({ headers: basic(name, SECRET) }, { owner, facts });
    expect(["Maria", "token", "maria@corp.example", ""].map(as)).toEqual([[], [], ["username"], ["username"]]);
  });
});

test("the place where the secret stood is named as the application names it", () => {
  const credentials = { basic: true, bearer: true, header: "X-Own", query: "key" };
  const facts = { applications: [application({ credentials })] };
  const place = (some: Situation["request"], question: Situation["question"] = {}) =>
    keptOf(some, { facts, question })?.place;
  expect(place({ headers: basic("token", SECRET) })).toBe("Basic");
  expect(place({ headers: ["x-OWN", SECRET] }, { withholds: "all" })).toBe("header x-own");
  expect(place({ headers: [], target: `/rest/x?Key=${SECRET}` }, { withholds: "all" })).toBe("query key");
});

test("nothing is kept of a request without a token of ours", () => {
  expect(keptOf({}, { found: null })).toBeNull();
  expect(
    keptOf(
      { headers: [] },
      { facts: { applications: [application({ rules: { ...application().rules, none: "block" } })] } },
    ),
  ).toBeNull();
});
