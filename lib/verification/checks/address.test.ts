import { describe, expect, test } from "vitest";
import { limits, NOON, policy } from "#test/rules";
import { reasonOf, refusalOf } from "#test/verification";

const OFFICE = new Map([["office", { name: "office", ranges: ["192.0.2.0/24", "2001:db8::/32"] }]]);

describe("global addresses", () => {
  test("hold for everybody, with and without a token", () => {
    const facts = { settings: { ranges: ["198.51.100.0/24"] } };
    expect(reasonOf({ facts })).toBe("address_refused");
    expect(reasonOf({ facts, request: { headers: [] } })).toBe("address_refused");
    expect(reasonOf({ facts, request: { clientAddress: "198.51.100.9" } })).toBe("allowed");
  });

  test("may be networks; a network that does not exist lets nobody in", () => {
    expect(reasonOf({ facts: { settings: { ranges: ["office"] }, networks: OFFICE } })).toBe("allowed");
    expect(reasonOf({ facts: { settings: { ranges: ["nowhere"] }, networks: OFFICE } })).toBe("address_refused");
  });
});

describe("addresses of a token", () => {
  const facts = { networks: OFFICE };
  test("must include the client's, in whatever spelling it came", () => {
    for (const clientAddress of ["192.0.2.7", "::ffff:192.0.2.7", "2001:DB8:0:0::1"])
      expect(reasonOf({ facts, token: { ipRanges: ["office"] }, request: { clientAddress } })).toBe("allowed");
    expect(refusalOf({ facts, token: { ipRanges: ["office"] }, request: { clientAddress: "198.51.100.1" } })).toEqual({
      reason: "token_address_refused",
      rule: "the token itself",
    });
  });

  test("are those of grant and ceiling too, and the refusal names whose", () => {
    const own = { policies: [policy({ own: limits({ ranges: ["198.51.100.0/24"] }) })] };
    expect(refusalOf({ facts: own })).toEqual({ reason: "token_address_refused", rule: "tier Everyone" });
    const ceiling = { settings: { ceilings: { persons: { ranges: ["198.51.100.0/24"] }, serviceAccounts: null } } };
    expect(refusalOf({ facts: ceiling }).reason).toBe("token_address_refused");
  });

  test("that a waiver keeps are open until its end, exclusively", () => {
    const own = { policies: [policy({ own: limits({ ranges: ["198.51.100.0/24"] }) })] };
    const waiver = { until: NOON, keeps: { access: "read", applications: "all", ipRanges: [] } } as const;
    expect(reasonOf({ facts: own, token: { waiver }, now: NOON - 1 })).toBe("allowed");
    expect(reasonOf({ facts: own, token: { waiver }, now: NOON })).toBe("token_address_refused");
  });
});
