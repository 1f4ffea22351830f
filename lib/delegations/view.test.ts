import { describe, expect, it } from "vitest";
import { limits } from "#test/rules";
import { delegationView } from "./view";

const group = (externalId: string, source = "local") => ({ group: { source, externalId } });
const row = {
  id: "d1",
  name: "Robots",
  powers: ["issue", "end"] as const,
  scopeEveryone: false,
  scopeServiceAccounts: true,
  issue: limits(),
  showSecret: true,
  delegates: [group("z"), group("a")],
  scopeGroups: [group("team", "scim")],
  createdAt: new Date(Date.UTC(2026, 10, 22, 12)),
  version: 4,
};

describe("a delegation as shown", () => {
  it("has delegates and scope by ref, powers and limits, and nothing else", () => {
    expect(delegationView(row)).toEqual({
      id: "d1",
      name: "Robots",
      delegates: ["a", "z"],
      powers: ["issue", "end"],
      scope: { everyone: false, groups: ["scim:team"], serviceAccounts: true },
      issue: limits(),
      showSecret: true,
      createdAt: "2026-11-22T12:00:00.000Z",
      version: 4,
    });
  });

  it("of nobody over nobody stays empty", () => {
    const empty = delegationView({ ...row, delegates: [], scopeGroups: [], scopeServiceAccounts: false });
    expect(empty).toMatchObject({ delegates: [], scope: { everyone: false, groups: [], serviceAccounts: false } });
  });
});
