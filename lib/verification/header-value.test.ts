import fc from "fast-check";
import { expect, test } from "vitest";
import { groupsValue, headerValue } from "./header-value";

test("visible ASCII stays, everything else and the percent sign is encoded", () => {
  expect(headerValue("fred@corp.example,x")).toBe("fred@corp.example,x");
  expect(headerValue("Jörg Ä")).toBe("J%C3%B6rg%20%C3%84");
  expect(headerValue("100%\r\nX-Evil: 1")).toBe("100%25%0D%0AX-Evil:%201");
  expect(headerValue("")).toBe("");
});

test("a comma inside a group does not make two groups", () => {
  expect(groupsValue(["x,admins", "b", "ldap:cn=Ä"])).toBe("x%2Cadmins,b,ldap:cn=%C3%84");
  expect(groupsValue([])).toBe("");
});

test("groups are capped at 50 and 4 KB, whole ones only", () => {
  expect(groupsValue(Array.from({ length: 80 }, (_, i) => `g${i}`)).split(",")).toHaveLength(50);
  const long = groupsValue(Array.from({ length: 50 }, (_, i) => `${i}${"x".repeat(500)}`));
  expect(long.length).toBeLessThanOrEqual(4096);
  expect(long.split(",").every((group) => group.length > 500)).toBe(true);
});

test("any text becomes one line of visible ASCII that decodes to itself", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      const value = headerValue(text);
      expect(value).toMatch(/^[\x21-\x7e]*$/);
      expect(decodeURIComponent(value)).toBe(text);
    }),
  );
  fc.assert(
    fc.property(fc.array(fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 }), { maxLength: 20 }), (groups) => {
      const value = groupsValue(groups);
      // Asked again it is the same, and that of an equal list.
      expect([groupsValue(groups), groupsValue([...groups])]).toEqual([value, value]);
      expect(value).toMatch(/^[\x21-\x7e]*$/);
      expect(value === "" ? [] : value.split(",").map(decodeURIComponent)).toEqual(groups);
    }),
  );
});
