import { describe, expect, it } from "vitest";
import { policy } from "#test/rules";
import { type UserRow, userView } from "./view";

const group = (id: string, role: "admin" | "auditor" | null = null, source = "local") => ({
  group: { id, source, externalId: id, role: role && { role } },
});
const row = (some: Partial<UserRow> = {}): UserRow => ({
  id: "0190d4a5-0000-7000-8000-00000000000a",
  username: "Maria",
  displayName: "Maria M.",
  email: null,
  kind: "person",
  source: "local",
  externalId: null,
  createdAt: new Date(Date.UTC(2026, 10, 22, 12)),
  deactivatedAt: null,
  version: 3,
  aliases: [],
  names: [],
  memberships: [],
  maintainers: [],
  activity: null,
  ...some,
});
const members = (groupIds: string[], serviceAccounts = false) => ({ everyone: false, groupIds, serviceAccounts });

describe("a user as shown", () => {
  it("has everything that the interface promises, and nothing else", () => {
    expect(userView(row(), [])).toEqual({
      id: "0190d4a5-0000-7000-8000-00000000000a",
      username: "Maria",
      displayName: "Maria M.",
      email: null,
      kind: "person",
      source: "local",
      externalId: null,
      aliases: [],
      usernames: {},
      groups: [],
      maintainers: { users: [], groups: [] },
      role: "user",
      tier: null,
      createdAt: "2026-11-22T12:00:00.000Z",
      deactivatedAt: null,
      lastSignInAt: null,
      version: 3,
    });
  });

  it("has the highest role of their groups, whatever the groups are called", () => {
    expect(userView(row({ memberships: [group("admins")] }), []).role).toBe("user");
    expect(userView(row({ memberships: [group("a", "auditor")] }), []).role).toBe("auditor");
    const both = [group("x", "admin"), group("a", "auditor")];
    expect(userView(row({ memberships: both }), []).role).toBe("admin");
    expect(userView(row({ memberships: both.toReversed() }), []).role).toBe("admin");
  });

  it("has the tier of the matching policy of highest priority", () => {
    const policies = [
      policy({ name: "Everyone", priority: 1, members: { everyone: true, groupIds: [], serviceAccounts: false } }),
      policy({ name: "Developers", priority: 5, members: members(["dev"]) }),
      policy({ name: "Robots", priority: 3, members: members([], true) }),
    ];
    expect(userView(row(), policies).tier).toBe("Everyone");
    expect(userView(row({ memberships: [group("dev")] }), policies).tier).toBe("Developers");
    expect(userView(row({ kind: "service" }), policies).tier).toBe("Robots");
    expect(userView(row({ kind: "service", memberships: [group("dev")] }), policies).tier).toBe("Developers");
  });

  it("names groups by ref, so that a directory's admins is not the local one", () => {
    const memberships = [group("admins", null, "ldap"), group("admins")];
    expect(userView(row({ memberships }), []).groups).toEqual(["admins", "ldap:admins"]);
  });

  it("names aliases, maintainers and names in applications in a stable order", () => {
    const shown = userView(
      row({
        aliases: [{ alias: "z@example.com" }, { alias: "a" }],
        names: [{ name: "mm", application: { key: "jira" } }],
        maintainers: [
          { user: { username: "tom" }, group: null },
          { user: null, group: { source: "local", externalId: "team" } },
          { user: { username: "ann" }, group: null },
        ],
        activity: { lastSignInAt: new Date(0) },
        deactivatedAt: new Date(1),
      }),
      [],
    );
    expect(shown).toMatchObject({
      aliases: ["a", "z@example.com"],
      usernames: { jira: "mm" },
      maintainers: { users: ["ann", "tom"], groups: ["team"] },
      lastSignInAt: "1970-01-01T00:00:00.000Z",
      deactivatedAt: "1970-01-01T00:00:00.001Z",
    });
  });
});
