import { describe, expect, it } from "vitest";
import { limits } from "#test/rules";
import { policyView } from "./view";

const row = {
  id: "p1",
  name: "Developers",
  priority: 7,
  use: true,
  create: "yes" as const,
  selfRotate: false,
  everyone: false,
  serviceAccounts: true,
  own: limits(),
  ceiling: null,
  groups: [],
  createdAt: new Date(Date.UTC(2026, 10, 22, 12)),
  version: 1,
};
const group = (externalId: string, source = "local") => ({ group: { source, externalId } });

describe("a policy as shown", () => {
  it("has the members together, limits whole, and no column of its own making", () => {
    expect(policyView(row)).toEqual({
      id: "p1",
      name: "Developers",
      priority: 7,
      members: { everyone: false, groups: [], serviceAccounts: true },
      use: true,
      create: "yes",
      selfRotate: false,
      own: limits(),
      ceiling: null,
      createdAt: "2026-11-22T12:00:00.000Z",
      version: 1,
    });
  });

  it("names groups by ref, in a stable order", () => {
    const groups = [group("z"), group("a"), group("a", "ldap")];
    expect(policyView({ ...row, groups }).members.groups).toEqual(["a", "ldap:a", "z"]);
  });

  it("leaves out of a ceiling what it does not limit", () => {
    expect(policyView({ ...row, own: null, ceiling: { access: "read" } })).toMatchObject({
      own: null,
      ceiling: { access: "read" },
    });
    expect(Object.keys(policyView({ ...row, ceiling: { maxLifetimeDays: null } }).ceiling ?? {})).toEqual([
      "maxLifetimeDays",
    ]);
  });
});
