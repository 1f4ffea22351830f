import { describe, expect, it } from "vitest";
import { effectiveAccess } from "#lib/tokens/rights/effective";
import { DAY, holder, limits, NOON, policy, rules, token } from "#test/rules";
import { tokenRow } from "#test/token-rows";
import { planWaiver } from "./waiver";

const LATER = NOON + 7 * DAY;
const held = { waiverUntil: new Date(LATER), waiverBy: "ann", waiverWhy: "a change", waiverAccess: "write" as const };
const plan = (some: Parameters<typeof tokenRow>[0], until: number | null, why = "", now = NOON) =>
  planWaiver(tokenRow(some), { until, why, by: "ann" }, now);
const codeOf = (result: ReturnType<typeof plan>) => (result.ok ? "planned" : result.refusal.code);

describe("giving a waiver", () => {
  it("keeps what the token says of itself, until the date, and remembers by whom and why", () => {
    expect(plan({ access: "read", applications: ["jira", "wiki"] }, LATER, "Migration")).toEqual({
      ok: true,
      value: {
        given: true,
        changes: {
          waiverUntil: new Date(LATER),
          waiverBy: "ann",
          waiverWhy: "Migration",
          waiverAccess: "read",
          waiverAllApplications: false,
          waiverApplications: ["jira", "wiki"],
          waiverIpRanges: [],
        },
      },
    });
  });

  it("lets pass what the tier refuses by now, never more than the token says, and never without use", () => {
    const narrow = rules({ policies: [policy({ own: limits({ access: "read", applications: ["wiki"] }) })] });
    const waiver = {
      until: LATER,
      keeps: { access: "write" as const, applications: ["jira"], ipRanges: [] },
    };
    const own = token({ waiver, applications: ["jira"], access: "read", ipRanges: ["10.0.0.0/8"] });
    const { ways, use } = effectiveAccess(own, holder(), narrow, NOON);
    const kept = ways.find(({ by }) => by === "waiver");
    expect(kept).toMatchObject({ access: "read", applications: ["jira"] });
    expect(kept?.rangeSets).toHaveLength(1);
    expect(use).toBe(true);
    expect(effectiveAccess(own, holder(), rules({ policies: [policy({ use: false })] }), NOON).use).toBe(false);
  });

  it("needs a reason, a time to come, and a token that has not ended", () => {
    expect(plan({}, LATER)).toMatchObject({ refusal: { code: "invalid_input", errors: [{ path: "why" }] } });
    expect(plan({}, NOON, "Migration")).toMatchObject({
      refusal: { code: "invalid_input", errors: [{ path: "until" }] },
    });
    expect(codeOf(plan({ expiresAt: new Date(NOON) }, LATER, "Migration"))).toBe("ended");
  });

  it("holds for ten years at the longest, a new one and one that is moved", () => {
    const longest = NOON + 3_650 * DAY;
    for (const row of [{ expiresAt: null }, { ...held, expiresAt: null }]) {
      expect(codeOf(plan(row, longest, "Migration"))).toBe("planned");
      expect(plan(row, longest + 1, "Migration")).toMatchObject({
        refusal: { code: "invalid_input", errors: [{ path: "until", message: "Choose a date within ten years." }] },
      });
    }
  });

  it("gives a new one where the old one is over, with what the token says today", () => {
    expect(plan({ ...held, waiverUntil: new Date(NOON), access: "read" }, LATER, "Again")).toMatchObject({
      value: { given: true, changes: { waiverAccess: "read", waiverWhy: "Again" } },
    });
  });
});

describe("changing a waiver", () => {
  it("moves its end and nothing else", () => {
    const later = NOON + 9 * DAY;
    expect(plan(held, later, "ignored")).toEqual({
      ok: true,
      value: { given: false, changes: { waiverUntil: new Date(later) } },
    });
  });

  it("ends it whole, and none that is over", () => {
    expect(plan(held, null)).toMatchObject({ value: { changes: { waiverUntil: null, waiverWhy: null } } });
    expect(codeOf(plan({}, null))).toBe("ended");
    expect(codeOf(plan({ ...held, waiverUntil: new Date(NOON) }, null))).toBe("ended");
  });
});
