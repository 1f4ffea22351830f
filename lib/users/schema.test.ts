import { describe, expect, it } from "vitest";
import { newSecret } from "#lib/tokens/secret";
import { createUserInput } from "./schema";

const pathsOf = (input: unknown): string[] => {
  const parsed = createUserInput.safeParse(input);
  return parsed.success ? [] : parsed.error.issues.map((issue) => issue.path.join("."));
};

describe("the input of a new user", () => {
  it("needs a username and nothing else: a person without groups, aliases or password", () => {
    expect(createUserInput.parse({ username: " maria " })).toEqual({
      username: "maria",
      displayName: "",
      email: null,
      kind: "person",
      groups: [],
      aliases: [],
      usernames: {},
      maintainers: { users: [], groups: [] },
    });
  });

  it.each([
    ["with a colon, which Basic cannot carry", "a:b"],
    ["that is `token`, in any case", "ToKeN"],
    ["that is empty or blank", "   "],
    ["with a control character", "a\u0000b"],
    ["with a line break", "a\nb"],
    ["with an invisible character", "a\u200bb"],
    ["that reads backwards", "a\u202eb"],
    ["with half a character", "a\ud800"],
    ["that is too long", "x".repeat(256)],
    ["that holds a token's secret", newSecret()],
    ["that is no text", 7],
  ])("refuses a username %s", (_why, username) => {
    expect(pathsOf({ username })).toContain("username");
  });

  it("takes names of every script, and those with @ and spaces", () => {
    for (const username of ["Jürgen", "мария", "山田", "a b", "maria@example.com", "dom\\maria", "x".repeat(255)]) {
      expect(pathsOf({ username })).toEqual([]);
    }
  });

  it("gives a service account no password, and a person no maintainers", () => {
    expect(pathsOf({ username: "bot", kind: "service", password: "lamp ferry walnut orbit" })).toEqual(["password"]);
    expect(pathsOf({ username: "bot", maintainers: { users: ["ann"] } })).toEqual(["maintainers"]);
    expect(pathsOf({ username: "bot", kind: "service", maintainers: { users: ["ann"] } })).toEqual([]);
  });

  it("refuses fields that it does not know, among them those that only the server sets", () => {
    for (const field of ["id", "role", "tier", "source", "externalId", "deactivatedAt", "isAdmin", "__proto__"]) {
      const body = JSON.parse(`{"username":"maria","${field}":"x"}`);
      expect(createUserInput.safeParse(body).success).toBe(false);
    }
  });

  it("bounds every list", () => {
    const many = (count: number) => Array.from({ length: count }, (_, i) => `n${i}`);
    expect(pathsOf({ username: "a", groups: many(201) })).toEqual(["groups"]);
    expect(pathsOf({ username: "a", aliases: many(21) })).toEqual(["aliases"]);
    expect(pathsOf({ username: "a", kind: "service", maintainers: { users: many(51) } })).toEqual([
      "maintainers.users",
    ]);
    const usernames = Object.fromEntries(many(51).map((key) => [key, "x"]));
    expect(pathsOf({ username: "a", usernames })).toEqual(["usernames"]);
  });

  it("keeps the colon out of aliases and names in applications too", () => {
    expect(pathsOf({ username: "a", aliases: ["b:c"] })).toEqual(["aliases.0"]);
    expect(pathsOf({ username: "a", usernames: { jira: "b:c" } })).toEqual(["usernames.jira"]);
    expect(pathsOf({ username: "a", email: "not an address" })).toEqual(["email"]);
  });
});
