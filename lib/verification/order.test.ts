import { describe, expect, test } from "vitest";
import { FREE } from "#lib/tokens/restrictions/restricted";
import { restrictedLike, restrictedTo, usedUp } from "#test/restricted";
import { NOON, policy } from "#test/rules";
import { tokenFacts } from "#test/token-facts";
import { application, basic, decide, SECRET } from "#test/verification";
import { REASONS } from "./reasons";

/** As many refused ones are left as this file makes. */
const RATE = { perMinute: 1, burst: 1_000 };

type Situation = NonNullable<Parameters<typeof decide>[0]>;

/** One fault for each step that can be combined with all others, in the order in which they must be told. */
const FAULTS: readonly (readonly [step: number, reason: keyof typeof REASONS, fault: Situation])[] = [
  [1, "gateway_unauthorized", { question: { gatewayKey: "other" } }],
  [2, "request_unreadable", { request: { proto: "gopher" } }],
  [3, "path_refused", { request: { target: "/rest/../x" } }],
  [4, "application_unknown", { request: { host: "other.corp" } }],
  [5, "address_refused", { facts: { settings: { ranges: ["198.51.100.1"] } } }],
  [
    7,
    "source_refused",
    {
      facts: {
        applications: [application({ credentials: { basic: false, bearer: false, header: null, query: null } })],
      },
    },
  ],
  [8, "path_blocked", { request: { target: "/secure/x" } }],
  [10, "token_expired", { token: { expiresAt: NOON } }],
  [11, "owner_inactive", { owner: { deactivatedAt: 1 } }],
  [12, "username_mismatch", { request: { headers: basic("fred", SECRET) } }],
  [13, "use_refused", { facts: { policies: [policy({ use: false })] } }],
  [14, "token_address_refused", { token: { ipRanges: ["198.51.100.1"] } }],
  [15, "restriction_unknown", { token: { restrictions: ["geo"] } }],
  [16, "write_refused", { request: { method: "DELETE" } }],
  [17, "path_rule_refused", { token: restrictedTo({ pathRules: ["GET /x"] }) }],
  [
    18,
    "time_refused",
    { token: restrictedTo({ timeWindow: { zone: "UTC", days: ["tue"], from: "00:00", to: "24:00" } }) },
  ],
  [19, "rate_limited", { token: restrictedTo({ rateLimit: RATE }), rates: usedUp(tokenFacts().token.id, RATE) }],
];

function both(a: Situation, b: Situation): Situation {
  const { restricted } = restrictedLike(a.token?.restricted ?? FREE, b.token?.restricted ?? FREE);
  const restrictions = [...(a.token?.restrictions ?? []), ...(b.token?.restrictions ?? [])];
  return {
    // The fault that is told first wins where two change the same thing.
    question: { ...b.question, ...a.question },
    request: { ...b.request, ...a.request },
    facts: { ...b.facts, ...a.facts },
    token: { ...b.token, ...a.token, restrictions, restricted },
    owner: { ...b.owner, ...a.owner },
    ...(a.rates || b.rates ? { rates: a.rates ?? b.rates } : {}),
  };
}

describe("of two faults the one of the earlier step is told", () => {
  for (const [i, [step, reason, fault]] of FAULTS.entries()) {
    test(`${step}: ${reason}`, () => {
      expect(REASONS[reason].step).toBe(step);
      expect(decide(fault).reason).toBe(reason);
      for (const [, later, other] of FAULTS.slice(i + 1))
        expect([later, decide(both(fault, other)).reason]).toEqual([later, reason]);
    });
  }
});

test("all faults at once are told as the first, and none of them is ever an allow", () => {
  let all: Situation = {};
  for (const [, reason, fault] of [...FAULTS].reverse()) {
    all = both(fault, all);
    expect(decide(all)).toMatchObject({ allowed: false, reason });
  }
});

test("what never looks a token up is told before whether there is one", () => {
  for (const [step, reason, fault] of FAULTS)
    if (step < 9) expect(decide({ ...fault, found: null }).reason).toBe(reason);
});
