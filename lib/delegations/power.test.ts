import { describe, expect, it } from "vitest";
import { operator, system } from "#lib/auth/actors";
import { delegation, holder, service } from "#test/rules";
import { delegationsOver, inScope, makerOf } from "./power";

const scope = (some: Partial<ReturnType<typeof delegation>["scope"]>) => ({
  everyone: false,
  groupIds: [],
  serviceAccounts: false,
  ...some,
});
const admin = { userId: "u-eve", role: "admin" as const, groupIds: ["g-admins"] };

describe("the scope of a delegation", () => {
  it("for everyone means persons, and service accounts are named apart", () => {
    expect(inScope({ scope: scope({ everyone: true }) }, holder())).toBe(true);
    expect(inScope({ scope: scope({ everyone: true }) }, service())).toBe(false);
    expect(inScope({ scope: scope({ serviceAccounts: true }) }, service())).toBe(true);
    expect(inScope({ scope: scope({ serviceAccounts: true }) }, holder())).toBe(false);
  });

  it("for groups covers members of either kind", () => {
    const builds = { scope: scope({ groupIds: ["g-builds"] }) };
    expect(inScope(builds, holder({ groupIds: ["g-x", "g-builds"] }))).toBe(true);
    expect(inScope(builds, service({ groupIds: ["g-builds"] }))).toBe(true);
    expect(inScope(builds, holder())).toBe(false);
  });

  it("of nothing covers nobody", () => {
    for (const member of [holder({ groupIds: ["g-1"] }), service()])
      expect(inScope({ scope: scope({}) }, member)).toBe(false);
  });
});

describe("power over somebody else's tokens", () => {
  const all = [delegation(), delegation({ id: "d-end", powers: ["end"], delegateGroupIds: ["g-desk"] })];
  const over = (...args: [Parameters<typeof delegationsOver>[0], "issue" | "end"]) =>
    delegationsOver(args[0], service(), args[1], all).map(({ id }) => id);

  it("comes from delegations, never from a role", () => {
    expect(over(admin, "issue")).toEqual(["d-integrations"]);
    expect(over({ ...admin, groupIds: [] }, "issue")).toEqual([]);
    expect(over({ ...admin, groupIds: ["g-desk"] }, "issue")).toEqual([]);
  });

  it("is each power by itself", () => {
    expect(over({ ...admin, groupIds: ["g-desk"] }, "end")).toEqual(["d-end"]);
    expect(over(admin, "end")).toEqual([]);
  });

  it("is none over one's own tokens, where the tier decides", () => {
    const everybody = delegation({ scope: scope({ everyone: true, serviceAccounts: true }) });
    expect(delegationsOver(admin, holder({ id: "u-eve", groupIds: ["g-admins"] }), "issue", [everybody])).toEqual([]);
    expect(delegationsOver(admin, holder(), "issue", [everybody])).toHaveLength(1);
  });

  it("of the operator is every delegation that covers the holder, and no more", () => {
    expect(over("operator", "issue")).toEqual(["d-integrations"]);
    expect(delegationsOver("operator", holder(), "issue", all)).toEqual([]);
  });
});

describe("makerOf", () => {
  it("takes operator and system for the operator, and nobody else", () => {
    expect(makerOf(operator())).toBe("operator");
    expect(makerOf(system("start"))).toBe("operator");
  });
});
