import { describe, expect, test } from "vitest";
import { NOON } from "#test/rules";
import { application, basic, reasonOf, SECRET } from "#test/verification";

const as = (username: string) => ({ headers: basic(username, SECRET) });
const withNames = (usernames: { aliases: boolean; empty: boolean }) => ({ applications: [application({ usernames })] });

describe("the owner", () => {
  test("must be active", () => {
    expect(reasonOf({ owner: { deactivatedAt: NOON - 1 } })).toBe("owner_inactive");
  });
});

describe("the Basic username", () => {
  test("is the owner's, without regard to case, to how letters are composed, or to how they are encoded", () => {
    for (const name of ["maria", "MARIA", "Maria"]) expect(reasonOf({ request: as(name) })).toBe("allowed");
    expect(reasonOf({ request: as("JO\u0308RG"), owner: { username: "j\u00f6rg" } })).toBe("allowed");
    const latin = Buffer.from(`j\u00f6rg:${SECRET}`, "latin1").toString("base64");
    const headers = ["Authorization", `Basic ${latin}`];
    expect(reasonOf({ request: { headers }, owner: { username: "j\u00f6rg" } })).toBe("allowed");
    expect(reasonOf({ request: { headers }, owner: { username: "jorg" } })).toBe("username_mismatch");
  });

  test("may be the word token, spelt so", () => {
    expect(reasonOf({ request: as("token") })).toBe("allowed");
    expect(reasonOf({ request: as("Token") })).toBe("username_mismatch");
  });

  test("may be the owner's name in this application, not in another", () => {
    expect(reasonOf({ request: as("M.Silva"), owner: { usernames: { jira: "m.silva" } } })).toBe("allowed");
    expect(reasonOf({ request: as("m.silva"), owner: { usernames: { wiki: "m.silva" } } })).toBe("username_mismatch");
    expect(reasonOf({ request: as("maria"), owner: { usernames: { jira: "m.silva" } } })).toBe("allowed");
  });

  test("is nobody else's", () => {
    for (const name of ["fred", "maria ", "mаria", "maria\u200b", "mari", "*"])
      expect(reasonOf({ request: as(name) })).toBe("username_mismatch");
  });

  test("may be an alias or empty only where the application says so", () => {
    const owner = { aliases: ["maria@corp.example"] };
    expect(reasonOf({ owner, request: as("Maria@Corp.example") })).toBe("username_mismatch");
    expect(
      reasonOf({ owner, request: as("Maria@Corp.example"), facts: withNames({ aliases: true, empty: false }) }),
    ).toBe("allowed");
    expect(reasonOf({ request: as("") })).toBe("username_mismatch");
    expect(reasonOf({ request: as(""), facts: withNames({ aliases: false, empty: true }) })).toBe("allowed");
  });

  test("is not asked for beside Bearer or the token header", () => {
    expect(reasonOf({ request: { headers: ["X-Api-Token", SECRET] } })).toBe("allowed");
  });
});
