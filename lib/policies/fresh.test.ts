import { describe, expect, it } from "vitest";
import { delegationInput } from "#lib/delegations/delegation-schema";
import type { Policy } from "#lib/policies/policy";
import { holder, service } from "#test/rules";
import { EVERYONE_READS, FRESH_CEILINGS, FRESH_DELEGATIONS, FRESH_POLICIES } from "./fresh";
import { ceilingInput } from "./limits-schema";
import { policyInput } from "./policy-schema";
import { tierOf } from "./tier";

const policies: Policy[] = [...FRESH_POLICIES, EVERYONE_READS].map(
  ({ members: { groups, ...members }, ...policy }) => ({
    ...policy,
    id: policy.name,
    members: { ...members, groupIds: groups },
  }),
);
const tier = (groupIds: string[], all = policies) => tierOf(holder({ groupIds }), all)?.policy.name ?? null;

describe("a fresh installation", () => {
  it("has only rules that would be accepted from anybody", () => {
    for (const policy of [...FRESH_POLICIES, EVERYONE_READS]) expect(policyInput.parse(policy)).toEqual(policy);
    for (const delegation of FRESH_DELEGATIONS) expect(delegationInput.parse(delegation)).toEqual(delegation);
    expect(ceilingInput.parse(FRESH_CEILINGS.ceilingPersons)).toEqual({ maxLifetimeDays: 365 });
  });

  it("gives tokens to administrators and to members of api-users, and to nobody else", () => {
    const fresh = policies.slice(0, -1);
    expect(tier(["admins", "api-users"], fresh)).toBe("Administrators");
    expect(tier(["api-users"], fresh)).toBe("API users");
    expect(tier([], fresh)).toBeNull();
  });

  it("lets service accounts use what is issued to them, and make nothing", () => {
    expect(tierOf(service(), policies)?.policy).toMatchObject({
      name: "Service accounts",
      use: true,
      create: "no",
      own: null,
    });
  });

  it("may let everyone read, which stands below every other tier and holds for persons only", () => {
    expect(tier([])).toBe("Everyone");
    expect(tier(["api-users"])).toBe("API users");
    expect(EVERYONE_READS.own).toMatchObject({ access: "read" });
    expect(Math.min(...FRESH_POLICIES.map(({ priority }) => priority))).toBeGreaterThan(EVERYONE_READS.priority);
  });
});
