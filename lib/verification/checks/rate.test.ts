import { describe, expect, test } from "vitest";
import { restrictedTo, usedUp } from "#test/restricted";
import { NOON } from "#test/rules";
import { tokenFacts } from "#test/token-facts";
import { decide, installation, question, request } from "#test/verification";
import { headersOf } from "../answer";
import { explain } from "../explain";
import { Rates } from "../rates";

const LIMIT = { perMinute: 6, burst: 2 };
const token = restrictedTo({ rateLimit: LIMIT });
const { id } = tokenFacts().token;

describe("a rate limit", () => {
  test("is consumed by each request that is let through, and then refuses with when to come again", () => {
    const rates = new Rates();
    const ask = (now: number) => decide({ token, rates, now });
    expect(ask(NOON)).toMatchObject({ allowed: true, quota: { limit: 6, remaining: 1, resetSeconds: 10 } });
    expect(ask(NOON)).toMatchObject({ allowed: true, quota: { limit: 6, remaining: 0, resetSeconds: 20 } });
    const refused = ask(NOON);
    expect(refused).toMatchObject({ reason: "rate_limited", rule: "6 a minute, 2 at once" });
    if (refused.allowed) throw new Error("let through");
    const headers = headersOf(refused, "r-1", "text/plain", "");
    const value = (name: string) => headers[headers.indexOf(name) + 1];
    expect(value("Retry-After")).toBe("10");
    expect(value("RateLimit-Policy")).toBe('"token";q=6;w=60');
    expect(value("RateLimit")).toBe('"token";r=0;t=10');
    expect(ask(NOON + 10_000).allowed).toBe(true);
  });

  test("has nothing to say about a token that has none", () => {
    const rates = usedUp(id, LIMIT);
    expect(decide({ rates })).toMatchObject({ allowed: true, quota: null });
  });

  test("is not consumed by what is refused, which has a bucket of its own", () => {
    const rates = new Rates();
    const write = () => decide({ token, rates, request: { method: "DELETE" } });
    expect([write(), write()].map(({ reason }) => reason)).toEqual(["write_refused", "write_refused"]);
    expect(write()).toMatchObject({ reason: "rate_limited", quota: { resetSeconds: 10 } });
    expect(decide({ token, rates }).reason).toBe("allowed");
  });

  test("never takes the place of a 401: nobody learns by it whether a token exists", () => {
    const rates = usedUp(id, LIMIT, "denied");
    expect(decide({ token: { ...token, expiresAt: NOON }, rates }).reason).toBe("token_expired");
    expect(decide({ token, owner: { deactivatedAt: 1 }, rates }).reason).toBe("owner_inactive");
    expect(decide({ token, found: null, rates }).reason).toBe("token_unknown");
  });

  test("is told by Explain, which consumes nothing", () => {
    const found = tokenFacts(token);
    const steps = explain(installation(), question(request()), found, NOON).steps;
    expect(steps.at(-1)).toMatchObject({
      step: 19,
      outcome: "passed",
      detail: "6 requests a minute, 2 at once. Explaining one consumes none.",
    });
    expect(explain(installation(), question(request()), tokenFacts(), NOON).steps.at(-1)).toMatchObject({
      outcome: "skipped",
    });
  });
});
