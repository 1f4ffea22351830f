import { describe, expect, it } from "vitest";
import { delegationInput } from "./delegation-schema";

const issue = { maxLifetimeDays: null, access: "write", applications: "all", maxActive: null };
const integrations = {
  name: "Integrations",
  delegates: ["admins"],
  powers: ["issue"],
  scope: { serviceAccounts: true },
  issue,
};

describe("a delegation", () => {
  it("covers whom it says and shows no secret unless it says so", () => {
    expect(delegationInput.parse(integrations)).toMatchObject({
      scope: { everyone: false, groups: [], serviceAccounts: true },
      showSecret: false,
    });
  });

  it("never names latchkey among what may be issued", () => {
    const { error } = delegationInput.safeParse({
      ...integrations,
      issue: { ...issue, applications: ["jira", "latchkey"] },
    });
    expect(error?.issues[0]?.path).toEqual(["issue", "applications"]);
  });

  it.each([
    { powers: [] },
    { powers: ["rule"] },
    { delegates: "admins" },
    { issue: null },
    { scope: { all: true } },
    { more: 1 },
  ])("with %j is refused", (wrong) =>
    expect(delegationInput.safeParse({ ...integrations, ...wrong }).success).toBe(false),
  );
});
