import { expect, test } from "vitest";
import { delegation, limits, policy, rules } from "#test/rules";
import { rulesNaming } from "./naming";

const office = { ranges: ["192.0.2.7", "office"] };

test("every rule that names a network is found, with its whole list and whose tokens it holds", () => {
  const policies = [
    policy({ id: "p1", name: "Makers", own: limits(office), ceiling: office }),
    policy({ id: "p2", name: "Others", own: limits({ ranges: ["office two"] }) }),
  ];
  const delegations = [delegation({ id: "d1", name: "Desk", issue: limits(office) }), delegation({ id: "d2" })];
  const ceilings = { persons: office, serviceAccounts: null };
  const all = { ...rules({ policies, delegations }), settings: { ceilings } };
  const found = rulesNaming("office", all);
  expect(found.map(({ what, whose }) => [what, whose])).toEqual([
    ["tier Makers", { by: "tier", id: "p1", ownOnly: true }],
    ["the ceiling of tier Makers", { by: "tier", id: "p1", ownOnly: false }],
    ["delegation Desk", { by: "delegation", id: "d1" }],
    ["the ceiling over every person", { by: "kind", kind: "person" }],
  ]);
  for (const { ranges } of found) expect(ranges).toEqual(office.ranges);
});
