import { describe, expect, test } from "vitest";
import type { RateLimit } from "#lib/tokens/restrictions/restrictions";
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
    expect(ask(NOON)).toMatchObject({
      allowed: true,
      quota: { policy: "token", limit: 6, remaining: 1, resetSeconds: 10 },
    });
    expect(ask(NOON)).toMatchObject({ allowed: true, quota: { limit: 6, remaining: 0, resetSeconds: 20 } });
    const refused = ask(NOON);
    expect(refused).toMatchObject({ reason: "rate_limited", rule: { name: "6 a minute, 2 at once" } });
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

describe("the rate of an owner", () => {
  const OWNER_LIMIT = { perMinute: 12, burst: 3 };
  const facts = { settings: { ownerRate: OWNER_LIMIT } };
  const { id: ownerId } = tokenFacts().owner;
  const other = "0190d4a5-0000-7000-8000-0000000000ff";

  test("is one for all tokens of that owner, whether they have one of their own or not", () => {
    const rates = new Rates();
    const ask = (some: object = {}) => decide({ facts, rates, token: { ...some } });
    expect(ask()).toMatchObject({ allowed: true, quota: { limit: 12, remaining: 2 } });
    expect(ask({ id: other }).reason).toBe("allowed");
    expect(ask({ ...token }).reason).toBe("allowed");
    const refused = ask({ id: other });
    expect(refused).toMatchObject({ reason: "owner_rate_limited", rule: { name: "12 a minute, 3 at once" } });
    if (refused.allowed) throw new Error("let through");
    const headers = headersOf(refused, "r-1", "text/plain", "");
    expect(headers[headers.indexOf("RateLimit") + 1]).toBe('"owner";r=0;t=5');
    expect(decide({ facts, rates, owner: { id: other } }).reason).toBe("allowed");
  });

  test("takes nothing from the token when it is the owner's that is used up", () => {
    const rates = usedUp(ownerId, OWNER_LIMIT);
    for (let i = 0; i < 5; i += 1) expect(decide({ facts, rates, token }).reason).toBe("owner_rate_limited");
    expect(decide({ rates, token })).toMatchObject({ allowed: true, quota: { remaining: 1 } });
  });

  test("is not touched by a token that has used up its own", () => {
    const rates = usedUp(id, LIMIT);
    for (let i = 0; i < 5; i += 1) expect(decide({ facts, rates, token }).reason).toBe("rate_limited");
    expect(decide({ facts, rates, token: { id: other } })).toMatchObject({ quota: { remaining: 2 } });
  });

  test("has a bucket of its own for what is refused", () => {
    const rates = new Rates();
    const write = () => decide({ facts, rates, request: { method: "DELETE" } }).reason;
    expect([write(), write(), write(), write()]).toEqual([
      ...["write_refused", "write_refused", "write_refused"],
      "owner_rate_limited",
    ]);
    expect(decide({ facts, rates }).reason).toBe("allowed");
  });

  describe("beside a rate of the token's own: what is told is what ends first, by its name", () => {
    const asked = (rates: Rates, ownerRate: RateLimit, now = NOON) =>
      decide({ facts: { settings: { ownerRate } }, rates, token, now });
    const told = (ownerRate: RateLimit) => asked(new Rates(), ownerRate);

    test("the one of which less is left", () => {
      expect(told({ perMinute: 12, burst: 3 })).toMatchObject({ quota: { policy: "token", limit: 6, remaining: 1 } });
      expect(told({ perMinute: 12, burst: 1 })).toMatchObject({ quota: { policy: "owner", limit: 12, remaining: 0 } });
    });

    test("of two of which the same is left the one that fills up more slowly", () => {
      expect(told({ perMinute: 12, burst: 2 })).toMatchObject({ quota: { policy: "token", limit: 6, remaining: 1 } });
      expect(told({ perMinute: 3, burst: 2 })).toMatchObject({ quota: { policy: "owner", limit: 3, remaining: 1 } });
    });

    test("also when another token of the owner has used theirs: who goes by it is not refused unforeseen", () => {
      const rates = new Rates();
      const another = () => decide({ facts, rates, token: { id: other } });
      expect([another(), another()].map(({ reason }) => reason)).toEqual(["allowed", "allowed"]);
      const last = asked(rates, OWNER_LIMIT);
      expect(last).toMatchObject({
        allowed: true,
        quota: { policy: "owner", limit: 12, remaining: 0, resetSeconds: 15 },
      });
      expect(asked(rates, OWNER_LIMIT)).toMatchObject({
        ...{ reason: "owner_rate_limited", quota: { policy: "owner", limit: 12, remaining: 0, resetSeconds: 5 } },
      });
    });
  });

  test("is told by Explain beside the token's own", () => {
    const steps = explain(installation(facts), question(request()), tokenFacts(token), NOON).steps;
    expect(steps.at(-1)?.detail).toBe(
      "6 requests a minute, 2 at once. All tokens of its owner together: 12 requests a minute, 3 at once. Explaining one consumes none.",
    );
  });
});
