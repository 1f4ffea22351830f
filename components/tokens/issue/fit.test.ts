import { describe, expect, test } from "vitest";
import { FACTS, LIMITS } from "#test/pages";
import { emptyDraft } from "../new/draft";
import { fitDraft } from "./fit";

const wide = { ...FACTS, limits: { ...LIMITS, maxLifetimeDays: null } };
const narrow = {
  ...FACTS,
  limits: { ...LIMITS, applications: ["wiki"], access: "read" as const, maxLifetimeDays: 7, defaultLifetimeDays: 7 },
};
const draft = {
  ...emptyDraft(wide),
  ...{ name: "Nightly", description: "Reports", applications: ["jira", "wiki"], access: "write" as const },
};

describe("changing the delegation", () => {
  test("keeps every answer that the other one allows too", () => {
    expect(fitDraft(draft, wide)).toEqual(draft);
    expect(fitDraft(draft, narrow)).toMatchObject({ name: "Nightly", description: "Reports", applications: ["wiki"] });
  });

  test("never keeps more access or life than the other one allows", () => {
    expect(fitDraft({ ...draft, expiry: { kind: "never" } }, narrow)).toMatchObject({
      access: "read",
      expiry: { kind: "days", days: 7 },
    });
    expect(fitDraft({ ...draft, expiry: { kind: "days", days: 30 } }, narrow).expiry).toEqual({
      kind: "days",
      days: 7,
    });
    expect(fitDraft({ ...draft, expiry: { kind: "never" } }, wide).expiry).toEqual({ kind: "never" });
  });

  test("takes *all applications* away where they must be named", () => {
    expect(fitDraft({ ...draft, applications: "all" }, narrow).applications).toEqual([]);
    expect(fitDraft({ ...draft, applications: "all" }, wide).applications).toBe("all");
  });

  test("opens the ranges where they are required", () => {
    expect(fitDraft(draft, { ...wide, limits: { ...wide.limits, requireRanges: true } }).from).toBe("ranges");
  });
});
