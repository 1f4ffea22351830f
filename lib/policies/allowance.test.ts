import { describe, expect, it } from "vitest";
import { delegation, holder, limits, policy, rules, service } from "#test/rules";
import { issueAllowance, lowered, ownAllowance } from "./allowance";
import { tierOf } from "./tier";

const own = (all: ReturnType<typeof rules>) => ownAllowance(holder(), tierOf(holder(), all.policies), all);

describe("an allowance for own tokens", () => {
  const tier = policy({ name: "Contractors", ceiling: { maxLifetimeDays: 30, maxActive: 2, ranges: ["office"] } });
  const all = rules({ policies: [tier], ceilings: { persons: { maxLifetimeDays: 7, access: "read" } } });

  it("is the tier's limits under every ceiling, and names whose each one is", () => {
    const allowance = own(all);
    expect(allowance?.limits).toMatchObject({
      maxLifetimeDays: 7,
      defaultLifetimeDays: 7,
      access: "read",
      maxActive: 2,
      ranges: ["office"],
    });
    expect(allowance?.sources).toMatchObject({
      maxLifetimeDays: { kind: "installation" },
      access: { kind: "installation" },
      maxActive: { kind: "ceiling", name: "Contractors" },
      applications: { kind: "tier", name: "Contractors" },
    });
  });

  it("counts own tokens against the tier and everything held against a ceiling", () => {
    expect(own(all)?.quotas).toEqual([
      { most: 25, counted: "own", source: { kind: "tier", name: "Contractors" } },
      { most: 2, counted: "held", source: { kind: "ceiling", name: "Contractors" } },
    ]);
  });

  it("keeps every list of ranges, since a range must lie in all of them", () => {
    const two = rules({
      policies: [policy({ own: limits({ ranges: ["10.0.0.0/8"] }), ceiling: { ranges: ["office"] } })],
    });
    expect(own(two)?.rangeLimits.map(({ ranges }) => ranges)).toEqual([["10.0.0.0/8"], ["office"]]);
  });

  it("is none without a tier or own limits", () => {
    expect(own(rules({ policies: [] }))).toBeNull();
    expect(own(rules({ policies: [policy({ create: "no", own: null })] }))).toBeNull();
  });
});

describe("an allowance to issue", () => {
  it("is the delegation's limits under the holder's ceilings, not the holder's own limits", () => {
    const services = policy({
      name: "Services",
      members: { everyone: false, groupIds: [], serviceAccounts: true },
      own: limits({ access: "read", maxActive: 1 }),
      ceiling: { maxLifetimeDays: 365 },
    });
    const allowance = issueAllowance(delegation(), service(), rules({ policies: [services] }));
    expect(allowance.limits).toMatchObject({ access: "write", maxLifetimeDays: 365 });
    expect(allowance.quotas).toEqual([
      { most: 25, counted: "issued", source: { kind: "delegation", name: "Integrations" } },
    ]);
    expect(allowance.grant).toEqual({ by: "delegation", delegationId: "d-integrations" });
  });

  it("shows the secret to the issuer for service accounts only", () => {
    expect(issueAllowance(delegation(), service(), rules()).showSecret).toBe(true);
    expect(issueAllowance(delegation(), holder(), rules()).showSecret).toBe(false);
    expect(issueAllowance(delegation({ showSecret: false }), service(), rules()).showSecret).toBe(false);
  });

  it("never includes latchkey, even when an old row names it", () => {
    const named = delegation({ issue: limits({ applications: ["jira", "latchkey"] }) });
    expect(issueAllowance(named, service(), rules()).limits.applications).toEqual(["jira"]);
  });
});

describe("a ceiling", () => {
  it("that says nothing changes nothing", () => expect(lowered(limits(), {})).toEqual(limits()));

  it("that is higher changes nothing either", () => {
    const high = {
      maxLifetimeDays: 999,
      defaultLifetimeDays: 99,
      access: "write",
      applications: "all",
      maxActive: 999,
    } as const;
    expect(lowered(limits(), high)).toEqual(limits());
    expect(
      lowered(limits({ requireContact: true, approval: "always" }), { requireContact: false, approval: "never" }),
    ).toEqual(limits({ requireContact: true, approval: "always" }));
  });

  it("takes away an unlimited lifetime, and shortens the default with it", () => {
    expect(lowered(limits({ maxLifetimeDays: null }), { maxLifetimeDays: 10 })).toMatchObject({
      maxLifetimeDays: 10,
      defaultLifetimeDays: 10,
    });
  });

  it("leaves the applications that both name", () => {
    expect(lowered(limits({ applications: ["jira", "wiki"] }), { applications: ["wiki", "git"] }).applications).toEqual(
      ["wiki"],
    );
    expect(lowered(limits(), { applications: ["wiki"] }).applications).toEqual(["wiki"]);
  });
});
