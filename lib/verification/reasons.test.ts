import { describe, expect, test } from "vitest";
import { failing, restrictedTo, usedUp } from "#test/restricted";
import { policy } from "#test/rules";
import { tokenFacts } from "#test/token-facts";
import { application, basic, bearer, decide, SECRET } from "#test/verification";
import { AFTER_LOOK_UP, BEFORE_LOOK_UP } from "./checks";
import { undecided } from "./decision";
import type { Reason } from "./reason";
import { publicCode, REASONS, type ReasonCode } from "./reasons";

type Situation = NonNullable<Parameters<typeof decide>[0]>;
const ONE = { perMinute: 1, burst: 1 };
const rules = application().rules;
const withApplication = (some: Parameters<typeof application>[0]) => ({ facts: { applications: [application(some)] } });
const blocking = (name: keyof typeof rules) => withApplication({ rules: { ...rules, [name]: "block" } });
const sending = (value: string) => ({ request: { headers: ["Authorization", value] } });

/** For every code that the list can end with, what provokes it. A code that is not here does not compile. */
const PROVOKED: Record<
  Exclude<ReasonCode, "deadline_exceeded" | "facts_unavailable" | "facts_unconfirmed">,
  Situation
> = {
  undecided: { token: JSON.parse('{"expiresAt":"2020"}') },
  assertion_unavailable: { ...withApplication({ identity: "jwt" }), signer: null },
  quarantined: { facts: { settings: { quarantined: true } } },
  gateway_unauthorized: { question: { gatewayKey: "other" } },
  request_unreadable: { question: { reading: "X-Real-IP" } },
  method_refused: { request: { method: "TRACE" } },
  path_refused: { request: { target: "/.." } },
  application_unknown: { request: { host: "other.corp" } },
  address_refused: { facts: { settings: { ranges: ["198.51.100.1"] } } },
  invalid_request: { request: { headers: [...bearer(), ...bearer()] } },
  token_malformed: sending("Bearer lk_typo"),
  source_refused: sending(`Token ${SECRET}`),
  credential_missing: { ...blocking("none"), request: { headers: [] } },
  password_blocked: { ...blocking("password"), request: { headers: basic("fred", "x") } },
  foreign_bearer_blocked: { ...blocking("foreignBearer"), ...sending("Bearer x") },
  oauth1_blocked: { ...blocking("oauth1"), ...sending('OAuth a="b"') },
  other_scheme_blocked: { ...blocking("otherScheme"), ...sending("Negotiate x") },
  let_through: { request: { headers: [] } },
  path_blocked: { request: { target: "/secure/admin" } },
  token_unknown: { found: null },
  token_revoked: { token: { revokedAt: 1 } },
  token_denied: { token: { deniedAt: 1 } },
  token_expired: { token: { expiresAt: 1 } },
  token_suspended: { token: { suspendedAt: 1 } },
  token_pending: { token: { secretBornAt: null } },
  token_superseded: { token: { supersededAt: 1 } },
  owner_inactive: { owner: { deactivatedAt: 1 } },
  username_mismatch: { request: { headers: basic("fred", SECRET) } },
  use_refused: { facts: { policies: [policy({ use: false })] } },
  application_refused: { token: { applications: [] } },
  identity_unavailable: withApplication({ identity: "passthrough" }),
  identity_unsupported: withApplication({ identity: JSON.parse('"pat"') }),
  identity_unrepresentable: { ...withApplication({ identity: "header" }), owner: { username: "jörg" } },
  token_address_refused: { token: { ipRanges: ["198.51.100.1"] } },
  header_refused: { token: restrictedTo({ headerConditions: [{ name: "x-team", value: "a" }] }) },
  restriction_unknown: { token: { restrictions: ["geo"] } },
  write_refused: { request: { method: "DELETE" } },
  upgrade_refused: { request: { headers: [...bearer(), "Upgrade", "websocket"] } },
  path_rule_refused: { token: restrictedTo({ pathRules: ["GET /rest/api/2/search"] }) },
  time_refused: { token: restrictedTo({ timeWindow: { zone: "UTC", days: ["tue"], from: "00:00", to: "24:00" } }) },
  rate_limited: { token: restrictedTo({ rateLimit: ONE }), rates: usedUp(tokenFacts().token.id, ONE) },
  owner_rate_limited: { facts: { settings: { ownerRate: ONE } }, rates: usedUp(tokenFacts().owner.id, ONE) },
  too_many_failures: { found: null, facts: { settings: { failureRate: ONE } }, rates: failing(ONE) },
  allowed: {},
};

describe("every reason is reached", () => {
  for (const [code, situation] of Object.entries(PROVOKED))
    test(code, () => expect(decide(situation).reason).toBe(code));

  test("by the verifier itself where facts are missing, late or old", () => {
    for (const code of ["deadline_exceeded", "facts_unavailable", "facts_unconfirmed"] as const)
      expect(undecided(code)).toMatchObject({ allowed: false, reason: code });
  });
});

const ALL: readonly (readonly [string, Reason])[] = Object.entries(REASONS);
const of = (step: Reason["step"]) =>
  [...new Set(ALL.filter(([, reason]) => reason.step === step).map(([, { status }]) => status))].sort();

describe("the catalogue", () => {
  test("has the statuses that are promised for each step", () => {
    const promised: readonly (readonly [Reason["step"], readonly number[]])[] = [
      [1, [403]],
      [2, [400, 403]],
      [3, [403]],
      [4, [403]],
      [5, [403]],
      [6, [429]],
      [7, [200, 400, 401, 403]],
      [8, [403]],
      ...([9, 10, 11, 12] as const).map((step) => [step, [401]] as const),
      ...([13, 14, 15, 16, 17, 18] as const).map((step) => [step, [403]] as const),
      [19, [429]],
      ["any", [503]],
      ["allow", [200]],
    ];
    for (const [step, statuses] of promised) expect([step, of(step)]).toEqual([step, statuses]);
  });

  test("names no step that has no check, and every check can refuse with a code of its step", () => {
    const steps = [...BEFORE_LOOK_UP, ...AFTER_LOOK_UP].map(({ step }) => step);
    expect(steps).toEqual([...steps].sort((a, b) => a - b));
    expect(new Set(ALL.map(([, { step }]) => step))).toEqual(new Set([...steps, "any", "allow"]));
  });

  test("challenges with 401 and with nothing else", () => {
    for (const [code, { status, challenge }] of ALL) expect([code, challenge === true]).toEqual([code, status === 401]);
  });

  test("lets out one code for all 401s and one for all 503s", () => {
    const outside = (status: number) =>
      new Set(ALL.filter(([, reason]) => reason.status === status).map(([code]) => publicCode(code as ReasonCode)));
    expect(outside(401)).toEqual(new Set(["unauthenticated"]));
    expect(outside(503)).toEqual(new Set(["unavailable"]));
    expect(publicCode("write_refused")).toBe("write_refused");
  });

  test("speaks in plain sentences that fit into nginx and JSON as they are", () => {
    for (const [code, { sentence, meaning, remedy }] of ALL) {
      expect([code, sentence]).toEqual([code, expect.stringMatching(/^[A-Z][\x20\x21\x26-\x5b\x5d-\x7e]{10,160}\.$/)]);
      expect(meaning).toMatch(/^[A-Z][^`]*\.$/); // a page shows it as it is
      expect(remedy).toMatch(/^[A-Z].*\.$/);
    }
    expect(new Set(ALL.filter(([, { status }]) => status === 401).map(([, { sentence }]) => sentence)).size).toBe(1);
  });
});
