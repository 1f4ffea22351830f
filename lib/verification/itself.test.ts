import { describe, expect, test } from "vitest";
import type { Token } from "#lib/tokens/token";
import { restrictedTo, usedUp } from "#test/restricted";
import { DAY, limits, NOON, policy } from "#test/rules";
import { tokenFacts } from "#test/token-facts";
import {
  basic,
  bearer,
  facts as factsOf,
  question,
  request,
  SECRET,
  type SomeFacts,
  someRates,
} from "#test/verification";
import { begin } from "./decide";
import type { OwnerFacts } from "./facts/model";
import { layOut } from "./installation";
import { judgeItself, rulesFor } from "./itself";
import type { Rates } from "./rates";

type Situation = {
  readonly token?: Partial<Token>;
  readonly owner?: Partial<OwnerFacts>;
  readonly facts?: SomeFacts;
  readonly headers?: readonly string[];
  readonly none?: true;
  readonly rates?: Rates;
};

/** How a token is judged that comes from 192.0.2.7: about itself, and to end itself. */
function judged({
  token,
  owner,
  facts,
  headers = bearer(),
  none,
  rates = someRates(),
}: Situation = {}): [see: string, end: string] {
  const verdict = (anywhere: boolean) => {
    const rules = layOut(rulesFor(factsOf(facts), { anywhere }));
    const opening = begin(rules, question(request({ headers })), NOON, rates);
    if (opening.settled) return opening.decision.reason;
    const found = none ? null : tokenFacts(token, owner);
    return judgeItself(opening, found, NOON, { anywhere })?.reason ?? "may";
  };
  return [verdict(false), verdict(true)];
}
const both = (reason: string) => [reason, reason];
const onlyToEnd = (reason: string) => [reason, "may"];

describe("a token about itself", () => {
  test("may come whatever it is for, may do, and its owner may", () => {
    expect(judged()).toEqual(both("may"));
    expect(judged({ token: { applications: ["wiki"], access: "read" } })).toEqual(both("may"));
    expect(judged({ token: { applications: [] } })).toEqual(both("may"));
    expect(judged({ facts: { policies: [policy({ use: false })] } })).toEqual(both("may"));
    expect(judged({ facts: { policies: [] } })).toEqual(both("may"));
  });

  test("is none once it is unknown, over, stopped or its owner gone, not even to end itself", () => {
    expect(judged({ none: true })).toEqual(both("token_unknown"));
    expect(judged({ token: { revokedAt: NOON } })).toEqual(both("token_revoked"));
    expect(judged({ token: { expiresAt: NOON } })).toEqual(both("token_expired"));
    expect(judged({ token: { suspendedAt: NOON } })).toEqual(both("token_suspended"));
    expect(judged({ token: { supersededAt: NOON - DAY, overlapEndsAt: NOON } })).toEqual(both("token_superseded"));
    expect(judged({ owner: { deactivatedAt: NOON } })).toEqual(both("owner_inactive"));
  });

  test("works on in its overlap, under its owner's name or `token`, and nobody else's", () => {
    expect(judged({ token: { supersededAt: NOON - DAY, overlapEndsAt: NOON + 1 } })).toEqual(both("may"));
    for (const [name, reason] of [
      ["token", "may"],
      ["maria", "may"],
      ["MARIA", "may"],
      ["eve", "username_mismatch"],
    ] as const)
      expect([name, ...judged({ headers: basic(name, SECRET) })]).toEqual([name, ...both(reason)]);
  });

  test("from the wrong place can only end itself", () => {
    const elsewhere = { ipRanges: ["198.51.100.0/24"], restrictions: ["ip_ranges"] };
    expect(judged({ token: elsewhere })).toEqual(onlyToEnd("token_address_refused"));
    expect(judged({ token: elsewhere, facts: { policies: [] } })).toEqual(onlyToEnd("token_address_refused"));
    const here = { ipRanges: ["192.0.2.0/24"], restrictions: ["ip_ranges"] };
    expect(judged({ token: here })).toEqual(both("may"));
    expect(judged({ token: here, facts: { policies: [] } })).toEqual(both("may"));
    const tier = policy({ own: limits({ ranges: ["198.51.100.0/24"] }) });
    expect(judged({ facts: { policies: [tier] } })).toEqual(onlyToEnd("token_address_refused"));
  });

  test("outside of its times, without its header, or too often can only end itself; path rules are about applications", () => {
    const closed = { zone: "UTC", days: ["tue" as const], from: "00:00", to: "24:00" };
    expect(judged({ token: restrictedTo({ timeWindow: closed }) })).toEqual(onlyToEnd("time_refused"));
    const asked = { headerConditions: [{ name: "x-team", value: "a" }] };
    expect(judged({ token: restrictedTo(asked) })).toEqual(onlyToEnd("header_refused"));
    const rates = usedUp(tokenFacts().token.id, { perMinute: 1, burst: 1 });
    const limited = restrictedTo({ rateLimit: { perMinute: 1, burst: 1 } });
    expect(judged({ token: limited, rates })).toEqual(onlyToEnd("rate_limited"));
    expect(judged({ token: { restrictions: ["moon_phase"] } })).toEqual(onlyToEnd("restriction_unknown"));
    expect(judged({ token: restrictedTo({ pathRules: ["GET /rest/**"] }) })).toEqual(both("may"));
  });

  test("can only end itself while the installation is in quarantine, and from outside of its ranges", () => {
    for (const settings of [{ quarantined: true }, { ranges: ["198.51.100.0/24"] }])
      expect(judged({ facts: { settings } })).toEqual([expect.stringMatching(/^quarantined|address_refused$/), "may"]);
    expect(judged({ facts: { settings: { quarantined: true } }, token: { revokedAt: NOON } })).toEqual([
      ...["quarantined", "token_revoked"],
    ]);
  });
});

test("facts that are not whole are no permission", () => {
  expect(() => judged({ token: JSON.parse('{"revokedAt":"never"}') })).toThrow("not whole");
});
