import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ApplicationKind, FilterMode, FilterRule } from "#lib/applications/application";
import { doubtfulPath, READERS } from "#test/path-readers";
import { restrictedTo } from "#test/restricted";
import { NOON } from "#test/rules";
import { application, bearer, decide, installation, question, refusalOf, request } from "#test/verification";
import { begin } from "../decide";
import { FILTER_RULES, PATH_FILTER } from "../path-filter";
import { Rates } from "../rates";
import { compilePaths, keptOut } from "../reads";

/** For each rule, what it recognises below a path that tokens reach. */
const RECOGNISED: Record<FilterRule, { readonly target: string; readonly headers?: readonly string[] }> = {
  utf8: { target: "/rest/%E4" },
  semicolon: { target: "/rest/api/2/issue/A-1/properties/a/b;c%20d" },
  enc_semicolon: { target: "/rest/a%3bb" },
  enc_slash: { target: "/rest/group%2Frepo" },
  backslash: { target: "/rest/DOMAIN%5Cuser" },
  double_encoding: { target: "/rest/%2541" },
  empty_segment: { target: "/rest//api/2/myself" },
  expression: { target: "/rest/%24%7Bx%7D" },
  web_inf: { target: "/rest/web-inf." },
  homoglyph: { target: "/rest/a%EF%BC%8Eb" },
  raw_delims: { target: "/rest/a|b" },
  url_override: { target: "/rest/api/2/myself", headers: ["X-Original-URL", "/elsewhere"] },
};
const set = (rule: FilterRule, mode: FilterMode, kind: ApplicationKind = "jira") => ({
  applications: [application({ kind, pathFilter: { [rule]: mode } })],
});
const asked = (rule: FilterRule, ours = true) => {
  const { target, headers = [] } = RECOGNISED[rule];
  return { target, headers: [...headers, ...(ours ? bearer() : [])] };
};

describe.each(FILTER_RULES)("the filter rule %s", (rule) => {
  test("holds for tokens as preset, and says which it is", () => {
    const preset = refusalOf({ request: asked(rule) });
    if (PATH_FILTER[rule].preset === "off") expect(preset.reason).toBe("allowed");
    else expect(preset).toEqual({ reason: "path_blocked", rule: expect.stringContaining(`${rule}: `) });
    expect(refusalOf({ request: asked(rule), facts: set(rule, "block") }).reason).toBe("path_blocked");
  });

  test("lets a token pass where it only observes, and notes it", () => {
    const decision = decide({ request: asked(rule), facts: set(rule, "observe") });
    expect(decision).toMatchObject({ allowed: true, auth: "token", subject: { observedRules: [rule] } });
  });

  test("says nothing where it is off", () => {
    const decision = decide({ request: asked(rule), facts: set(rule, "off") });
    expect(decision).toMatchObject({ allowed: true, auth: "token", subject: { observedRules: [] } });
  });

  test("never refuses what is not ours, and notes it unless it is off", () => {
    const noted = (mode: FilterMode) => decide({ request: asked(rule, false), facts: set(rule, mode) });
    expect(noted("block")).toMatchObject({ allowed: true, auth: "none", subject: { observedRules: [rule] } });
    expect(noted("observe")).toMatchObject({ allowed: true, subject: { observedRules: [rule] } });
    expect(noted("off")).toMatchObject({ allowed: true, subject: { observedRules: [] } });
  });
});

describe("a request that several rules recognise", () => {
  const target = "/rest/a%2Fb/c%2541/d%2Fe";
  const both = { enc_slash: "observe", double_encoding: "observe" } as const;
  const having = (pathFilter: Partial<Record<FilterRule, FilterMode>>) => ({
    applications: [application({ pathFilter })],
  });

  test("is noted once by each that observes: who sets the second to block was told of it", () => {
    const decision = decide({ request: { target }, facts: having(both) });
    expect(decision).toMatchObject({ allowed: true, subject: { observedRules: ["enc_slash", "double_encoding"] } });
    const headers = ["X-Original-URL", "/elsewhere"];
    const foreign = decide({ request: { target: "/x%24%257B/WEB-INF;a//b", headers }, facts: having({}) });
    expect(foreign).toMatchObject({ allowed: true, auth: "none" });
    expect([...foreign.subject.observedRules].sort()).toEqual(
      ["double_encoding", "expression", "semicolon", "url_override", "web_inf"].sort(),
    );
  });

  test("is refused by the first that blocks, whatever others observe", () => {
    for (const rule of ["enc_slash", "double_encoding"] as const)
      expect(refusalOf({ request: { target }, facts: having({ ...both, [rule]: "block" }) })).toEqual({
        ...{ reason: "path_blocked", rule: expect.stringContaining(`${rule}: `) },
      });
  });
});

describe("requests that are refused by default pass with the switch that is documented", () => {
  test("GitLab’s project ids: enc_slash", () => {
    const request = { target: "/projects/group%2Frepo" };
    expect(refusalOf({ request, facts: { applications: [application({ kind: "generic" })] } }).reason).toBe(
      "path_blocked",
    );
    expect(refusalOf({ request, facts: set("enc_slash", "off", "generic") }).reason).toBe("allowed");
  });

  test("property keys of jira.js 5.4: semicolon", () => {
    const request = { target: "/rest/api/2/issue/A-1/properties/a/b;c%20d" };
    expect(refusalOf({ request }).reason).toBe("path_blocked");
    expect(refusalOf({ request, facts: set("semicolon", "observe") }).reason).toBe("allowed");
  });
});

describe("a rule for names holds in every reading that the others let pass", () => {
  /** Every rule off, but one that blocks. */
  const only = (rule: FilterRule, kind: ApplicationKind = "generic", mode: FilterMode = "off") => ({
    ...{ kind, pathFilter: { ...Object.fromEntries(FILTER_RULES.map((each) => [each, mode])), [rule]: "block" } },
  });
  const ask = (target: string, ...of: Parameters<typeof only>) =>
    refusalOf({ request: { target }, facts: { applications: [application(only(...of))] } });

  test.each([
    "/x%2FWEB-INF/web.xml",
    "/x%2fweb-inf%2fweb.xml",
    "/x%5CMETA-INF%5CMANIFEST.MF",
    "/x/WEB-INF%3bx/web.xml",
    "/x/WEB%252DINF/web.xml",
    "/x/WEB-INF%EF%BC%8E/web.xml",
    "/x%c0%afWEB-INF/web.xml",
  ])("web_inf: %s", (target) => {
    expect(ask(target, "web_inf")).toEqual({ reason: "path_blocked", rule: expect.stringMatching(/^web_inf: /) });
    expect(ask(target, "web_inf", "generic", "observe").reason).toBe("path_blocked");
    expect(ask(target, "utf8").reason).toBe(target.includes("%c0") ? "path_blocked" : "allowed");
  });

  test("web_inf: in what Jira opens, and not below the content of a repository in Bitbucket", () => {
    expect(ask("/download/attachments/1/x%2FWEB-INF/web.xml", "web_inf", "jira").reason).toBe("path_blocked");
    const repository = "/rest/api/1.0/projects/X/repos/y";
    expect(ask(`${repository}/browse/src%2FWEB-INF/web.xml`, "web_inf", "bitbucket").reason).toBe("allowed");
    expect(ask(`${repository}%2Fbrowse/WEB-INF/web.xml`, "web_inf", "bitbucket").reason).toBe("path_blocked");
  });

  test.each(["/x/%2524%257Bx%257D", "/a%2F%2523%257Bx", "/x/a%3b%25%257B"])("expression: %s", (target) => {
    expect(ask(target, "expression")).toEqual({ reason: "path_blocked", rule: expect.stringMatching(/^expression: /) });
    expect(ask(target, "web_inf").reason).toBe("allowed");
  });

  test("and what is not ours is noted by it", () => {
    const facts = { applications: [application(only("web_inf"))] };
    const decision = decide({ request: { target: "/x%2FWEB-INF/web.xml", headers: [] }, facts });
    expect(decision).toMatchObject({ allowed: true, subject: { observedRules: ["web_inf"] } });
  });
});

describe("a rule that is off opens nothing beyond the name it lets pass", () => {
  const off = {
    applications: [application({ pathFilter: Object.fromEntries(FILTER_RULES.map((rule) => [rule, "off"])) })],
  };
  const ask = (method: string, target: string) =>
    refusalOf({ request: { method, target }, facts: off, token: { access: "write" } });

  test.each([
    "/rest/pat%2Flatest/tokens",
    "/rest/pat%5Clatest/tokens",
    "/rest/pat%3bx/latest/tokens",
    "/rest/p%2561t/latest/tokens",
    "/rest%2Fpat/latest",
    "/rest/%252e%252e/secure/admin",
    "/rest/%252e%252e%252fsecure",
    "/rest/%EF%BC%8E%EF%BC%8E/secure",
    "/rest/%c0%ae%c0%ae/secure",
    "/rest/pat%c0%aflatest",
    "/rest;/pat/latest",
    "/rest/;%EF%BC%8F+%2fauth/",
    "/rest/%5c;%2fauth/1/session",
    "/rest/auth%252f%25/",
    "/rest/%252e./%25",
    "/rest/%25c0%25ae%25c0%25ae/secure",
    "/rest/a%2500",
  ])("%s", (target) => expect(ask("GET", target).reason).toBe("path_blocked"));

  test("but the name is let pass, also beside others that are escaped", () => {
    const paths = { applications: [application({ ...off.applications[0], paths: ["/my path/**"] })] };
    for (const target of ["/my%20path/a%2Fb", "/rest/100%25/a%2Fb", "/rest/%E4/%3B", "/rest/a%20b/feature%2Fx"])
      expect([target, refusalOf({ request: { target }, facts: paths }).reason]).toEqual([target, "allowed"]);
  });

  test("what anybody could read as a write is one, and a token’s own paths hold in every reading", () => {
    const facts = off;
    const write = { target: "/rest/scriptrunner%2Fx", method: "GET" };
    const listed = [application({ ...off.applications[0], paths: ["/**"] })];
    expect(refusalOf({ request: write, facts: { applications: listed } }).reason).toBe("write_refused");
    const search = { method: "POST", target: "/rest/api/2/search%3bx" };
    expect(refusalOf({ request: search, facts }).reason).toBe("write_refused");
    const token = restrictedTo({ pathRules: ["* /rest/api/*"] });
    expect(refusalOf({ request: { target: "/rest/api/a%2Fb" }, facts, token }).reason).toBe("path_rule_refused");
    expect(refusalOf({ request: { target: "/rest/api/a" }, facts, token }).reason).toBe("allowed");
  });

  test("a token with path rules passes with no other address in a header, whatever the rule says", () => {
    const token = restrictedTo({ pathRules: ["* /rest/**"] });
    const request = asked("url_override");
    expect(refusalOf({ request, facts: set("url_override", "off"), token }).reason).toBe("path_rule_refused");
    expect(refusalOf({ request: { target: request.target }, token }).reason).toBe("allowed");
  });

  test("no reader of paths is led by a token to what tokens never reach", () => {
    const paths = compilePaths({ kind: "jira", paths: [], readPacks: [] });
    const laid = installation(off);
    const rates = new Rates();
    let compared = 0;
    fc.assert(
      fc.property(doubtfulPath, fc.constantFrom("/rest", "/rest/api", "/rest/auth"), (path, before) => {
        const target = `${before}${path}`;
        if (begin(laid, question(request({ target })), NOON, rates).settled) return;
        compared += 1;
        for (const reader of Object.values(READERS)) {
          const read = reader(target);
          if (read !== null) expect([target, read, keptOut(paths, read, 0)]).toEqual([target, read, null]);
        }
      }),
      { numRuns: 10_000 },
    );
    expect(compared).toBeGreaterThan(50);
  });
});
