import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { tokenFacts } from "#test/token-facts";
import { headerValue } from "./header-value";
import { identityOf, isRepresentable, nameIn } from "./identity";

describe("the identity of a token request", () => {
  test("is the owner's, by the name in the application where there is another", () => {
    const { owner } = tokenFacts({}, { usernames: { jira: "m.silva" } });
    expect(nameIn({ key: "jira" }, owner)).toBe("m.silva");
    expect(nameIn({ key: "wiki" }, owner)).toBe("maria");
  });

  test("says what the token may, until when, and in which groups the owner is", () => {
    const found = tokenFacts(
      { expiresAt: 5 },
      {
        groups: [
          { id: "g1", ref: "dev" },
          { id: "g2", ref: "ldap:cn=ops" },
        ],
      },
    );
    expect(identityOf(found, { key: "jira" }, "read")).toEqual({
      tokenId: found.token.id,
      tokenName: "ci",
      userId: found.owner.id,
      username: "maria",
      groups: ["dev", "ldap:cn=ops"],
      access: "read",
      expiresAt: 5,
    });
  });
});

describe("a name arrives in a header", () => {
  test("if it is visible ASCII without a percent sign", () => {
    for (const name of ["maria", "m.silva@corp.example", "DOM\\fred", "a,b", "~", "!"])
      expect(isRepresentable(name)).toBe(true);
    for (const name of ["", " ", "a b", "jörg", "a%b", "a\tb", "a\r\nb", "\u007f"])
      expect(isRepresentable(name)).toBe(false);
  });

  test("exactly if encoding it changes nothing", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", minLength: 1, maxLength: 20 }), (name) => {
        expect(isRepresentable(name)).toBe(headerValue(name) === name);
      }),
    );
  });
});
