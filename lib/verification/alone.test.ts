import { describe, expect, test } from "vitest";
import { digestOf, newSecret } from "#lib/tokens/secret";
import { restrictedTo, usedUp } from "#test/restricted";
import { limits, NOON, policy } from "#test/rules";
import { tokenFacts } from "#test/token-facts";
import {
  application,
  type decide,
  gateway,
  installation,
  question,
  SECRET,
  type SomeFacts,
  someRates,
} from "#test/verification";
import { begin, conclude, type Decision } from "./decide";
import { reasonWords } from "./reasons";
import { kindsOf } from "./rule";

type Situation = NonNullable<Parameters<typeof decide>[0]> & { readonly secret?: string };

const jira = application();
const wiki = application({ key: "wiki", routes: [{ host: "wiki.corp", context: "" }] });
const open = application({ introspectRestricted: true });
const CALLER = { gateways: [gateway({ adapter: "api" })] };
const BOTH: SomeFacts = {
  applications: [jira, wiki],
  gateways: [gateway({ adapter: "api", applications: ["jira", "wiki"] })],
};

/** Asks about a token alone, as introspection does. */
function ask({ secret = SECRET, now = NOON, rates = someRates(), ...situation }: Situation = {}): Decision {
  const { found = tokenFacts(situation.token, situation.owner) } = situation;
  const laid = installation({ ...CALLER, ...situation.facts });
  const asked = question("there is no request", { adapter: "api", alone: secret, ...situation.question });
  const opening = begin(laid, asked, now, rates);
  if (opening.settled) return opening.decision;
  return conclude(opening, laid, opening.digest === digestOf(SECRET) ? found : null, now, rates);
}
const reasonOf = (situation: Situation = {}) => ask(situation).reason;
const goodFor = (situation: Situation = {}) => {
  const decision = ask(situation);
  return decision.allowed ? [decision.alone?.audience, decision.identity?.access] : decision.reason;
};

describe("a token that is asked about alone", () => {
  test("is good for the caller's applications and says whose it is, and nothing goes to an upstream", () => {
    expect(ask({ token: { expiresAt: NOON + 7_000 } })).toMatchObject({
      allowed: true,
      ...{ told: false, authorization: "" },
      identity: { username: "maria", access: "read" },
      alone: { audience: ["jira"], judgedAt: NOON, until: NOON + 7_000 },
      subject: { gatewayKey: "gw1", applicationKey: "jira", clientAddress: null, path: null, auth: "token" },
    });
  });

  const ended: readonly (readonly [string, Situation])[] = [
    ["quarantined", { facts: { ...CALLER, settings: { quarantined: true } } }],
    ["gateway_unauthorized", { question: { gatewayKey: "other" } }],
    ["gateway_unauthorized", { facts: { gateways: [gateway()] } }],
    ["application_unknown", { facts: { gateways: [gateway({ adapter: "api", applications: [] })] } }],
    ["token_malformed", { secret: `${SECRET}x` }],
    ["foreign_bearer_blocked", { secret: "ghp_0123456789" }],
    ["token_unknown", { secret: newSecret() }],
    ["token_revoked", { token: { revokedAt: 1 } }],
    ["token_expired", { token: { expiresAt: NOON } }],
    ["token_suspended", { token: { suspendedAt: 1 } }],
    ["token_superseded", { token: { supersededAt: 1, overlapEndsAt: NOON } }],
    ["owner_inactive", { owner: { deactivatedAt: 1 } }],
    ["use_refused", { facts: { ...CALLER, policies: [policy({ use: false })] } }],
    ["application_refused", { token: { applications: ["wiki"] } }],
    ["identity_unavailable", { facts: { ...CALLER, applications: [application({ identity: "passthrough" })] } }],
    ["restriction_unknown", { facts: { ...CALLER, applications: [open] }, token: { restrictions: ["geo"] } }],
    ["undecided", { token: JSON.parse('{"expiresAt":"2020"}') }],
  ];
  test.each(ended)("is refused by the very checks of the list: %s", (reason, situation) => {
    expect(reasonOf(situation)).toBe(reason);
  });

  test("spends its rate once, whatever number of applications it is good for", () => {
    const token = restrictedTo({ rateLimit: { perMinute: 1, burst: 2 } });
    const rates = someRates();
    const times = [1, 2, 3].map(() => reasonOf({ facts: BOTH, token, rates }));
    expect(times).toEqual(["allowed", "allowed", "rate_limited"]);
  });

  test("that is refused spends from the bucket of what is refused", () => {
    const limit = { perMinute: 1, burst: 1 };
    const token = { ...restrictedTo({ rateLimit: limit }), applications: ["wiki"] };
    expect(reasonOf({ token })).toBe("application_refused");
    expect(reasonOf({ token, rates: usedUp(tokenFacts().token.id, limit, "denied") })).toBe("rate_limited");
  });
});

const window = { zone: "UTC", days: ["sun"], from: "06:00", to: "20:00" } as const;
const UNSEEN: readonly (readonly [string, Situation])[] = [
  ["address_refused", { facts: { settings: { ranges: ["192.0.2.0/24"] } } }],
  ["token_address_refused", { token: { ipRanges: ["192.0.2.0/24"], restrictions: ["ip_ranges"] } }],
  ["token_address_refused", { facts: { policies: [policy({ own: limits({ ranges: ["192.0.2.0/24"] }) })] } }],
  ["token_address_refused", { facts: { policies: [policy({ ceiling: { ranges: ["192.0.2.0/24"] } })] } }],
  ["header_refused", { token: restrictedTo({ headerConditions: [{ name: "x-team", value: "a" }] }) }],
  ["path_rule_refused", { token: restrictedTo({ pathRules: ["GET /rest/**"] }) }],
  ["time_refused", { token: restrictedTo({ timeWindow: window }) }],
];

describe("a limit that only a request could fulfil", () => {
  test.each(UNSEEN)("refuses (%s), unless the application lets it be unseen", (reason, { facts = {}, token = {} }) => {
    const refused = ask({ token, facts: { ...CALLER, ...facts } });
    expect(refused.reason).toBe(reason);
    expect(reasonWords(reason, kindsOf(refused.allowed ? null : refused.rule)).remedy).toMatch(
      /Let the application count tokens that are limited so, or (?:use one that is not|take the ranges out of .*)\.$/,
    );
    expect(reasonOf({ token, facts: { ...CALLER, ...facts, applications: [open] } })).toBe("allowed");
  });

  test("is a time window also where it may be unseen: outside of it the token is refused", () => {
    const facts = { ...CALLER, applications: [open] };
    expect(reasonOf({ facts, token: restrictedTo({ timeWindow: { ...window, days: ["mon"] } }) })).toBe("time_refused");
  });

  test("is judged for each application by itself", () => {
    const token = { ipRanges: ["192.0.2.0/24"], restrictions: ["ip_ranges"] };
    const one = { ...BOTH, applications: [jira, { ...wiki, introspectRestricted: true }] };
    expect(goodFor({ facts: one, token })).toEqual([["wiki"], "read"]);
    expect(goodFor({ facts: { ...one, settings: { ranges: ["192.0.2.0/24"] } } })).toEqual([["wiki"], "read"]);
  });
});

test("what helps there is said: no exception does, nor plain letters in one of two names", () => {
  const remedyOf = (situation: Situation) => {
    const decision = ask(situation);
    return reasonWords(decision.reason, kindsOf(decision.allowed ? null : decision.rule)).remedy;
  };
  expect(remedyOf({ secret: "ghp_0123456789" })).toBe("Use a Latchkey token.");
  expect(remedyOf({ facts: BOTH, owner: { usernames: { wiki: "mlindqvist" } } })).toMatch(/^Give .* the same username/);
});

describe("a caller with several applications", () => {
  const write = { access: "write" as const };

  test("is told those for which the token is good", () => {
    expect(goodFor({ facts: BOTH, token: write })).toEqual([["jira", "wiki"], "write"]);
    expect(goodFor({ facts: BOTH, token: { applications: ["wiki"] } })).toEqual([["wiki"], "read"]);
  });

  test("is told the least that the token may in them, since it may not look for which one it is", () => {
    const waiver = { until: NOON + 5_000, keeps: { access: "write" as const, applications: ["jira"], ipRanges: [] } };
    const facts = { ...BOTH, policies: [policy({ own: limits({ access: "read" }) })] };
    expect(goodFor({ facts, token: { ...write, waiver } })).toEqual([["jira", "wiki"], "read"]);
    expect(goodFor({ facts: { ...facts, ...CALLER }, token: { ...write, waiver } })).toEqual([["jira"], "write"]);
  });

  test("is told nothing about who has one name here and another there", () => {
    const owner = { usernames: { wiki: "mlindqvist" } };
    expect(reasonOf({ facts: BOTH, owner })).toBe("identity_unrepresentable");
    expect(goodFor({ facts: BOTH, owner, token: { applications: ["wiki"] } })).toEqual([["wiki"], "read"]);
  });
});

describe("when it ends by itself", () => {
  const until = (token: NonNullable<Situation["token"]>, facts: SomeFacts = {}) => {
    const decision = ask({ token, facts: { ...CALLER, ...facts } });
    return decision.allowed ? decision.alone?.until : decision.reason;
  };

  test("is the earliest of expiry, the end of an overlap, and the end of a waiver on which it rests", () => {
    expect(until({})).toBeNull();
    expect(until({ expiresAt: NOON + 9, supersededAt: 1, overlapEndsAt: NOON + 5 })).toBe(NOON + 5);
    expect(until({ expiresAt: NOON + 3, supersededAt: 1, overlapEndsAt: NOON + 5 })).toBe(NOON + 3);
    const waiver = { until: NOON + 2, keeps: { access: "read" as const, applications: "all" as const, ipRanges: [] } };
    expect(until({ expiresAt: NOON + 3, waiver })).toBe(NOON + 3);
    expect(until({ expiresAt: NOON + 3, waiver }, { policies: [policy({ own: null, create: "no" })] })).toBe(NOON + 2);
  });
});
