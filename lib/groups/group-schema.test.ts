import { describe, expect, it } from "vitest";
import { operator, visitor } from "#lib/auth/actors";
import { createGroupInput, groupRefs, membersInput } from "./group-schema";
import { mayChangeMembers } from "./membership";
import { groupView } from "./view";

const ID = "0190d4a5-0000-7000-8000-00000000000a";

describe("the input of a group", () => {
  it("is a name, and a role only where one is said", () => {
    expect(createGroupInput.parse({ name: " ops " })).toEqual({ name: "ops", role: null });
    expect(createGroupInput.parse({ name: "ops", role: "auditor" }).role).toBe("auditor");
  });

  it("refuses names like a directory's, empty ones, and roles that nobody can be given", () => {
    for (const name of ["ldap:ops", ":", "", "  ", "a\u0000", "x".repeat(101), 1, null]) {
      expect(createGroupInput.safeParse({ name }).success).toBe(false);
    }
    for (const role of ["user", "root", "", 1]) {
      expect(createGroupInput.safeParse({ name: "ops", role }).success).toBe(false);
    }
    expect(createGroupInput.safeParse({ name: "ops", source: "ldap" }).success).toBe(false);
  });
});

describe("refs of groups", () => {
  it("are each kept once, in their order, and bounded", () => {
    expect(groupRefs.parse(["b", "ldap:a", "b"])).toEqual(["b", "ldap:a"]);
    expect(groupRefs.safeParse(Array.from({ length: 201 }, (_, i) => `g${i}`)).success).toBe(false);
    expect(groupRefs.safeParse("a").success).toBe(false);
    expect(groupRefs.safeParse([{ id: ID }]).success).toBe(false);
  });
});

describe("the input of a membership", () => {
  it("names at least one user and at most a hundred, of one group", () => {
    expect(membersInput.parse({ id: ID, users: ["a"] })).toEqual({ id: ID, users: ["a"] });
    const many = Array.from({ length: 101 }, (_, i) => `u${i}`);
    for (const users of [[], many, "a", [""], [1], undefined]) {
      expect(membersInput.safeParse({ id: ID, users }).success).toBe(false);
    }
    expect(membersInput.safeParse({ id: "ops", users: ["a"] }).success).toBe(false);
  });
});

describe("changing who is in a group", () => {
  it("is for who administers groups, and for local groups", () => {
    expect(mayChangeMembers(operator(), { source: "local" })).toEqual({ ok: true, value: undefined });
    expect(mayChangeMembers(operator(), { source: "ldap" })).toMatchObject({ refusal: { code: "forbidden" } });
    expect(mayChangeMembers(visitor("::1", ""), { source: "local" })).toMatchObject({ refusal: { code: "forbidden" } });
  });
});

describe("a group as shown", () => {
  const row = { id: ID, source: "ldap", externalId: "cn=ops", name: "Operations", createdAt: new Date(0), version: 2 };

  it("has a ref, the role it is mapped to, and how many are in it", () => {
    expect(groupView({ ...row, role: { role: "admin" }, _count: { members: 7 } })).toEqual({
      id: ID,
      ref: "ldap:cn=ops",
      name: "Operations",
      source: "ldap",
      externalId: "cn=ops",
      role: "admin",
      memberCount: 7,
      createdAt: "1970-01-01T00:00:00.000Z",
      version: 2,
    });
    expect(groupView({ ...row, role: null, _count: { members: 0 } }).role).toBeNull();
  });
});
