import { expect, test } from "vitest";
import { givesInWords, sourceWords } from "./group-words";

const group = { id: "1", ref: "ops", name: "ops", source: "local", externalId: "ops", role: null, memberCount: 0 };
const listed = { group: { ...group, createdAt: "", version: 1 }, tiers: [], delegations: [], scopes: 0, accounts: 0 };

test("a group says what it gives, and one that gives nothing says nothing", () => {
  expect(givesInWords(listed)).toEqual([]);
  const much = { ...listed, group: { ...listed.group, role: "admin" as const }, tiers: ["Dev"], delegations: ["Help"] };
  expect(givesInWords({ ...much, scopes: 2, accounts: 1 })).toEqual([
    "administrators",
    "tier Dev",
    "delegation Help",
    "in the scope of delegations",
    "maintains 1 account",
  ]);
  expect(givesInWords({ ...listed, accounts: 3 })).toEqual(["maintains 3 accounts"]);
});

test("a directory's group says so, whatever it is called", () => {
  expect(sourceWords("local")).toBe("Made here");
  expect(sourceWords("ldap")).toBe("Directory ldap");
});
