import { describe, expect, it } from "vitest";
import { parseAddress } from "#lib/networks/address";
import { delegation, holder, limits, NOON, policy, rules, token } from "#test/rules";
import { effectiveAccess } from "./effective";
import { type Asked, accessOf, refusingAbove, refusingBound } from "./way";

const tier = policy({
  name: "Developers",
  own: limits({ applications: ["jira", "wiki"], ranges: ["192.0.2.0/24"] }),
  ceiling: { access: "read" },
});
const all = rules({ policies: [tier], ceilings: { persons: { applications: ["jira", "git"] } } });

function blamed(asked: Asked) {
  const [way] = effectiveAccess(token({ applications: "all" }), holder(), all, NOON).ways;
  return way === undefined ? undefined : refusingBound(way, asked)?.source;
}

describe("a refusal names whose rule it is:", () => {
  it.each<[string, Asked, { kind: string; name: string } | undefined]>([
    ["the token's own", { application: "latchkey" }, { kind: "token", name: "backup" }],
    ["the tier's", { application: "git" }, { kind: "tier", name: "Developers" }],
    [
      "the tier's address",
      { application: "jira", address: parseAddress("203.0.113.1") },
      { kind: "tier", name: "Developers" },
    ],
    ["an address that is not known", { address: null }, { kind: "tier", name: "Developers" }],
    ["the ceiling's", { application: "jira", access: "write" }, { kind: "ceiling", name: "Developers" }],
    ["the installation's", { application: "wiki" }, { kind: "installation", name: "installation" }],
    ["nobody's", { application: "jira", access: "read", address: parseAddress("192.0.2.9") }, undefined],
  ])("%s", (_, asked, source) => expect(blamed(asked)).toEqual(source));
});

describe("above a token that refuses, what would refuse another one alike is", () => {
  const above = (asked: Asked, some: Parameters<typeof token>[0] = {}, of = all) => {
    const [way] = effectiveAccess(token(some), holder(), of, NOON).ways;
    return way === undefined ? undefined : refusingAbove(way, asked)?.source.kind;
  };

  it("the tier, the ceiling or that of the installation, and nothing for what they allow", () => {
    const elsewhere = { applications: ["nowhere"] };
    expect(above({ application: "git" }, elsewhere)).toBe("tier");
    expect(above({ application: "wiki" }, elsewhere)).toBe("installation");
    expect(above({ application: "jira" }, elsewhere)).toBeUndefined();
    expect(above({ access: "write" }, { access: "read" })).toBe("ceiling");
    expect(above({ address: parseAddress("203.0.113.1") }, { ipRanges: ["198.51.100.0/24"] })).toBe("tier");
    expect(above({ address: parseAddress("192.0.2.9") }, { ipRanges: ["198.51.100.0/24"] })).toBeUndefined();
  });

  it("a delegation for what it limits itself: what it leaves of the token's applications says nothing", () => {
    const issued = { grant: { by: "delegation", delegationId: "d-integrations" }, applications: ["nowhere"] } as const;
    const under = rules({ policies: [policy()], delegations: [delegation({ issue: limits({ access: "read" }) })] });
    expect(above({ application: "jira" }, issued, under)).toBeUndefined();
    expect(above({ access: "write" }, { ...issued, access: "read" }, under)).toBe("delegation");
  });
});

describe("accessOf", () => {
  it("is nothing without a way", () => expect(accessOf([])).toBeNull());
});
