import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { holder, policy, rules, service } from "#test/rules";
import { ceilingsOver, leastAccess, leastOf, strictestApproval } from "./ceiling";
import type { ApprovalRule } from "./limits";
import { tierOf } from "./tier";

describe("ceilings", () => {
  const contractors = policy({ name: "Contractors", ceiling: { maxLifetimeDays: 30, access: "read" } });

  it("over a person are the tier's, then the installation's", () => {
    const all = rules({ policies: [contractors], ceilings: { persons: { maxLifetimeDays: 365 } } });
    expect(ceilingsOver(holder(), tierOf(holder(), all.policies), all)).toEqual([
      { source: { kind: "ceiling", name: "Contractors" }, ceiling: contractors.ceiling },
      { source: { kind: "installation", name: "installation" }, ceiling: { maxLifetimeDays: 365 } },
    ]);
  });

  it("over a service account are its own kind's", () => {
    const all = rules({ ceilings: { persons: { access: "read" }, serviceAccounts: { maxActive: 3 } } });
    expect(ceilingsOver(service(), null, all).map(({ ceiling }) => ceiling)).toEqual([{ maxActive: 3 }]);
    expect(ceilingsOver(holder(), null, all).map(({ ceiling }) => ceiling)).toEqual([{ access: "read" }]);
  });

  it("are none where none is set", () => {
    expect(ceilingsOver(holder(), tierOf(holder(), [policy()]), rules())).toEqual([]);
  });
});

describe("the stricter of two", () => {
  const approval = fc.oneof(
    fc.constant("never" as const),
    fc.constant("always" as const),
    fc.record({
      whenWrite: fc.boolean(),
      whenLongerThanDays: fc.option(fc.integer({ min: 1, max: 90 })),
      whenNoRanges: fc.boolean(),
    }),
  );

  it("accesses is read if one is", () => {
    expect(leastAccess("write", "write")).toBe("write");
    expect(leastAccess("write", "read")).toBe("read");
    expect(leastAccess("read", "write")).toBe("read");
  });

  it("numbers is the smaller, and null is no limit", () => {
    expect(leastOf(null, null)).toBeNull();
    expect(leastOf(0, null)).toBe(0);
    expect(leastOf(null, 7)).toBe(7);
    expect(leastOf(9, 7)).toBe(7);
  });

  it("approvals asks whenever one of them asks, in either order", () => {
    const asks = (rule: ApprovalRule, write: boolean, days: number, none: boolean) => {
      if (typeof rule === "string") return rule === "always";
      const { whenWrite, whenLongerThanDays, whenNoRanges } = rule;
      return (
        (whenWrite && write) || (whenLongerThanDays !== null && days > whenLongerThanDays) || (whenNoRanges && none)
      );
    };
    fc.assert(
      fc.property(
        approval,
        approval,
        fc.boolean(),
        fc.integer({ min: 0, max: 99 }),
        fc.boolean(),
        (a, b, write, days, none) => {
          const either = asks(a, write, days, none) || asks(b, write, days, none);
          expect(asks(strictestApproval(a, b), write, days, none)).toBe(either);
          expect(strictestApproval(a, b)).toEqual(strictestApproval(b, a));
        },
      ),
    );
  });
});
