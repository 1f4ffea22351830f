import { describe, expect, test } from "vitest";
import { newSecret } from "#lib/tokens/secret";
import { restrictedTo, usedUp } from "#test/restricted";
import { NOON } from "#test/rules";
import { tokenFacts } from "#test/token-facts";
import { call, facts, GATEWAY_SECRET, gateway, SECRET } from "#test/verification";
import { begin, conclude } from "../decide";
import { undecided } from "../decision";
import { layOut } from "../installation";
import { Rates } from "../rates";
import { INTROSPECTION_SECONDS, introspect } from "./introspect";

const FORM = "application/x-www-form-urlencoded";
const encode = (pair: string) => `Basic ${Buffer.from(pair).toString("base64")}`;
const ANSWERING = { requestId: "req_1", portalUrl: "https://latchkey.corp" };

type Asked = { body?: string; type?: string; caller?: string; token?: Parameters<typeof tokenFacts>[0]; rates?: Rates };

/** Posts a form and answers as the verifier would. */
function post({
  body = `token=${SECRET}`,
  type = FORM,
  caller = `gw1:${GATEWAY_SECRET}`,
  token,
  rates = new Rates(),
}: Asked = {}) {
  const laid = layOut(facts({ gateways: [gateway({ adapter: "api" })] }));
  const headers = ["Authorization", encode(caller), "Content-Type", type];
  const asked = introspect.question(call({ method: "POST", headers, body }), "");
  const opening = begin(laid, asked, NOON, rates);
  const decision = opening.settled ? opening.decision : conclude(opening, laid, tokenFacts(token), NOON, rates);
  return introspect.answer(decision, ANSWERING);
}
const inactive = (asked: Asked) => post(asked).body === introspect.inactive;

describe("introspection answers", () => {
  test("what RFC 7662 names, about a good token", () => {
    const { status, headers, body } = post({ token: { access: "write", createdAt: NOON - 5_500 } });
    expect([status, headers]).toEqual([200, expect.arrayContaining(["application/json", "no-store"])]);
    expect(JSON.parse(body)).toEqual({
      active: true,
      scope: "read write",
      username: "maria",
      sub: "0190d4a5-0000-7000-8000-000000000001",
      client_id: "0190d4a5-0000-7000-8000-00000000000a",
      token_type: "Bearer",
      aud: ["jira"],
      iat: Math.floor((NOON - 5_500) / 1_000),
      exp: NOON / 1_000 + INTROSPECTION_SECONDS,
      jti: "0190d4a5-0000-7000-8000-00000000000a",
    });
    expect(JSON.parse(post().body).scope).toBe("read");
  });

  test("an end at most a minute away, and never after the token's own", () => {
    const end = (expiresAt: number) => JSON.parse(post({ token: { expiresAt } }).body).exp - NOON / 1_000;
    expect(end(NOON + 3_600_000)).toBe(INTROSPECTION_SECONDS);
    expect(end(NOON + 59_999)).toBe(59);
    expect(end(NOON + 1)).toBe(0);
  });

  test("everything that cannot be used with the same bytes", () => {
    const limit = { perMinute: 1, burst: 1 };
    const limited = { token: restrictedTo({ rateLimit: limit }), rates: usedUp(tokenFacts().token.id, limit) };
    const all: Asked[] = [
      { body: "token=lk_typo" },
      { body: "token=somebody-elses" },
      { token: { revokedAt: 1 } },
      { token: { applications: ["wiki"] } },
      { token: restrictedTo({ pathRules: ["GET /x"] }) },
      limited,
    ];
    for (const asked of all) expect(post(asked)).toEqual(post({ token: { expiresAt: 1 } }));
    expect(post({ token: { expiresAt: 1 } })).toMatchObject({ status: 200, body: '{"active":false}' });
  });

  test("401 with a challenge to a caller that is none, whatever it asks about", () => {
    for (const caller of ["gw1:wrong", "gw2:x", `gw1${GATEWAY_SECRET}`]) {
      const answer = post({ caller });
      expect([answer.status, answer.body]).toEqual([401, '{"error":"invalid_client"}']);
      expect(answer.headers).toContain('Basic realm="Latchkey", charset="UTF-8"');
      expect(post({ caller, body: `token=${newSecret()}` })).toEqual(answer);
    }
  });

  test("503 to what cannot be decided: never that a token is inactive", () => {
    for (const reason of ["quarantined", "facts_unconfirmed", "deadline_exceeded"] as const) {
      const { status, headers, body } = introspect.answer(undecided(reason), ANSWERING);
      expect([status, body]).toEqual([503, '{"error":"temporarily_unavailable"}']);
      expect(headers).toContain("Retry-After");
    }
  });
});

describe("introspection asks", () => {
  test("for one token in a form, and ignores the hint and what else there is", () => {
    expect(inactive({ body: `token_type_hint=refresh_token&client_id=x&token=${SECRET}` })).toBe(false);
    expect(inactive({ type: `${FORM}; charset=utf-8` })).toBe(false);
    for (const body of ["", "token=", "tok=x", `token=${SECRET}&token=${SECRET}`, `token=${SECRET}&TOKEN=x`])
      expect([body, post({ body }).status]).toEqual([body, 400]);
    for (const type of ["application/json", "text/plain", "", `${FORM}x`]) expect(post({ type }).status).toBe(400);
  });

  test("as a caller whose key and secret may be encoded as a form would", () => {
    const encoded = encodeURIComponent(GATEWAY_SECRET).replaceAll("%20", "+").replaceAll("'", "%27");
    expect(post({ caller: `gw%31:${encoded}` }).status).toBe(200);
  });

  test("by POST at exactly its URL", () => {
    const claims = (method: string, url: string) => introspect.claims(method, url);
    expect(claims("POST", "/oauth2/introspect")).toBe("");
    for (const method of ["GET", "HEAD", "PUT", "OPTIONS"]) expect(claims(method, "/oauth2/introspect")).toBeNull();
    for (const url of ["/oauth2/introspect/", "/oauth2/introspect?token=x", "//oauth2/introspect", "/oauth2"])
      expect(claims("POST", url)).toBeNull();
  });
});
