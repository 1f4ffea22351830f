import { describe, expect, it } from "vitest";
import type { Viewer } from "#lib/access/viewer";
import { operator } from "#lib/auth/actors";
import { UNRESTRICTED } from "#lib/tokens/restrictions/restrictions";
import { DAY, delegation, holder, limits, NOON, policy, rules, service } from "#test/rules";
import { atBrowser, tokenRow } from "#test/token-rows";
import { planRotation, type RotationSubject } from "./plan-rotation";
import { standingOf } from "./standing";

const services = policy({
  id: "p-s",
  name: "Services",
  members: { everyone: false, groupIds: [], serviceAccounts: true },
  create: "no",
  own: null,
});
const issued = { grantBy: "delegation" as const, delegationId: "d-integrations", delegationName: "Integrations" };
const admin = atBrowser("u-eve", { role: "admin", groupIds: ["g-admins"] });
const standard = rules({ policies: [policy(), services], delegations: [delegation()] });

function plan(
  viewer: Viewer,
  some: Partial<Omit<RotationSubject, "viewer">> & { maintains?: boolean } = {},
  now = NOON + DAY,
) {
  const owner = some.owner ?? holder();
  const all = some.rules ?? standard;
  const standing = standingOf(viewer, owner, some.maintains ?? false, all);
  return planRotation({ viewer, row: tokenRow(), owner, standing, rules: all, ...some }, now);
}
const codeOf = (result: ReturnType<typeof plan>) => (result.ok ? "planned" : result.refusal.code);

describe("rotating one's own token", () => {
  it("keeps everything but the end, which is a new term", () => {
    const row = tokenRow({
      description: "Nightly",
      contact: "ops",
      ipRanges: ["10.0.0.0/8"],
      allApplications: true,
      applications: [],
    });
    expect(plan(atBrowser("u-ada"), { row })).toEqual({
      ok: true,
      value: {
        description: "Nightly",
        contact: "ops",
        applications: "all",
        access: "write",
        ipRanges: ["10.0.0.0/8"],
        expiresAt: NOON + 31 * DAY,
        narrowing: UNRESTRICTED,
      },
    });
  });

  it("keeps what narrows it, at the highest at the rate that is allowed today", () => {
    const narrowing = {
      headerConditions: [{ name: "x-team", value: "a" }],
      pathRules: ["GET /rest/**"],
      timeWindow: { zone: "UTC", days: ["mon" as const], from: "06:00", to: "20:00" },
      rateLimit: { perMinute: 900, burst: 20 },
    };
    const slow = rules({ policies: [policy({ own: limits({ maxRatePerMinute: 600 }) })] });
    expect(plan(atBrowser("u-ada"), { row: tokenRow(narrowing) })).toMatchObject({ value: { narrowing } });
    expect(plan(atBrowser("u-ada"), { row: tokenRow(narrowing), rules: slow })).toMatchObject({
      value: { narrowing: { ...narrowing, rateLimit: { perMinute: 600, burst: 20 } } },
    });
    expect(plan(atBrowser("u-ada"), { rules: slow })).toMatchObject({
      value: { narrowing: { rateLimit: { perMinute: 600, burst: 600 } } },
    });
  });

  it("needs a tier that lets create, and use", () => {
    for (const tier of [{ create: "no" as const }, { use: false }]) {
      expect(codeOf(plan(atBrowser("u-ada"), { rules: rules({ policies: [policy(tier)] }) }))).toBe("not_granted");
    }
  });

  it("is possible although the tier allows less by now: that is judged at every verification", () => {
    const narrow = rules({ policies: [policy({ own: limits({ access: "read", applications: ["wiki"] }) })] });
    expect(plan(atBrowser("u-ada"), { rules: narrow })).toMatchObject({
      value: { access: "write", applications: ["jira"] },
    });
  });

  it("asks again for purpose, contact and addresses, where the tier wants them by now", () => {
    for (const wanted of [{ requirePurpose: true }, { requireContact: true }, { requireRanges: true }]) {
      expect(codeOf(plan(atBrowser("u-ada"), { rules: rules({ policies: [policy({ own: limits(wanted) })] }) }))).toBe(
        "limit_exceeded",
      );
    }
  });

  it("takes no new term without the approval that its tier asks for by now; an issued one keeps its date and needs none", () => {
    const asked = limits({ approval: "always" });
    const strict = rules({ policies: [policy({ own: asked }), services], delegations: [delegation({ issue: asked })] });
    expect(codeOf(plan(atBrowser("u-ada"), { rules: strict }))).toBe("approval_required");
    expect(codeOf(plan(atBrowser("u-ada"), { rules: strict, row: tokenRow(issued) }))).toBe("planned");
  });

  it("for the portal itself needs presence to write", () => {
    const row = tokenRow({ applications: ["latchkey"] });
    expect(codeOf(plan(atBrowser("u-ada"), { row }))).toBe("step_up_required");
    expect(codeOf(plan(atBrowser("u-ada", { steppedUpAt: NOON + DAY }), { row }))).toBe("planned");
    expect(codeOf(plan(operator(), { row }))).toBe("forbidden");
  });

  it("of a pair is done once", () => {
    const row = tokenRow({ supersededAt: new Date(NOON), overlapEndsAt: new Date(NOON + 9 * DAY) });
    expect(codeOf(plan(atBrowser("u-ada"), { row }))).toBe("stale");
  });
});

describe("rotating somebody else's", () => {
  const everybody = delegation({
    powers: ["issue", "end"],
    scope: { everyone: true, groupIds: [], serviceAccounts: true },
  });

  it("own token is nobody's business but the operator's", () => {
    const all = rules({ policies: [policy(), services], delegations: [everybody] });
    expect(codeOf(plan(admin, { rules: all }))).toBe("forbidden");
    expect(codeOf(plan(operator(), { rules: all }))).toBe("planned");
  });

  it("issued token is for who could issue it now, under the same delegation", () => {
    const bot = { owner: service(), row: tokenRow(issued) };
    expect(plan(admin, bot)).toMatchObject({ value: { expiresAt: NOON + 30 * DAY } });
    expect(codeOf(plan(admin, { ...bot, row: tokenRow({ ...issued, delegationId: "d-other" }) }))).toBe("not_granted");
    expect(codeOf(plan(atBrowser("u-eve", { role: "admin" }), bot))).toBe("not_granted");
    const hidden = rules({ policies: [services], delegations: [delegation({ showSecret: false })] });
    expect(plan(admin, { ...bot, rules: hidden })).toMatchObject({
      refusal: { code: "forbidden", detail: expect.stringContaining("one of its maintainers rotates it") },
    });
  });

  it("issued token of a person is for that person, who alone sees the new secret", () => {
    const all = rules({ policies: [policy()], delegations: [everybody] });
    expect(codeOf(plan(admin, { row: tokenRow(issued), rules: all }))).toBe("forbidden");
    expect(codeOf(plan(operator(), { row: tokenRow(issued), rules: all }))).toBe("planned");
  });

  it("is done in whichever way allows it by who maintains the account and is a delegate too", () => {
    const bot = { owner: service(), row: tokenRow(issued), maintains: true };
    expect(codeOf(plan(admin, bot))).toBe("planned");
    expect(codeOf(plan(atBrowser("u-mia"), bot))).toBe("not_granted");
    const creating = rules({ policies: [{ ...services, create: "yes", own: limits() }], delegations: [delegation()] });
    expect(codeOf(plan(atBrowser("u-mia"), { ...bot, rules: creating }))).toBe("planned");
  });

  it("is never done for somebody above oneself, maintainers included", () => {
    const owner = service({ role: "admin" });
    const creating = rules({ policies: [{ ...services, create: "yes", own: limits() }], delegations: [everybody] });
    const row = tokenRow(issued);
    expect(codeOf(plan(atBrowser("u-mia"), { owner, row, maintains: true, rules: creating }))).toBe("forbidden");
    expect(codeOf(plan(atBrowser("u-mia"), { owner: service(), row, maintains: true, rules: creating }))).toBe(
      "planned",
    );
    expect(codeOf(plan(atBrowser("u-desk", { groupIds: ["g-admins"] }), { owner, row, rules: creating }))).toBe(
      "forbidden",
    );
  });
});

describe("a holder of an issued token", () => {
  const all = rules({ policies: [policy()], delegations: [delegation()] });

  it("rotates it while their tier lets create, and keeps its date", () => {
    expect(plan(atBrowser("u-ada"), { row: tokenRow(issued), rules: all })).toMatchObject({
      value: { expiresAt: NOON + 30 * DAY },
    });
  });

  it("cannot once its delegation is gone", () => {
    expect(codeOf(plan(atBrowser("u-ada"), { row: tokenRow({ ...issued, delegationId: "d-gone" }), rules: all }))).toBe(
      "not_granted",
    );
  });
});
