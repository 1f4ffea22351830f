import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { application, basic, bearer, call, decide, SECRET } from "#test/verification";
import { nginx } from "./adapters/nginx";

const KINDS = ["jira", "confluence", "bitbucket", "generic"] as const;

describe("the longest and worst that fits into a request is judged, not given up", () => {
  const fill = (piece: string, length = 4000) => piece.repeat(Math.floor(length / piece.length));
  const targets: Readonly<Record<string, string>> = {
    "many segments": fill("/a"),
    "many parameters of segments": fill("/a;b=c"),
    "many escapes": `/${fill("%2f")}`,
    "many double escapes": `/${fill("%2525")}`,
    "many wide characters": `/${fill("%EF%BC%8F")}`,
    "many dots that are none": fill("/...a"),
    "many words of lists": fill("/rest/api/scm/info/refs/git-upload-pack"),
    "many web archives": fill("/web-inf-"),
    "many query parameters": `/rest?${fill("&a=b", 8000)}`,
    "many escaped query names": `/rest?${fill("&%61=%62", 8000)}`,
    "many semicolons in the query": `/rest?${fill(";", 8000)}`,
    "many methods": `/rest?${fill("&_method=GET", 8000)}`,
  };
  const headers: Readonly<Record<string, readonly string[]>> = {
    "a thousand lines": [
      ...Array.from({ length: 1000 }, (_, i) => [`X-Method-Overrid${i % 10}`, "x"]).flat(),
      ...bearer(),
    ],
    "a thousand overrides": [
      ...Array.from({ length: 1000 }, () => ["X-HTTP-Method-Override", "GET"]).flat(),
      ...bearer(),
    ],
    "a thousand credentials": Array.from({ length: 1000 }, () => bearer()).flat(),
    "a long Bearer": ["Authorization", `Bearer ${"a".repeat(8000)}`],
    "a long Basic": basic("a".repeat(250), "b".repeat(5000)),
    "a long scheme": ["Authorization", "a".repeat(8000)],
    "a long OAuth": ["Authorization", `OAuth ${'a="b", '.repeat(1100)}`],
    spaces: ["Authorization", `Bearer${" ".repeat(8000)}x`],
  };
  test.each(Object.entries(targets))("%s", (_, target) => {
    for (const kind of KINDS) {
      const facts = { applications: [application({ kind, paths: ["/**/a/**/b", "/x/**/*.y/**"] })] };
      for (const lines of [bearer(), []])
        expect(decide({ facts, request: { target, headers: lines } }).reason).not.toBe("undecided");
    }
  });

  test.each(Object.entries(headers))("%s", (_, lines) => {
    expect(decide({ request: { headers: lines } }).reason).not.toBe("undecided");
  });
});

describe("whatever a client sends through nginx", () => {
  const FIVE = {
    method: "GET",
    target: "/rest/api/2/myself",
    host: "jira.corp",
    proto: "https",
    clientAddress: "192.0.2.7",
  };
  const set = [
    "X-Original-Method",
    "GET",
    "X-Original-URI",
    FIVE.target,
    "X-Original-Host",
    FIVE.host,
    "X-Original-Proto",
    "https",
    "X-Real-IP",
    FIVE.clientAddress,
  ];
  const name = fc.constantFrom(
    ...[
      "X-Forwarded-For",
      "X-Forwarded-Host",
      "X-Forwarded-Uri",
      "X-Forwarded-Method",
      "X-Forwarded-Proto",
      "Forwarded",
      "Host",
      "Via",
    ],
    ...[
      "X_Original_URI",
      "X-Original-URI2",
      "X-Original-Url",
      "X-Original",
      "X-Latchkey-User",
      "X-Latchkey-Auth",
      "X-Authz-User",
      "Cookie",
    ],
  );
  const value = fc.constantFrom("", "127.0.0.1", "/", "evil.example", "DELETE", "admin", "http", SECRET);
  const sent = fc.array(fc.tuple(name, value), { maxLength: 12 }).map((pairs) => pairs.flat());

  test("the original request is what nginx said", () => {
    fc.assert(
      fc.property(sent, sent, (before, after) => {
        const headers = [...before, ...set, ...after];
        const { reading } = nginx.question(call({ headers }), "gw1");
        expect(reading).toEqual({ ...FIVE, headers });
      }),
    );
  });

  test("nobody is identified by anything but a credential", () => {
    fc.assert(
      fc.property(sent, (headers) => {
        const decision = decide({ request: { headers } });
        if (decision.allowed) expect(decision).toMatchObject({ auth: "none", identity: null });
      }),
    );
  });
});

describe("a secret is good only whole", () => {
  test("one character less, more or other is never allowed, nor passed on as somebody else's", () => {
    const index = fc.nat({ max: SECRET.length - 1 });
    const char = fc
      .string({ unit: "binary-ascii", minLength: 1, maxLength: 1 })
      .filter((one) => /[\x21-\x7e]/.test(one));
    fc.assert(
      fc.property(index, char, fc.constantFrom("cut", "add", "change"), (at, one, how) => {
        const rest = how === "add" ? SECRET.slice(at) : SECRET.slice(at + 1);
        const mangled = SECRET.slice(0, at) + (how === "cut" ? "" : one) + rest;
        if (mangled === SECRET) return;
        const decision = decide({ request: { headers: basic("maria", mangled) } });
        // Damage to the prefix itself makes it a password like any other, which identifies nobody.
        if (at > "lk_".length) expect(decision).toMatchObject({ allowed: false, reason: "token_malformed" });
        else if (decision.allowed) expect(decision.identity).toBeNull();
      }),
      { numRuns: 500 },
    );
  });
});
