import { describe, expect, test } from "vitest";
import { restrictedTo } from "#test/restricted";
import { NOON } from "#test/rules";
import { basic, decide } from "#test/verification";
import { Rates } from "../rates";
import { api } from "./api";

type Situation = Parameters<typeof decide>[0];
const verify = (situation: Situation = {}) => {
  const { status, headers, body } = api.answer(decide(situation), { requestId: "req_1", portalUrl: "https://x" });
  return { status, headers, body: JSON.parse(body) };
};

describe("POST /v1/verify answers", () => {
  test("who it is, what the token may and until when", () => {
    const owner = { groups: [{ id: "g", ref: "jira-users" }] };
    expect(verify({ owner, token: { expiresAt: NOON + 1000 } })).toEqual({
      status: 200,
      headers: expect.arrayContaining(["application/json", "no-store"]),
      body: {
        allowed: true,
        reason: "allowed",
        requestId: "req_1",
        auth: "token",
        token: { id: "0190d4a5-0000-7000-8000-00000000000a", name: "ci" },
        user: { id: "0190d4a5-0000-7000-8000-000000000001", username: "maria", groups: ["jira-users"] },
        access: "read",
        expiresAt: "2026-11-22T12:00:01.000Z",
      },
    });
    expect(verify().body.expiresAt).toBeNull();
  });

  test("what is left of the rate that ends first, and whose it is, whether it allows or not", () => {
    const token = restrictedTo({ rateLimit: { perMinute: 60, burst: 9 } });
    const facts = { settings: { ownerRate: { perMinute: 12, burst: 1 } } };
    const rates = new Rates();
    const left = { policy: "owner", limit: 12, remaining: 0, resetSeconds: 5 };
    expect(verify({ token, rates }).body.rateLimit).toMatchObject({ policy: "token", limit: 60, remaining: 8 });
    expect(verify({ token, facts, rates }).body).toMatchObject({ allowed: true, rateLimit: left });
    const refused = verify({ token, facts, rates });
    expect(refused).toMatchObject({ status: 429, body: { reason: "owner_rate_limited", rateLimit: left } });
    expect(refused.headers).toContain('"owner";r=0;t=5');
    expect(verify({ facts: {} }).body.rateLimit).toBeUndefined();
  });

  test("200 without identity for what is let through: auth says that nobody was identified", () => {
    const { status, body } = verify({ request: { headers: basic("fred", "x") } });
    expect([status, body]).toEqual([
      200,
      { allowed: true, reason: "let_through", requestId: "req_1", auth: "password" },
    ]);
  });

  test("a refusal with the decision's own status", () => {
    const statusOf = (situation: Situation) => verify(situation).status;
    expect(statusOf({ request: { headers: ["Authorization", "Basic !"] } })).toBe(400);
    expect(statusOf({ found: null })).toBe(401);
    expect(statusOf({ request: { method: "PUT" } })).toBe(403);
    expect(statusOf({ facts: { settings: { quarantined: true } } })).toBe(503);
    expect(verify({ request: { method: "PUT" } }).body).toEqual({
      allowed: false,
      reason: "write_refused",
      requestId: "req_1",
      auth: "token",
      detail:
        "This token may only read, and this request changes something. Use one that may write, or ask an administrator.",
    });
  });
});
