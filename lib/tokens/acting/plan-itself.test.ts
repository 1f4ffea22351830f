import { describe, expect, it } from "vitest";
import { DAY, delegation, holder, limits, NOON, policy, rules, service } from "#test/rules";
import { ownerRow, tokenRow } from "#test/token-rows";
import { planItself } from "./plan-rotation";

const tier = policy({ selfRotate: true });
const issued = { grantBy: "delegation" as const, delegationId: "d-integrations", delegationName: "Integrations" };

type Asked = Partial<Parameters<typeof planItself>[0]>;
const plan = (some: Asked = {}, now = NOON + DAY) =>
  planItself({ row: tokenRow(), owner: holder(), rules: rules({ policies: [tier] }), ...some }, now);
const codeOf = (some?: Asked, now?: number) => {
  const planned = plan(some, now);
  return planned.ok ? "planned" : planned.refusal.code;
};

describe("a token that rotates itself", () => {
  it("may where its owner's tier says so, whatever it is for and although it may only read", () => {
    expect(codeOf()).toBe("planned");
    expect(codeOf({ row: tokenRow({ access: "read", applications: ["latchkey"] }) })).toBe("planned");
    expect(codeOf({ rules: rules({ policies: [policy()] }) })).toBe("not_granted");
    expect(codeOf({ rules: rules({ policies: [] }) })).toBe("not_granted");
  });

  it("never lasts longer, though its owner would take a new term", () => {
    expect(plan()).toMatchObject({ value: { expiresAt: NOON + 30 * DAY } });
    const shorter = policy({ selfRotate: true, own: limits({ maxLifetimeDays: 7, defaultLifetimeDays: 7 }) });
    expect(plan({ rules: rules({ policies: [shorter] }) })).toMatchObject({ value: { expiresAt: NOON + 8 * DAY } });
  });

  it("needs what its owner would: a tier that lets use and create, and no approval", () => {
    for (const some of [{ create: "no" as const }, { use: false }])
      expect(codeOf({ rules: rules({ policies: [{ ...tier, ...some }] }) })).toBe("not_granted");
    const asked = policy({ selfRotate: true, own: limits({ approval: "always" }) });
    expect(codeOf({ rules: rules({ policies: [asked] }) })).toBe("approval_required");
  });

  it("keeps its date where it was issued, and needs its delegation", () => {
    const machines = policy({
      ...{ id: "p-s", name: "Machines", selfRotate: true },
      members: { everyone: false, groupIds: [], serviceAccounts: true },
    });
    const bot = { owner: service(), row: tokenRow({ ...issued, expiresAt: null }) };
    const both = rules({ policies: [machines], delegations: [delegation()] });
    expect(plan({ ...bot, rules: both })).toMatchObject({ value: { expiresAt: null } });
    expect(codeOf({ ...bot, rules: rules({ policies: [machines] }) })).toBe("not_granted");
    const idle = rules({ policies: [{ ...machines, create: "no" }], delegations: [delegation()] });
    expect(codeOf({ ...bot, rules: idle })).toBe("not_granted");
  });

  it("does so once, and not while it is stopped", () => {
    const past = new Date(NOON);
    const replaced = tokenRow({ supersededAt: past, overlapEndsAt: new Date(NOON + 9 * DAY) });
    expect(codeOf({ row: replaced })).toBe("stale");
    expect(codeOf({ row: tokenRow({ suspendedAt: past }) })).toBe("forbidden");
    expect(codeOf({ row: tokenRow({ revokedAt: past }) })).toBe("ended");
    const gone = {
      owner: holder({ deactivatedAt: NOON }),
      row: tokenRow({ owner: ownerRow({ deactivatedAt: past }) }),
    };
    expect(codeOf(gone)).toBe("forbidden");
  });

  it("lets a new secret rest for a minute, and says for how long", () => {
    expect(plan({}, NOON)).toMatchObject({ refusal: { code: "too_many_requests", retryAfterSeconds: 60 } });
    expect(plan({}, NOON + 59_500)).toMatchObject({ refusal: { retryAfterSeconds: 1 } });
    expect(codeOf({}, NOON + 60_000)).toBe("planned");
  });
});
