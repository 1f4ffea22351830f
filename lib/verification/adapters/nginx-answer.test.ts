import { describe, expect, test } from "vitest";
import { application, basic, bearer, decide, SECRET } from "#test/verification";
import { type Answer, CHALLENGE } from "../answer";
import { undecided } from "../decision";
import { REASONS, type UndecidedCode } from "../reasons";
import { foldForNginx, nginx } from "./nginx";

const ANSWERING = { requestId: "req_1", portalUrl: "https://latchkey.corp" };
type Situation = Parameters<typeof decide>[0];
const answered = (situation: Situation = {}) => nginx.answer(decide(situation), ANSWERING);
const fields = ({ headers }: Answer) => {
  const pairs: [string, string][] = [];
  for (let i = 0; i < headers.length; i += 2) pairs.push([headers[i] ?? "", headers[i + 1] ?? ""]);
  return Object.fromEntries(pairs);
};

const EMPTY = {
  "X-Latchkey-User": "",
  "X-Latchkey-User-Id": "",
  "X-Latchkey-Groups": "",
  "X-Latchkey-Access": "",
  "X-Latchkey-Token-Id": "",
  "X-Latchkey-Assertion": "",
};

describe("an allow", () => {
  test("is 200 without a body, with every identity header, byte for byte", () => {
    const facts = { applications: [application({ identity: "header" })] };
    const owner = {
      groups: [
        { id: "g1", ref: "jira-users" },
        { id: "g2", ref: "ldap:cn=x,dc=y" },
      ],
    };
    expect(answered({ facts, owner })).toEqual({
      status: 200,
      body: "",
      headers: [
        ...["Content-Length", "0", "Cache-Control", "no-store"],
        ...["X-Latchkey-Auth", "token", "X-Latchkey-User", "maria"],
        ...[
          "X-Latchkey-User-Id",
          "0190d4a5-0000-7000-8000-000000000001",
          "X-Latchkey-Groups",
          "jira-users,ldap:cn=x%2Cdc=y",
        ],
        ...["X-Latchkey-Access", "read", "X-Latchkey-Token-Id", "0190d4a5-0000-7000-8000-00000000000a"],
        ...["X-Latchkey-Request-Id", "req_1", "X-Latchkey-Assertion", "", "Authorization", ""],
      ],
    });
  });

  test("tells an upstream that shall learn nothing only that there was a token", () => {
    expect(fields(answered())).toMatchObject({
      ...EMPTY,
      "X-Latchkey-Auth": "token",
      "X-Latchkey-Request-Id": "req_1",
      Authorization: "",
    });
  });

  test("stays below 12 KB whatever the names are", () => {
    const facts = { applications: [application({ identity: "header" })] };
    const groups = Array.from({ length: 500 }, (_, i) => ({ id: `${i}`, ref: `ä${i}`.repeat(60) }));
    expect(answered({ facts, owner: { username: "x".repeat(255), groups } }).headers.join(": ").length).toBeLessThan(
      12_288,
    );
    const authorization = `Bearer ${"a".repeat(8185)}`;
    const answer = answered({ request: { headers: ["Authorization", authorization] } });
    expect(answer.status).toBe(200);
    expect(answer.headers.join(": ").length).toBeLessThan(12_288);
  });
});

describe("a 401", () => {
  const situations: readonly Situation[] = [
    { request: { headers: bearer("lk_typo") } },
    { found: null },
    { token: { revokedAt: 1 } },
    { token: { expiresAt: 1 } },
    { token: { suspendedAt: 1 } },
    { token: { secretBornAt: null } },
    { token: { supersededAt: 1 } },
    { owner: { deactivatedAt: 1 } },
    { owner: { username: "somebody" }, request: { headers: basic("maria", SECRET) } },
    {
      request: { headers: [] },
      facts: { applications: [application({ rules: { ...application().rules, none: "block" } })] },
    },
  ];

  test("is the same bytes whatever the cause", () => {
    const answers = situations.map(answered);
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(answers[0]).toEqual({
      status: 401,
      headers: [
        ...["Content-Type", "application/problem+json", "Content-Length", "261", "Cache-Control", "no-store"],
        ...["WWW-Authenticate", 'Basic realm="Latchkey", charset="UTF-8", Bearer realm="Latchkey"'],
        ...["X-Latchkey-Request-Id", "req_1", "X-Latchkey-Status", "401", "X-Latchkey-Reason", "unauthenticated"],
      ],
      body: '{"type":"https://latchkey.corp/help/refusals#sign-in","title":"Sign in with a token","status":401,"detail":"No valid token came with this request. Send one as Basic password with its owner\'s username, or as Bearer.","code":"unauthenticated","requestId":"req_1"}',
    });
  });

  test("carries one challenge, Basic first, and is the only refusal with one", () => {
    expect(CHALLENGE.startsWith("Basic ")).toBe(true);
    expect(answered({ found: null }).headers.filter((name) => name === "WWW-Authenticate")).toHaveLength(1);
    expect(answered({ request: { method: "DELETE" } }).headers).not.toContain("WWW-Authenticate");
  });
});

describe("other refusals", () => {
  test("say what a person can do, with reason and status for nginx", () => {
    const answer = answered({ request: { method: "DELETE" } });
    expect(answer.status).toBe(403);
    expect(fields(answer)).toMatchObject({
      "X-Latchkey-Status": "403",
      "X-Latchkey-Reason": "write_refused",
      "Content-Type": "application/problem+json",
    });
    expect(JSON.parse(answer.body)).toEqual({
      type: "https://latchkey.corp/help/refusals#access",
      title: "Refused",
      status: 403,
      detail: REASONS.write_refused.sentence,
      code: "write_refused",
      requestId: "req_1",
    });
  });

  test("are folded into what nginx understands, and the truth goes along", () => {
    expect([400, 401, 403, 429, 503].map(foldForNginx)).toEqual([403, 401, 403, 403, 503]);
    const answer = answered({ question: { reading: "X-Real-IP" } });
    expect([answer.status, fields(answer)["X-Latchkey-Status"]]).toEqual([403, "400"]);
    expect(JSON.parse(answer.body)).toMatchObject({ status: 400, code: "request_unreadable" });
  });

  test("of what could not be decided look alike, and ask to try again", () => {
    const codes = Object.keys(REASONS).filter(
      (code): code is UndecidedCode => code in REASONS && REASONS[code as UndecidedCode].status === 503,
    );
    expect(codes.length).toBeGreaterThan(4);
    const answers = codes.map((code) => nginx.answer(undecided(code, new Error("secret inside")), ANSWERING));
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(answers[0]?.status).toBe(503);
    expect(answers[0]?.headers).toContain("Retry-After");
    expect(answers[0]?.body).not.toContain("secret inside");
  });

  test("never tell rule, range or name", () => {
    const answer = answered({ token: { ipRanges: ["198.51.100.0/24"] } });
    expect(JSON.stringify(answer)).not.toMatch(/198\.51|maria|the token itself/);
  });

  test("carry no identity header and at most 1 KB, however long the portal's address is", () => {
    const long = nginx.answer(decide({ found: null }), {
      requestId: "req_1",
      portalUrl: `https://${"a".repeat(2000)}`,
    });
    expect(long.body.length).toBeLessThanOrEqual(1024);
    expect(JSON.parse(long.body).type).toBe("about:blank");
    expect(long.headers.join()).not.toMatch(/X-Latchkey-(User|Auth|Groups|Token)|Authorization/);
  });
});
