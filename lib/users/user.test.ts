import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { highestRole, outranks, type Role } from "./user";

const role = fc.constantFrom<Role>("user", "auditor", "admin");

describe("the role of a person", () => {
  it("is user without any mapped group: a right is never granted by omission", () => {
    expect(highestRole([])).toBe("user");
  });

  it("is one of the roles that the groups give, and none of them stands above it", () => {
    fc.assert(
      fc.property(fc.array(role, { minLength: 1, maxLength: 6 }), (roles) => {
        const highest = highestRole(roles);
        expect(roles).toContain(highest);
        for (const each of roles) expect(outranks(each, highest)).toBe(false);
      }),
    );
  });

  it("does not depend on the order in which the groups come", () => {
    fc.assert(
      fc.property(fc.array(role, { maxLength: 6 }), (roles) => {
        expect(highestRole([...roles].reverse())).toBe(highestRole(roles));
      }),
    );
  });
});

describe("rank", () => {
  it("puts admin above auditor above user", () => {
    expect(outranks("admin", "auditor")).toBe(true);
    expect(outranks("auditor", "user")).toBe(true);
    expect(outranks("admin", "user")).toBe(true);
  });

  it("never puts two roles above each other, nor one above itself", () => {
    fc.assert(
      fc.property(role, role, (one, other) => {
        expect(outranks(one, other) && outranks(other, one)).toBe(false);
      }),
    );
  });
});
