import { describe, expect, test } from "vitest";
import { failing } from "#test/restricted";
import { NOON } from "#test/rules";
import { application, bearer, decide, gateway, installation, question, request, SECRET } from "#test/verification";
import { headersOf, problemOf } from "../answer";
import { explain } from "../explain";
import { Rates } from "../rates";
import type { ReasonCode } from "../reasons";

const LIMIT = { perMinute: 6, burst: 2 };
const facts = { settings: { failureRate: LIMIT } };
const unknown = { facts, found: null };

describe("an address that fails too often", () => {
  test("is told so in place of the 401, with when to come again", () => {
    const rates = new Rates();
    const ask = (now = NOON) => decide({ ...unknown, rates, now });
    expect([ask(), ask()].map(({ reason }) => reason)).toEqual(["token_unknown", "token_unknown"]);
    const refused = ask();
    expect(refused).toMatchObject({ reason: "too_many_failures", quota: { limit: 6, remaining: 0, resetSeconds: 60 } });
    if (refused.allowed) throw new Error("let through");
    const headers = headersOf(refused, "r-1", "text/plain", "");
    const value = (name: string) => headers[headers.indexOf(name) + 1];
    expect(value("Retry-After")).toBe("60");
    expect(value("RateLimit-Policy")).toBe('"address";q=6;w=60');
    expect(headers).not.toContain("WWW-Authenticate");
    expect(ask(NOON + 60_000).reason).toBe("token_unknown");
  });

  test("still passes with a good token, which counts as no failure", () => {
    const rates = failing(LIMIT);
    expect(decide({ facts, rates }).reason).toBe("allowed");
    expect(decide({ ...unknown, rates }).reason).toBe("too_many_failures");
    expect(decide({ facts, rates }).reason).toBe("allowed");
  });

  test("learns nothing by it: whatever would be a 401 alike is the same refusal", () => {
    const ends: Partial<Record<ReasonCode, Parameters<typeof decide>[0]>> = {
      token_malformed: { request: { headers: ["Authorization", "Bearer lk_typo"] } },
      source_refused: { request: { headers: ["Authorization", `Token ${SECRET}`] } },
      token_unknown: { found: null },
      token_expired: { token: { expiresAt: NOON } },
      owner_inactive: { owner: { deactivatedAt: 1 } },
    };
    for (const [reason, situation] of Object.entries(ends)) {
      expect(decide({ ...situation, facts, rates: new Rates() }).reason).toBe(reason);
      expect([reason, decide({ ...situation, facts, rates: failing(LIMIT) }).reason]).toEqual([
        reason,
        "too_many_failures",
      ]);
    }
  });

  test("is recorded with what was found, which the client is not told", () => {
    const refused = decide({ facts, token: { expiresAt: NOON }, rates: failing(LIMIT) });
    expect(refused).toMatchObject({
      reason: "too_many_failures",
      rule: { name: "token_expired; 6 a minute, 2 at once" },
    });
    if (refused.allowed) throw new Error("let through");
    expect(headersOf(refused, "r-1", "text/plain", "").join("\n")).not.toContain("expired");
    expect(problemOf(refused, { requestId: "r-1", portalUrl: "https://t" })).not.toContain("expired");
  });

  test("is still asked for a credential where none came: so every client begins that waits to be asked", () => {
    const { rules } = application();
    const asking = { ...facts, applications: [application({ rules: { ...rules, none: "block" } })] };
    const rates = new Rates();
    const ask = () => decide({ facts: asking, request: { headers: [] }, rates }).reason;
    expect(Array.from({ length: 9 }, ask)).toEqual(Array.from({ length: 9 }, () => "credential_missing"));
    expect(decide({ facts: asking, found: null, rates }).reason).toBe("token_unknown");
    expect(decide({ facts: asking, request: { headers: [] }, rates: failing(LIMIT) }).reason).toBe(
      "credential_missing",
    );
  });

  test("is no other address, and no other refusal counts", () => {
    const rates = failing(LIMIT);
    expect(decide({ ...unknown, rates, request: { clientAddress: "192.0.2.8" } }).reason).toBe("token_unknown");
    expect(decide({ facts, rates, request: { method: "DELETE" } }).reason).toBe("write_refused");
    const others = new Rates();
    for (let i = 0; i < 9; i += 1) decide({ facts, rates: others, request: { method: "DELETE" } });
    expect(decide({ ...unknown, rates: others }).reason).toBe("token_unknown");
  });

  test("is not counted where the installation says so", () => {
    expect(decide({ found: null, facts: { settings: { failureRate: null } }, rates: failing(LIMIT) }).reason).toBe(
      "token_unknown",
    );
  });

  test("is what /v1/verify tells too", () => {
    const situation = { question: { adapter: "api" as const }, found: null, rates: failing(LIMIT) };
    expect(decide({ ...situation, facts: { ...facts, gateways: [gateway({ adapter: "api" })] } }).reason).toBe(
      "too_many_failures",
    );
  });

  test("is told by Explain with what is borne, and counted by it never", () => {
    const told = explain(installation(facts), question(request({ headers: bearer() })), null, NOON);
    expect(told.reason).toBe("token_unknown");
    expect(told.steps.find(({ step }) => step === 6)).toMatchObject({
      outcome: "passed",
      detail: "2 failures at once and 6 a minute are borne. Explaining counts none.",
    });
    const uncounted = explain(installation(), question(request()), null, NOON);
    expect(uncounted.steps.find(({ step }) => step === 6)).toMatchObject({ outcome: "skipped" });
  });
});
