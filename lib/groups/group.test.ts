import { describe, expect, it } from "vitest";
import { parseRef, refOf } from "./group";
import { groupName, groupRefs } from "./group-schema";

describe("a group's ref", () => {
  it.each([
    [{ source: "local", externalId: "admins" }, "admins"],
    [{ source: "ldap", externalId: "admins" }, "ldap:admins"],
    [{ source: "scim", externalId: "urn:x:42" }, "scim:urn:x:42"],
  ])("names %j as %s, and back", (group, ref) => {
    expect(refOf(group)).toBe(ref);
    expect(parseRef(ref)).toEqual(group);
  });

  it("never takes a directory's group for the local one of the same name", () => {
    expect(parseRef("ldap:admins")).not.toEqual(parseRef("admins"));
    expect(groupName.safeParse("ldap:admins").success).toBe(false);
    expect(groupName.parse("  Jira Ädmins ")).toBe("Jira Ädmins");
  });

  it("counts once however often it is given, and two hundred at most", () => {
    expect(groupRefs.parse(["a", "a", "b"])).toEqual(["a", "b"]);
    expect(groupRefs.safeParse(Array.from({ length: 201 }, String)).success).toBe(false);
  });
});
