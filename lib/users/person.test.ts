import { describe, expect, it } from "vitest";
import { policy } from "#test/rules";
import { membershipView, powersAround, tiersOf } from "./person";

const group = (id: string, source = "local") => ({ id, source, externalId: id });
const member = (id: string, source?: string) =>
  membershipView({ group: { ...group(id, source), role: null }, addedAt: new Date(0), addedBy: "ann" });
const members = { everyone: false, groupIds: [] as string[], serviceAccounts: false };

describe("why somebody has their tier", () => {
  const policies = [
    policy({ id: "p1", name: "Everyone", priority: 1, members: { ...members, everyone: true } }),
    policy({ id: "p2", name: "Interns", priority: 50, members: { ...members, groupIds: ["interns"] } }),
    policy({ id: "p3", name: "Robots", priority: 9, members: { ...members, serviceAccounts: true } }),
  ];

  it("is told with the group, and what matches too stands below", () => {
    expect(tiersOf("person", [member("interns", "ldap")], policies)).toEqual([
      { id: "p2", name: "Interns", priority: 50, by: "group", group: "ldap:interns" },
      { id: "p1", name: "Everyone", priority: 1, by: "everyone", group: null },
    ]);
    expect(tiersOf("service", [], policies)).toMatchObject([{ name: "Robots", by: "serviceAccounts", group: null }]);
    expect(tiersOf("person", [], policies.slice(1))).toEqual([]);
  });
});

describe("the powers around somebody", () => {
  const delegation = (name: string, some: object) => ({
    ...{ id: name, name, powers: ["end" as const], scopeEveryone: false, scopeServiceAccounts: false },
    ...{ delegates: [], scopeGroups: [], ...some },
  });
  const rows = [
    delegation("Help", { delegates: [{ group: group("help") }, { group: group("more") }], scopeEveryone: true }),
    delegation("Robots", { delegates: [{ group: group("ops") }], scopeServiceAccounts: true }),
    delegation("Team", { delegates: [{ group: group("leads") }], scopeGroups: [{ groupId: "help" }] }),
  ];

  it("are those that they hold, by which group, and those that others hold over their tokens", () => {
    const { held, over } = powersAround("person", ["help"], rows);
    expect(held).toEqual([{ id: "Help", name: "Help", powers: ["end"], groups: ["help"] }]);
    expect(over.map(({ name, groups }) => [name, groups])).toEqual([
      ["Help", ["help", "more"]],
      ["Team", ["leads"]],
    ]);
    expect(powersAround("service", [], rows).over.map(({ name }) => name)).toEqual(["Robots"]);
  });
});

it("a membership says where it comes from", () => {
  expect(member("x", "scim")).toEqual({
    ...{ groupId: "x", ref: "scim:x", source: "scim", role: null },
    ...{ addedAt: "1970-01-01T00:00:00.000Z", addedBy: "ann" },
  });
});
