import { describe, expect, it } from "vitest";
import { limitsName, usesInWords } from "./uses";

const NOWHERE = {
  ...{ policies: [], delegations: [], installation: false, gateways: [] },
  ...{ tokens: 0, usernames: 0, history: false },
};

describe("what uses an application", () => {
  it("is said place by place, and nothing where nothing does", () => {
    expect(usesInWords(NOWHERE)).toEqual([]);
    const uses = { ...NOWHERE, gateways: ["gw1"], policies: ["Interns"], delegations: ["Bots"], installation: true };
    expect(usesInWords({ ...uses, tokens: 1, usernames: 2 })).toEqual([
      "gateway gw1",
      "tier Interns",
      "delegation Bots",
      "the installation's settings",
      "1 token",
      "2 people by another name",
    ]);
  });

  it("is a limit that names it by key; all applications, none, and what is no limit, name nothing", () => {
    expect(limitsName("jira", { applications: ["wiki"] }, { applications: ["jira"] })).toBe(true);
    expect(limitsName("jira", null, 7, {}, { applications: "all" }, { applications: ["jira2"] })).toBe(false);
  });
});
