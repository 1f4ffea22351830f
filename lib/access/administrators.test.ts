import { describe, expect, it } from "vitest";
import { policy } from "#test/rules";
import { type Administration, hasAdministrator, keepsAdministrator } from "./administrators";

const person = (id: string, groupIds: string[] = ["admins"], canSignIn = true) => ({ id, groupIds, canSignIn });
const tier = (some: Parameters<typeof policy>[0] = {}) =>
  policy({
    name: "Administrators",
    priority: 1000,
    members: { everyone: false, groupIds: ["admins"], serviceAccounts: false },
    ...some,
  });
const of = (administrators: Administration["administrators"], some: Partial<Administration> = {}): Administration => ({
  administrators,
  policies: [tier()],
  endsAll: true,
  ...some,
});
const codeOf = (...states: Parameters<typeof keepsAdministrator>) => {
  const kept = keepsAdministrator(...states);
  return kept.ok ? "kept" : kept.refusal.code;
};
const nobody = of([]);

describe("an administrator always remains", () => {
  it("when one of two goes, and not when the last one does", () => {
    expect(codeOf(of([person("ann"), person("bo")]), of([person("ann")]))).toBe("kept");
    expect(codeOf(of([person("ann")]), nobody)).toBe("last_admin");
  });

  it("who can sign in, if there was one", () => {
    const mute = person("bo", ["admins"], false);
    expect(codeOf(of([person("ann"), mute]), of([mute]))).toBe("last_admin");
    expect(codeOf(of([person("ann"), mute]), of([person("ann")]))).toBe("kept");
    expect(codeOf(of([mute, { ...mute, id: "cy" }]), of([mute]))).toBe("kept");
    expect(hasAdministrator(of([mute]))).toBe(false);
    expect(hasAdministrator(of([mute, person("ann")]))).toBe(true);
  });

  it("whose tokens work, if there was one", () => {
    const before = of([person("ann"), person("bo")]);
    const frozen = tier({ id: "2", priority: 2000, use: false });
    expect(codeOf(before, { ...before, policies: [tier(), frozen] })).toBe("last_admin");
    expect(codeOf(before, { ...before, policies: [tier(), { ...frozen, priority: 10 }] })).toBe("kept");
    expect(codeOf(before, { ...before, policies: [] })).toBe("last_admin");
  });

  it("also when the last of them joins a tier without use, or stays in no tier at all", () => {
    const members = { everyone: false, groupIds: ["contractors"], serviceAccounts: false };
    const policies = [tier(), tier({ id: "2", priority: 2000, use: false, members })];
    const before = of([person("ann"), person("bo")], { policies });
    const joined = (id: string) => person(id, ["admins", "contractors"]);
    expect(codeOf(before, of([joined("ann"), person("bo")], { policies }))).toBe("kept");
    expect(codeOf(before, of([joined("ann"), joined("bo")], { policies }))).toBe("last_admin");
    expect(codeOf(of([person("ann"), person("bo", ["more"])]), of([person("bo", ["more"])]))).toBe("last_admin");
  });

  it("with somebody who can end every token, if there was one", () => {
    const before = of([person("ann")]);
    expect(codeOf(before, { ...before, endsAll: false })).toBe("last_admin");
    expect(codeOf({ ...before, endsAll: false }, { ...before, endsAll: false })).toBe("kept");
  });

  it("and nothing is asked of an installation that has none", () => {
    expect(codeOf(nobody, nobody)).toBe("kept");
    expect(codeOf(of([], { policies: [], endsAll: false }), of([person("ann")]))).toBe("kept");
  });
});
