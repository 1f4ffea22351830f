import { describe, expect, test } from "vitest";
import { ceilingFrom, limitsFrom, typedNames } from "./limits-values";

const form = (fields: Record<string, string | string[]>) => {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) for (const each of [value].flat()) data.append(name, each);
  return data;
};

describe("limits of a form", () => {
  test("are without an end only where that was ticked; an empty number is none", () => {
    const some = { "own.access": "read", "own.applications": ["jira", "wiki"], "own.maxLifetimeDays": "90" };
    expect(limitsFrom(form(some), "own")).toMatchObject({
      ...{ maxLifetimeDays: 90, access: "read", applications: ["jira", "wiki"] },
      ...{ maxActive: null, ranges: [], requireRanges: false, approval: "never" },
    });
    expect(limitsFrom(form({ ...some, "own.endless": "on" }), "own")).toMatchObject({ maxLifetimeDays: null });
    expect(limitsFrom(form({ "own.maxLifetimeDays": "" }), "own")).toMatchObject({ maxLifetimeDays: 0 });
  });

  test("grant no application by omission, and all only where all was ticked", () => {
    expect(limitsFrom(form({}), "own")).toMatchObject({ applications: [] });
    expect(limitsFrom(form({ "own.applications": ["all", "jira"] }), "own")).toMatchObject({ applications: "all" });
  });

  test("say when approval is needed", () => {
    const asked = form({ "own.approval": "when", "own.whenWrite": "on", "own.whenLongerThanDays": "30" });
    expect(limitsFrom(asked, "own")).toMatchObject({
      approval: { whenWrite: true, whenLongerThanDays: 30, whenNoRanges: false },
    });
  });
});

describe("a ceiling of a form", () => {
  test("limits only what is filled in", () => {
    expect(ceilingFrom(form({ "ceiling.access": "write" }), "ceiling")).toBeNull();
    expect(ceilingFrom(form({ "ceiling.access": "read", "ceiling.ranges": "office\n10.0.0.0/8" }), "ceiling")).toEqual({
      access: "read",
      ranges: ["office", "10.0.0.0/8"],
    });
  });
});

test("what a form does not show of a ceiling stays", () => {
  const before = { access: "read", requirePurpose: true } as const;
  expect(ceilingFrom(form({ "ceiling.access": "write" }), "ceiling", before)).toEqual({ requirePurpose: true });
});

test("names are split at lines and commas and may hold blanks", () => {
  expect(typedNames(" Büro 2,vpn\n\n10.0.0.0/8 ")).toEqual(["Büro 2", "vpn", "10.0.0.0/8"]);
});
