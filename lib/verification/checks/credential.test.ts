import { describe, expect, test } from "vitest";
import type { ClassRule, CredentialClass } from "#lib/applications/application";
import { application, basic, bearer, decide, reasonOf } from "#test/verification";

const OBSERVE = application().rules;
const withRules = (rules: Partial<Record<CredentialClass, ClassRule>>) => ({
  applications: [application({ rules: { ...OBSERVE, ...rules } })],
});

const CARRIED: Record<CredentialClass, readonly string[]> = {
  password: basic("fred", "hunter2"),
  foreignBearer: bearer("NjQ2MDAy"),
  oauth1: ["Authorization", 'OAuth oauth_consumer_key="x"'],
  otherScheme: ["Authorization", "Negotiate YII="],
  none: ["Cookie", "JSESSIONID=x"],
};
const BLOCKED: Record<CredentialClass, string> = {
  password: "password_blocked",
  foreignBearer: "foreign_bearer_blocked",
  oauth1: "oauth1_blocked",
  otherScheme: "other_scheme_blocked",
  none: "credential_missing",
};
const CLASSES = Object.keys(CARRIED).filter((name): name is CredentialClass => name in CARRIED);

describe.each(CLASSES)("%s", (name) => {
  const request = { headers: CARRIED[name] };

  test("under observe passes without identity, Authorization unchanged, and is recorded", () => {
    const authorization = CARRIED[name][0] === "Authorization" ? CARRIED[name][1] : "";
    expect(decide({ request, found: null })).toMatchObject({
      allowed: true,
      reason: "let_through",
      auth: name,
      identity: null,
      told: false,
      authorization,
      subject: { observed: true, tokenId: null },
    });
  });

  test("under allow passes likewise and is not recorded", () => {
    expect(decide({ request, facts: withRules({ [name]: "allow" }) })).toMatchObject({
      allowed: true,
      auth: name,
      subject: { observed: false },
    });
  });

  test("under block, and without a rule that is known, is refused", () => {
    expect(reasonOf({ request, facts: withRules({ [name]: "block" }) })).toBe(BLOCKED[name]);
    const rules = JSON.parse(`{"${name}":"permit"}`);
    expect(reasonOf({ request, facts: withRules(rules) })).toBe(BLOCKED[name]);
    const missing = Object.fromEntries(Object.entries(OBSERVE).filter(([key]) => key !== name));
    expect(
      reasonOf({ request, facts: { applications: [application({ rules: JSON.parse(JSON.stringify(missing)) })] } }),
    ).toBe(BLOCKED[name]);
  });
});

describe("a session log-in by REST", () => {
  const login = { method: "POST", target: "/rest/auth/1/session" };
  test("is the use of a password", () => {
    for (const target of [
      login.target,
      "/rest/auth/latest/session/",
      "/REST/auth/1/session.json",
      "//rest/auth/1/session?x",
    ])
      expect(decide({ request: { ...login, target, headers: [] } })).toMatchObject({ auth: "password" });
    expect(decide({ request: { target: login.target, headers: [] } })).toMatchObject({ auth: "none" });
    expect(reasonOf({ request: { ...login, headers: [] }, facts: withRules({ password: "block" }) })).toBe(
      "password_blocked",
    );
  });

  test("beside a foreign credential is refused if either rule blocks", () => {
    const request = { ...login, headers: CARRIED.foreignBearer };
    expect(decide({ request })).toMatchObject({ auth: "foreignBearer" });
    expect(reasonOf({ request, facts: withRules({ password: "block" }) })).toBe("password_blocked");
    expect(reasonOf({ request, facts: withRules({ foreignBearer: "block" }) })).toBe("foreign_bearer_blocked");
  });

  test("beside a foreign credential needs an exception for each that is blocked", () => {
    const paths = [login.target];
    const BLOCK = { password: "block", foreignBearer: "block", oauth1: "block", otherScheme: "block" } as const;
    const excepting = (...names: readonly CredentialClass[]) => ({
      applications: [
        application({
          rules: { ...OBSERVE, ...BLOCK, none: "block" },
          exceptions: Object.fromEntries(names.map((each) => [each, { users: [], paths }])),
        }),
      ],
    });
    for (const each of ["foreignBearer", "oauth1", "otherScheme"] as const) {
      const request = { ...login, headers: CARRIED[each] };
      expect(reasonOf({ request, facts: excepting("password") })).toBe(BLOCKED[each]);
      expect(reasonOf({ request, facts: excepting(each) })).toBe("password_blocked");
      expect(decide({ request, facts: excepting("password", each) })).toMatchObject({
        ...{ allowed: true, auth: "password", subject: { observed: true } },
      });
    }
    expect(reasonOf({ request: { ...login, headers: CARRIED.none }, facts: excepting("password") })).toBe(
      "let_through",
    );
  });

  test("that only some would read as one needs the rule for requests without a credential too", () => {
    const facts = withRules({ password: "allow", none: "block" });
    const ask = (target: string) => reasonOf({ request: { ...login, target, headers: [] }, facts });
    expect(ask(login.target)).toBe("let_through");
    for (const target of ["/rest/auth%2f1%2fsession", "/rest/auth%3bx/1/session", "/rest/auth/1/session%2fx"])
      expect([target, ask(target)]).toEqual([target, "credential_missing"]);
  });

  test("is one too where the path is too long to be read, and begins like one to somebody", () => {
    const facts = withRules({ password: "block" });
    const long = "a".repeat(1_100);
    const ask = (target: string, method = "POST") => reasonOf({ request: { method, target, headers: [] }, facts });
    for (const target of [
      "/rest/auth%2F1/session;",
      "/rest/auth/1/session/;",
      "/rest/%2561uth/1/session;",
      "/rest;",
      "/;",
    ])
      expect([target, ask(target + long)]).toEqual([target, "password_blocked"]);
    expect(ask(`/rest/auth%2F1/session;${long}`, "GET")).toBe("let_through");
    for (const target of ["/rest/api/2/x;", "/rest/auth/1/session/x/y;", "/display/x/%EF%BC%8F"])
      expect([target, ask(target + long)]).toEqual([target, "let_through"]);
  });

  test("is refused to tokens", () => {
    expect(reasonOf({ request: login, token: { access: "write" } })).toBe("path_blocked");
  });
});

test("a broken secret of ours is 401 whatever the rules say", () => {
  const facts = withRules({ password: "allow", foreignBearer: "allow", none: "allow" });
  expect(reasonOf({ facts, request: { headers: basic("maria", "lk_typo") } })).toBe("token_malformed");
  expect(reasonOf({ facts, request: { headers: bearer("lk_typo") } })).toBe("token_malformed");
});
