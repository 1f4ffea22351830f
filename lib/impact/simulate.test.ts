import { describe, expect, it } from "vitest";
import { delegation, holder, limits, NOON, policy, rules, service } from "#test/rules";
import { type Simulated, simulate } from "./simulate";

const wish = (some: Partial<Simulated> = {}): Simulated => ({
  ...{ action: "create", application: "jira", access: "write", days: 30, address: null },
  ...some,
});
const world = (some: Parameters<typeof rules>[0] = {}) => ({
  ...rules(some),
  applications: [{ key: "jira" }, { key: "wiki" }],
});
const ask = (some: Partial<Simulated>, all = world(), who = holder()) => simulate(wish(some), who, all, NOON);

describe("simulating", () => {
  it("says by which tier something may be made", () => {
    expect(ask({})).toMatchObject({ allowed: true, tier: "Everyone", by: "tier Everyone", against: [] });
  });

  it("names the field, and whose rule stands against it", () => {
    const said = ask({ days: 91, application: "nowhere" });
    expect(said.against.map(({ field }) => field)).toEqual(["applications", "expiresAt"]);
    expect(said.against[1]?.source).toEqual({ kind: "tier", name: "Everyone" });
    expect(ask({ days: null })).toMatchObject({ allowed: false, against: [{ field: "expiresAt" }] });
  });

  it("tells what the rules set, whatever the verdict, and nothing where there are none", () => {
    const days = { field: "maxLifetimeDays", sentence: "At most 90 days", source: { kind: "tier", name: "Everyone" } };
    expect(ask({}).rules).toContainEqual(days);
    expect(ask({ days: 91 }).rules).toContainEqual(days);
    expect(ask({ action: "use" }).rules.map(({ field }) => field)).toEqual(["access", "applications", "ranges"]);
    expect(ask({}, world({ policies: [] })).rules).toEqual([]);
  });

  it("minds no highest rate, which every token simply gets, and tells it", () => {
    const all = world({ policies: [policy({ own: limits({ maxRatePerMinute: 600 }) })] });
    const rate = { field: "maxRatePerMinute", sentence: "At most 600 requests a minute" };
    expect(ask({}, all)).toMatchObject({ allowed: true, against: [] });
    expect(ask({}, all).rules).toContainEqual(expect.objectContaining(rate));
    expect(ask({}).rules).not.toContainEqual(expect.objectContaining({ field: "maxRatePerMinute" }));
  });

  it("tells that a token may rotate itself, of making one's own and where the tier says so", () => {
    const rotation = { field: "selfRotate", sentence: "A token may rotate itself" };
    const all = world({ policies: [policy({ selfRotate: true })] });
    expect(ask({}, all).rules.at(-1)).toMatchObject({ ...rotation, source: { kind: "tier", name: "Everyone" } });
    for (const some of [ask({}), ask({ action: "use" }, all), ask({ action: "issue" }, all)])
      expect(some.rules).not.toContainEqual(expect.objectContaining(rotation));
  });

  it("says that nothing is granted without a tier", () => {
    expect(ask({}, world({ policies: [] }))).toMatchObject({ allowed: false, tier: null, by: null });
    expect(ask({ action: "use" }, world({ policies: [] })).against[0]?.field).toBe("use");
  });

  it("of issuing names the delegation that lets", () => {
    const services = policy({
      members: { everyone: false, groupIds: [], serviceAccounts: true },
      create: "no",
      own: null,
    });
    const all = world({ policies: [services], delegations: [delegation()] });
    expect(ask({ action: "issue", days: null }, all, service())).toMatchObject({
      allowed: true,
      by: "delegation Integrations",
    });
    expect(ask({ action: "issue" }, all).allowed).toBe(false);
  });

  it("of using judges application, address and access as the verifier does", () => {
    const own = limits({ applications: ["jira"], access: "read", ranges: ["10.0.0.0/8"] });
    const all = world({ policies: [policy({ own })] });
    const use = (some: Partial<Simulated>) => ask({ action: "use", access: "read", ...some }, all);
    expect(use({ address: "10.1.2.3" }).allowed).toBe(true);
    expect(use({ address: "192.0.2.1" }).against[0]?.field).toBe("address");
    expect(use({ application: "wiki" }).against[0]).toMatchObject({
      field: "application",
      source: { name: "Everyone" },
    });
    expect(use({ access: "write", address: "10.1.2.3" }).against[0]?.field).toBe("access");
  });
});
