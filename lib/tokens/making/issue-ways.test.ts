import { describe, expect, it } from "vitest";
import { LATCHKEY } from "#lib/applications/application";
import { delegation, holder, limits, policy, rules, service } from "#test/rules";
import { application } from "#test/verification";
import { type IssueInputs, issueWays } from "./issue-ways";

const services = policy({
  id: "p-s",
  name: "Services",
  members: { everyone: false, groupIds: [], serviceAccounts: true },
  create: "no",
  own: null,
  ceiling: { maxLifetimeDays: 200 },
});
const integrations = delegation();
const desk = delegation({
  id: "d-desk",
  name: "Desk",
  scope: { everyone: true, groupIds: [], serviceAccounts: true },
  issue: limits({ maxLifetimeDays: 30, access: "read", maxActive: 2 }),
  showSecret: false,
});
const networks = [
  { name: "office", ranges: ["192.0.2.0/24"] },
  { name: "secret", ranges: ["198.51.100.0/24"] },
];

const ways = (some: Partial<IssueInputs> = {}) =>
  issueWays({
    maker: { userId: "u-eve", role: "admin", groupIds: ["g-admins"] },
    member: { kind: "person", groupIds: ["g-admins"] },
    holder: service(),
    rules: {
      ...rules({ policies: [policy(), services], delegations: [integrations, desk], networks }),
      applications: [
        application({ key: "jira", routes: [{ host: "jira.corp", context: "" }] }),
        application({ key: LATCHKEY, routes: [] }),
      ],
    },
    active: new Map(),
    address: "192.0.2.1",
    portalUrl: "https://latchkey.corp",
    ...some,
  });
const found = (some: Partial<IssueInputs> = {}) => {
  const result = ways(some);
  return result.ok ? result.value : [];
};

describe("the ways to issue a token", () => {
  it("are the delegations that cover the holder, each with its own limits under the holder's ceiling", () => {
    expect(found().map(({ delegation, shown, facts }) => [delegation, shown, facts.limits?.maxLifetimeDays])).toEqual([
      ["Integrations", true, 200],
      ["Desk", false, 30],
    ]);
    expect(found({ holder: holder() }).map(({ delegation }) => delegation)).toEqual(["Desk"]);
  });

  it("name the source of every limit, and whom the token is for", () => {
    const [first, second] = found();
    expect(first?.facts).toMatchObject({ holder: "bot", tier: null });
    expect(first?.facts.sources?.maxLifetimeDays).toEqual({ kind: "ceiling", name: "Services" });
    expect(second?.facts.sources?.access).toEqual({ kind: "delegation", name: "Desk" });
  });

  it("never offer the portal itself, whatever the delegation says of *all*", () => {
    for (const { facts } of found()) expect(facts.applications.map(({ key }) => key)).toEqual(["jira"]);
  });

  it("say early that a quota is full, with the sentence that the command would give", () => {
    const counted = new Map([["d-desk", { own: 0, issued: 2, held: 2 }]]);
    const [, second] = found({ active: counted });
    expect(second?.facts.mayCreate.reason).toMatch(/^2 of 2 active tokens issued under it exist already/);
    expect(second?.facts.activeTokens).toBe(2);
  });

  it("tell no ranges of networks that are none of the issuer's business", () => {
    for (const { facts } of found()) for (const network of facts.networks) expect(network.ranges).toBeNull();
  });

  it("are none, with the reason, for oneself, for who is above, for strangers, and for whom no tier lets use", () => {
    const codeOf = (some: Partial<IssueInputs>) => {
      const result = ways(some);
      return result.ok ? "ways" : result.refusal.code;
    };
    expect(codeOf({ holder: holder({ id: "u-eve" }) })).toBe("not_granted");
    const lower = { userId: "u-eve", role: "user" as const, groupIds: ["g-admins"] };
    expect(codeOf({ maker: lower, holder: service({ role: "admin" }) })).toBe("forbidden");
    expect(codeOf({ maker: { ...lower, groupIds: [] } })).toBe("not_granted");
    expect(codeOf({ holder: holder({ deactivatedAt: 1 }) })).toBe("forbidden");
    expect(codeOf({ rules: { ...rules({ policies: [], delegations: [desk] }), applications: [] } })).toBe(
      "not_granted",
    );
  });
});
