import { describe, expect, it } from "vitest";
import { delegation, limits, policy, rules } from "#test/rules";
import { answerOf, decidingFor, reachOf } from "./tiers";

const person = (people: number, ...groupIds: string[]) => ({ member: { kind: "person" as const, groupIds }, people });
const robots = (people: number) => ({ member: { kind: "service" as const, groupIds: [] }, people });
const of = (groupIds: string[]) => ({ everyone: false, groupIds, serviceAccounts: false });
const interns = policy({ id: "p-interns", name: "Interns", priority: 20, members: of(["g-interns"]) });
const everyone = policy();
const all = [person(3, "g-interns"), person(2, "g-interns", "g-admins"), person(10), robots(4)];

describe("for how many a tier decides", () => {
  it("is those whom no tier above catches, of all that it names", () => {
    const reach = reachOf([everyone, interns], all);
    expect(reach.get("p-interns")).toEqual({ applies: 5, members: 5 });
    expect(reach.get("p-everyone")).toEqual({ applies: 10, members: 15 });
  });

  it("says of a group by which tiers its members are decided", () => {
    const admins = policy({ id: "p-admins", priority: 99, members: of(["g-admins"]) });
    expect(decidingFor("g-interns", [everyone, interns, admins], all)).toEqual([
      { policyId: "p-interns", people: 3 },
      { policyId: "p-admins", people: 2 },
    ]);
    expect(decidingFor("g-interns", [], all)).toEqual([{ policyId: null, people: 5 }]);
  });
});

describe("asked the other way round", () => {
  const forever = rules({ policies: [policy({ own: limits({ maxLifetimeDays: null }) })] });

  it("tells who can make permanent write tokens, under every ceiling", () => {
    expect(answerOf("permanent-write", forever, all)).toMatchObject({
      people: 15,
      byTier: [{ name: "Everyone", people: 15 }],
    });
    const year = rules({ policies: [...forever.policies], ceilings: { persons: { maxLifetimeDays: 365 } } });
    expect(answerOf("permanent-write", year, all).people).toBe(0);
  });

  it("counts nobody twice who can do it in two ways", () => {
    const both = rules({ policies: [...forever.policies], delegations: [delegation()] });
    expect(answerOf("permanent-write", both, all)).toEqual({
      people: 15,
      byTier: [{ name: "Everyone", people: 15 }],
      byDelegation: [{ name: "Integrations", people: 2 }],
    });
  });

  it("knows who has power over others, whose tokens work, and who may make any", () => {
    const some = rules({
      policies: [policy({ create: "no", own: null })],
      delegations: [delegation({ powers: ["end"] })],
    });
    expect(answerOf("power-over-others", some, all).people).toBe(2);
    expect(answerOf("issue-permanent", some, all).people).toBe(0);
    expect(answerOf("make-at-all", some, all).people).toBe(0);
    expect(answerOf("use-at-all", some, all).people).toBe(15);
  });

  it("leaves out of `write from anywhere` whoever is held to ranges", () => {
    const held = rules({ policies: [policy({ own: limits({ ranges: ["10.0.0.0/8"] }) })] });
    expect(answerOf("write-anywhere", held, all).people).toBe(0);
    const must = rules({ policies: [policy({ own: limits({ requireRanges: true }) })] });
    expect(answerOf("write-anywhere", must, all).people).toBe(0);
    expect(answerOf("write-anywhere", rules(), all).people).toBe(15);
  });
});
