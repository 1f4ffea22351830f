import { expect, it } from "vitest";
import { usesInWords } from "./uses";

const NONE = { role: null, policies: [], delegations: [], scopes: [], accounts: [] };

it("says where a group is named, each place by its name", () => {
  expect(
    usesInWords({
      role: "admin",
      policies: ["Developers"],
      delegations: ["Help"],
      scopes: ["Ops"],
      accounts: ["ci-bot"],
    }),
  ).toEqual([
    "the role administrator",
    "tier Developers",
    "delegation Help",
    "the scope of delegation Ops",
    "maintainers of ci-bot",
  ]);
});

it("says nothing of a group that is named nowhere", () => {
  expect(usesInWords(NONE)).toEqual([]);
  expect(usesInWords({ ...NONE, role: "user" })).toEqual([]);
});
