import { describe, expect, test } from "vitest";
import { digestOf, newSecret } from "#lib/tokens/secret";
import { basic, bearer, SECRET } from "#test/verification";
import { credentialOf, type Sources } from "./credential";
import { parametersOf } from "./parameters";
import type { Withholds } from "./withheld";

const ALL: Sources = { basic: true, bearer: true, header: "x-api-token", query: "access_token" };
const NONE: Sources = { basic: false, bearer: false, header: null, query: null };
const PREFIXES = { prefix: "lk", retiredPrefixes: ["old"] };

const from = (headers: readonly string[], query = "", sources = ALL, withholds: Withholds = "all") =>
  credentialOf(headers, parametersOf(query), sources, PREFIXES, withholds);
const outcome = (headers: readonly string[], query = "", sources = ALL) => {
  const found = from(headers, query, sources);
  return found.kind === "unusable" ? found.reason : found.kind === "foreign" ? found.class : "ours";
};
const authorization = (value: string) => ["Authorization", value];

describe("a token of ours", () => {
  test("is found as Basic password, Bearer, header or parameter, and only its digest goes on", () => {
    const digest = digestOf(SECRET);
    expect(from(basic("Maria", SECRET))).toEqual({ kind: "ours", digest, username: "Maria" });
    for (const found of [from(bearer()), from(["X-Api-Token", SECRET]), from([], `a=b&Access_Token=${SECRET}`)])
      expect(found).toEqual({ kind: "ours", digest, username: null });
    expect(JSON.stringify(from(basic("maria", SECRET)))).not.toContain(SECRET);
  });

  test("is found whatever the case of the scheme, and under a retired prefix", () => {
    for (const scheme of ["BEARER", "bearer", "bEaReR"])
      expect(outcome(authorization(`${scheme} ${SECRET}`))).toBe("ours");
    expect(outcome(bearer(newSecret("old")))).toBe("ours");
    expect(outcome(authorization(`Bearer   ${SECRET}`))).toBe("ours");
  });

  test("is refused in a place that the application switched off, never passed on", () => {
    expect(outcome(bearer(), "", NONE)).toBe("source_refused");
    expect(outcome(basic("maria", SECRET), "", NONE)).toBe("source_refused");
    expect(outcome([], `access_token=${SECRET}`, NONE)).toBe("source_refused");
  });

  test("is refused where nobody looks for it: as name, under another scheme, without one, as os_password", () => {
    const misplaced = [basic(SECRET, ""), basic(SECRET, "x"), authorization(SECRET), authorization(`Token ${SECRET}`)];
    misplaced.push(authorization(`Bearer${SECRET} x`), authorization(`${SECRET} x`));
    misplaced.push(["Authorization", `Basic ${Buffer.from(`jörg:ü${SECRET}`, "latin1").toString("base64")}`]);
    for (const headers of misplaced) expect(outcome(headers)).toBe("source_refused");
    expect(outcome([], `os_username=maria&os_password=${SECRET}`)).toBe("source_refused");
    for (const other of [
      "q=x",
      "os_username=fred&os_password=x",
      "oauth_signature=x",
      "oauth_consumer_key=x&oauth_signature=y",
    ])
      expect([other, outcome([], `${other}&q=${SECRET}`)]).toEqual([other, "source_refused"]);
    expect(outcome([], `oauth_signature=${SECRET}`)).toBe("source_refused");
    for (const value of [SECRET, `x.${SECRET}`])
      expect(outcome(["x-api-token", value], "", { ...ALL, header: "x-jira-token" })).toBe("source_refused");
  });

  test("is refused wherever else it stands in what goes on as somebody else's: signed, quoted, named", () => {
    const schemes = [
      `OAuth ${SECRET}`,
      `OAuth oauth_token="${SECRET}"`,
      `Token token="${SECRET}"`,
      `Digest u=${SECRET}`,
      ...[
        `Bearer x.${SECRET}`,
        `Bearer user/${SECRET}`,
        `Bearer maria-${SECRET}.`,
        `Bearer ${"a".repeat(36)}${SECRET}`,
        `Bearer ${SECRET.slice(0, 1)}~${SECRET}`,
        `Bearer x+${SECRET}==`,
      ],
      `Token aa_${"a".repeat(36)}${SECRET}`,
    ];
    const pairs = [
      ...[`:${SECRET}`, `"${SECRET}"`].map((password) => basic("maria", password)),
      ...[`maria ${SECRET}`, `x.${SECRET}`].map((name) => basic(name, "a password")),
    ];
    const values = [...schemes, ...pairs.map(([, value]) => value ?? "")];
    for (const value of values) expect([value, outcome(authorization(value))]).toEqual([value, "source_refused"]);
    expect(outcome(["X-Api-Token", `x.${SECRET}`])).toBe("source_refused");
  });

  test("of another installation, whose prefix was never ours, goes on wherever it stands", () => {
    const other = newSecret("other");
    const theirs = ["foreignBearer", "oauth1", "otherScheme", "password", "password"];
    const values = [`Bearer ${other}`, `OAuth oauth_token="${other}"`, `Token token="${other}"`];
    const passwords = [other, `:${other}`].map((password) => basic("maria", password)[1] ?? "");
    expect([...values, ...passwords].map((value) => outcome(authorization(value)))).toEqual(theirs);
  });

  test("stands behind spaces only, not behind what looks like one", () => {
    for (const gap of ["\t", "\u00a0", " \t", "\ufeff"]) {
      expect([gap, outcome(authorization(`Bearer ${gap}${SECRET}`))]).not.toEqual([gap, "ours"]);
      expect([gap, outcome(authorization(`Bearer ${SECRET}${gap}`))]).not.toEqual([gap, "ours"]);
    }
    expect(outcome(authorization(`Bearer  ${SECRET} `))).toBe("ours");
  });

  test("is broken when shortened, lengthened, changed or mangled, and never somebody else's", () => {
    const changed = SECRET.slice(0, 10) + (SECRET[10] === "a" ? "b" : "a") + SECRET.slice(11);
    for (const broken of [SECRET.slice(0, -1), `${SECRET}a`, changed, SECRET.toUpperCase(), "lk_", "old_x"]) {
      expect(outcome(bearer(broken))).toBe("token_malformed");
      expect(outcome(basic("maria", broken))).toBe("token_malformed");
      expect(outcome(["X-Api-Token", broken])).toBe("token_malformed");
    }
    expect(outcome([], "os_username=maria&os_password=lk_x")).toBe("token_malformed");
    expect(outcome(authorization("Token lk_x"))).toBe("token_malformed");
  });
});

describe("what is not ours has a class", () => {
  test("password", () => {
    const headers = basic("fred", "hunter2");
    expect(from(headers)).toEqual({ kind: "foreign", class: "password", authorization: headers[1], name: "fred" });
    expect(from([], "os_username=fred&os_password=x")).toEqual({
      kind: "foreign",
      class: "password",
      authorization: "",
      name: "fred",
    });
    expect(outcome([], "OS_PASSWORD=x")).toBe("password");
    const latin = ["Authorization", `Basic ${Buffer.from("jörg:grün", "latin1").toString("base64")}`];
    expect(from(latin)).toMatchObject({ class: "password", authorization: latin[1], name: "jörg" });
    expect(outcome(basic("fred", ""))).toBe("password");
    expect(outcome(basic("fred", "hunter2"), "", NONE)).toBe("password");
  });

  test("foreignBearer", () => {
    expect(from(bearer("NjQ2MDAy"))).toEqual({
      kind: "foreign",
      class: "foreignBearer",
      authorization: "Bearer NjQ2MDAy",
      name: null,
    });
    expect(outcome([], "access_token=abc")).toBe("foreignBearer");
    expect(outcome(bearer("eyJh.e30.x=="), "", NONE)).toBe("foreignBearer");
  });

  test("oauth1, in the header or signed in the query", () => {
    expect(outcome(authorization('OAuth oauth_consumer_key="x", oauth_signature="y"'))).toBe("oauth1");
    expect(outcome([], "oauth_consumer_key=x&oauth_signature=y")).toBe("oauth1");
  });

  test("otherScheme", () => {
    for (const value of ["Negotiate YII=", 'Digest username="fred", realm="x"', "NTLM TlRM", "Foo", "JWT a.b.c"])
      expect(from(authorization(value))).toMatchObject({ class: "otherScheme", authorization: value });
    expect(outcome(["X-Api-Token", "somebody else's"])).toBe("otherScheme");
  });

  test("none: nothing, or only a cookie", () => {
    expect(from(["Cookie", "JSESSIONID=x"])).toEqual({ kind: "foreign", class: "none", authorization: "", name: null });
    expect(outcome(["X-Api-Token", "of another program"], "", NONE)).toBe("none");
  });

  test("a claimed name that looks like a secret is redacted", () => {
    expect(from(basic("d41d8cd98f00b204e9800998ecf8427e", "x"))).toMatchObject({ name: "(redacted)" });
  });
});

describe("invalid_request", () => {
  test("two credentials, whichever and whosesoever they are", () => {
    const pairs = [
      [...bearer(), ...bearer()],
      [...bearer(), ...basic("fred", "x")],
      [...bearer(), "X-Api-Token", SECRET],
      [...basic("fred", "x"), "X-Api-Token", "y"],
      ["X-Api-Token", SECRET, "x-api-token", SECRET],
    ];
    for (const headers of pairs) expect(outcome(headers)).toBe("invalid_request");
    const queries = [`access_token=${SECRET}`, "os_username=fred", "os_password=x", "oauth_signature=x"];
    for (const query of queries) expect(outcome(bearer(), query)).toBe("invalid_request");
    expect(outcome([], `access_token=${SECRET}&access_token=${SECRET}`)).toBe("invalid_request");
    expect(outcome([], "os_username=fred&access_token=x")).toBe("invalid_request");
  });

  test("two lines that a gateway made one, whatever stands beside the secret of ours", () => {
    const values = [`a,${SECRET}`, `${SECRET},${SECRET}`, `a, ${SECRET}`, `a,${SECRET.slice(0, -3)}`];
    for (const value of values) {
      expect(outcome(["X-Api-Token", value])).toBe("invalid_request");
      for (const scheme of ["", "Bearer ", "Negotiate ", 'OAuth oauth_signature="y",'])
        expect([scheme, outcome(authorization(scheme + value))]).toEqual([scheme, "invalid_request"]);
    }
    for (const pair of [`${bearer()[1]},${bearer()[1]}`, `${basic("a", "b")[1]},${basic("maria", SECRET)[1]}`])
      expect(outcome(authorization(pair))).toBe("invalid_request");
    expect(outcome(["X-Api-Token", "a,b"])).toBe("otherScheme");
  });

  test("a header that cannot be read", () => {
    const wrong = [
      "",
      "Basic",
      "Basic !",
      "Basic YWJj",
      "Bearer",
      "Bearer a b",
      "Bearer ä",
      `Bearer ${SECRET}, Basic YTpi`,
      `Negotiate abc, Bearer ${SECRET}`,
      'OAuth oauth_signature="y",BASIC YTpi',
      '"Basic" YTpi',
      `Bearer\t${SECRET}`,
    ];
    for (const value of wrong) expect([value, outcome(authorization(value))]).toEqual([value, "invalid_request"]);
    expect(outcome(authorization(`Bearer ${"a".repeat(8192)}`))).toBe("invalid_request");
    expect(outcome(["X-Api-Token", ""])).toBe("invalid_request");
    expect(outcome([], "access_token=")).toBe("invalid_request");
  });
});
