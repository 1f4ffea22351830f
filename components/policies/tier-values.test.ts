import { describe, expect, it } from "vitest";
import { bodyOf, powerOf } from "./tier-values";

const typed = (power: string) => {
  const data = new FormData();
  const all = { name: "Interns", priority: "7", groups: "interns\nsummer", power, "own.access": "read" };
  for (const [name, value] of Object.entries({ ...all, "own.maxLifetimeDays": "7" })) data.set(name, value);
  data.append("own.applications", "jira");
  return data;
};

describe("a tier as it is typed", () => {
  it("grants what is chosen and nothing by omission", () => {
    expect(bodyOf(typed("create"), null)).toMatchObject({
      ...{ name: "Interns", priority: 7, use: true, create: "yes", selfRotate: false, ceiling: null },
      members: { everyone: false, groups: ["interns", "summer"], serviceAccounts: false },
      own: { maxLifetimeDays: 7, access: "read", applications: ["jira"] },
    });
    expect(bodyOf(typed("use"), null)).toMatchObject({ use: true, create: "no", own: null });
    expect(bodyOf(typed("none"), null)).toMatchObject({ use: false, create: "no", own: null });
  });

  it("is read back as it was chosen; a new one lets its members make tokens", () => {
    const policy = (use: boolean, create: "no" | "yes") => ({ use, create });
    expect([policy(true, "yes"), policy(true, "no"), policy(false, "no"), null].map(powerOf)).toEqual([
      ...["create", "use", "none", "create"],
    ]);
  });
});
