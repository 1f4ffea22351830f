import { describe, expect, it } from "vitest";
import { ownAllowance } from "#lib/policies/allowance";
import type { Limits } from "#lib/policies/limits";
import { tierOf } from "#lib/policies/tier";
import { holder, limits, policy, rules } from "#test/rules";
import { rulesOf } from "./said";

const said = (own: Partial<Limits>, some: Parameters<typeof rules>[0] = {}, live = false) => {
  const all = rules({ policies: [policy({ own: limits(own) })], ...some });
  const allowance = ownAllowance(holder(), tierOf(holder(), all.policies), all);
  if (allowance === null) throw new Error("nothing is allowed");
  return rulesOf(allowance, live);
};
const sentences = (...args: Parameters<typeof said>) => said(...args).map(({ sentence }) => sentence);

describe("what the rules set", () => {
  it("is said in words, whatever the values", () => {
    expect(sentences({})).toEqual([
      ...["Read and write", "Every application", "From anywhere", "At most 90 days", "At most 25 active tokens"],
    ]);
    expect(
      sentences({
        ...{ access: "read", applications: ["jira", "wiki"], ranges: ["office"], maxLifetimeDays: null, maxActive: 1 },
        ...{ requireRanges: true, requirePurpose: true, requireContact: true, approval: "always" },
      }),
    ).toEqual([
      ...["Only read", "Only jira, wiki", "Only from office", "May live without an end", "At most 1 active token"],
      ...["Each token names its own addresses", "Each token says what uses it", "Each token names whom to call"],
      "Approval always",
    ]);
    expect(sentences({ maxActive: null, applications: [] })).toEqual(
      expect.arrayContaining(["Any number of tokens", "No application"]),
    );
  });

  it("names the ceiling that lowered a value, and every list of addresses that holds", () => {
    const ceilings = { persons: { maxLifetimeDays: 30, ranges: ["10.0.0.0/8"] } };
    const all = said({ ranges: ["office"] }, { ceilings });
    const sourceOf = (field: string) => all.filter((each) => each.field === field).map(({ source }) => source?.kind);
    expect(sourceOf("maxLifetimeDays")).toEqual(["installation"]);
    expect(sourceOf("access")).toEqual(["tier"]);
    expect(sourceOf("ranges")).toEqual(["tier", "installation"]);
  });

  it("is what is judged at every request, when something is only used", () => {
    expect(said({}, {}, true).map(({ field }) => field)).toEqual(["access", "applications", "ranges"]);
  });
});
