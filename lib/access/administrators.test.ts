import { describe, expect, it } from "vitest";
import { policy } from "#test/rules";
import { type Administration, keepsAdministrator, withMembers, withoutPeople } from "./administrators";

const person = (id: string, groupIds: string[] = ["admins"], canSignIn = true) => ({ id, groupIds, canSignIn });
const tier = (some: Parameters<typeof policy>[0] = {}) =>
  policy({
    name: "Administrators",
    priority: 1000,
    members: { everyone: false, groupIds: ["admins"], serviceAccounts: false },
    ...some,
  });
const of = (candidates: Administration["candidates"], policies = [tier()]): Administration => ({
  adminGroupIds: ["admins"],
  candidates,
  policies,
});
const codeOf = (...states: Parameters<typeof keepsAdministrator>) => {
  const kept = keepsAdministrator(...states);
  return kept.ok ? "kept" : kept.refusal.code;
};

describe("an administrator always remains", () => {
  it("when the last one would be deactivated or taken out of the group", () => {
    const before = of([person("ann"), person("uma", ["users"])]);
    expect(codeOf(before, withoutPeople(before, ["ann"]))).toBe("last_admin");
    expect(codeOf(before, withMembers(before, "admins", ["ann"], false))).toBe("last_admin");
    expect(codeOf(before, withoutPeople(before, ["uma"]))).toBe("kept");
  });

  it("counting who is in another group of the same role", () => {
    const before = { ...of([person("ann"), person("bo", ["more"])]), adminGroupIds: ["admins", "more"] };
    expect(codeOf(before, withoutPeople(before, ["ann"]))).toBe("last_admin"); // bo is in no tier with use
    const policies = [
      ...before.policies,
      tier({ id: "2", members: { everyone: false, groupIds: ["more"], serviceAccounts: false } }),
    ];
    expect(codeOf({ ...before, policies }, withoutPeople({ ...before, policies }, ["ann"]))).toBe("kept");
  });

  it("who can sign in, if there was one", () => {
    const before = of([person("ann"), person("bo", ["admins"], false)]);
    expect(codeOf(before, withoutPeople(before, ["ann"]))).toBe("last_admin");
    expect(codeOf(before, withoutPeople(before, ["bo"]))).toBe("kept");
    const neither = of([person("bo", ["admins"], false), person("cy", ["admins"], false)]);
    expect(codeOf(neither, withoutPeople(neither, ["bo"]))).toBe("kept");
  });

  it("whose tokens work, if there was one", () => {
    const before = of([person("ann"), person("bo")]);
    const frozen = tier({ id: "2", priority: 2000, use: false });
    expect(codeOf(before, { ...before, policies: [...before.policies, frozen] })).toBe("last_admin");
    const below = { ...frozen, priority: 10 };
    expect(codeOf(before, { ...before, policies: [...before.policies, below] })).toBe("kept");
  });

  it("when joining a group would put the last of them into a tier without use", () => {
    const frozen = tier({
      id: "2",
      priority: 2000,
      use: false,
      members: { everyone: false, groupIds: ["contractors"], serviceAccounts: false },
    });
    const before = of([person("ann"), person("bo")], [tier(), frozen]);
    expect(codeOf(before, withMembers(before, "contractors", ["ann"], true))).toBe("kept");
    expect(codeOf(before, withMembers(before, "contractors", ["ann", "bo"], true))).toBe("last_admin");
  });

  it("and nothing is asked of an installation that has none", () => {
    const none = of([person("uma", ["users"])]);
    expect(codeOf(none, withoutPeople(none, ["uma"]))).toBe("kept");
  });
});

describe("a state as it would be", () => {
  it("names each member once, and leaves others as they are", () => {
    const before = of([person("ann", ["admins", "x"]), person("bo")]);
    const after = withMembers(before, "x", ["ann"], true);
    expect(after.candidates).toEqual([person("ann", ["admins", "x"]), person("bo")]);
    expect(withMembers(before, "x", ["ann"], false).candidates[0]?.groupIds).toEqual(["admins"]);
  });
});
