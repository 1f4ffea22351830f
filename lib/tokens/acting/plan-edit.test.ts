import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Viewer } from "#lib/access/viewer";
import { operator } from "#lib/auth/actors";
import type { Access } from "#lib/policies/limits";
import { anyRestrictions } from "#test/arbitraries";
import { DAY, delegation, holder, limits, NOON, policy, rules } from "#test/rules";
import { atBrowser, tokenRow } from "#test/token-rows";
import { type Reach, widenings } from "../making/widening";
import { type Changes, type EditSubject, planEdit } from "./plan-edit";
import { standingOf } from "./standing";

const ada = atBrowser("u-ada");
const eve = atBrowser("u-eve", { role: "admin", groupIds: ["g-admins"] });
const world = (some: Parameters<typeof rules>[0] = {}) => ({
  ...rules({ policies: [policy()], delegations: [delegation({ powers: ["manage"] })], ...some }),
  applications: [{ key: "jira" }, { key: "wiki" }],
});
const issued = { grantBy: "delegation" as const, delegationId: "d-integrations", delegationName: "Integrations" };

function plan(viewer: Viewer, changes: Changes, some: Partial<EditSubject> & { maintains?: boolean } = {}, now = NOON) {
  const owner = some.owner ?? holder();
  const all = some.rules ?? world();
  const standing = standingOf(viewer, owner, some.maintains ?? false, all);
  return planEdit({ viewer, row: tokenRow(), owner, standing, rules: all, ...some }, changes, now);
}
const codeOf = (result: ReturnType<typeof plan>) => (result.ok ? "planned" : result.refusal.code);

describe("who edits a token", () => {
  const narrower = { access: "read" as const };

  it("is whoever holds it, the operator, and who may manage the owner's tokens", () => {
    const everybody = delegation({
      powers: ["manage"],
      scope: { everyone: true, groupIds: [], serviceAccounts: true },
    });
    const all = world({ delegations: [everybody] });
    for (const viewer of [ada, operator(), eve]) expect(codeOf(plan(viewer, narrower, { rules: all }))).toBe("planned");
  });

  it("is nobody by their role alone, or by another power", () => {
    const ends = delegation({
      powers: ["end", "issue"],
      scope: { everyone: true, groupIds: [], serviceAccounts: true },
    });
    expect(codeOf(plan(eve, narrower, { rules: world({ delegations: [ends] }) }))).toBe("forbidden");
    expect(codeOf(plan(atBrowser("u-bob"), narrower))).toBe("forbidden");
  });

  it("finds nothing to edit in what has ended or has a successor", () => {
    expect(codeOf(plan(ada, narrower, { row: tokenRow({ expiresAt: new Date(NOON) }) }))).toBe("ended");
    const row = tokenRow({ supersededAt: new Date(NOON), overlapEndsAt: new Date(NOON + DAY) });
    expect(codeOf(plan(ada, narrower, { row }))).toBe("stale");
  });

  it("is nobody where this version cannot read what narrows the token: what it keeps would be lost", () => {
    for (const strange of [{ rateLimit: { perMinute: "often" } }, { restrictions: ["ip_ranges", "geo"] }]) {
      const row = tokenRow(strange);
      for (const viewer of [ada, operator()]) expect(codeOf(plan(viewer, { name: "x" }, { row }))).toBe("forbidden");
    }
    expect(codeOf(plan(ada, { name: "x" }, { row: tokenRow({ restrictions: ["path_rules"] }) }))).toBe("planned");
  });
});

describe("widening", () => {
  it("is the owner's alone, as far as they could make it today", () => {
    const row = tokenRow({ access: "read" });
    expect(codeOf(plan(ada, { access: "write" }, { row }))).toBe("planned");
    expect(codeOf(plan(operator(), { access: "write" }, { row }))).toBe("planned");
    const reading = world({ policies: [policy({ own: limits({ access: "read" }) })] });
    expect(codeOf(plan(ada, { access: "write" }, { row, rules: reading }))).toBe("limit_exceeded");
    const all = world({
      delegations: [delegation({ powers: ["manage"], scope: { everyone: true, groupIds: [], serviceAccounts: true } })],
    });
    expect(codeOf(plan(eve, { access: "write" }, { row, rules: all }))).toBe("forbidden");
  });

  it("needs a tier that lets create, which narrowing does not", () => {
    const rulesOf = world({ policies: [policy({ create: "no" })] });
    const row = tokenRow({ access: "read" });
    expect(codeOf(plan(ada, { access: "write" }, { row, rules: rulesOf }))).toBe("not_granted");
    expect(codeOf(plan(ada, { applications: ["jira"], name: "x" }, { row, rules: rulesOf }))).toBe("planned");
  });

  it("never opens a token that was issued, not even for its holder", () => {
    const row = tokenRow({ ...issued, access: "read", ipRanges: ["10.0.0.0/8"] });
    expect(codeOf(plan(ada, { access: "write" }, { row }))).toBe("limit_exceeded");
    expect(codeOf(plan(ada, { ipRanges: [] }, { row }))).toBe("limit_exceeded");
    expect(codeOf(plan(ada, { ipRanges: ["10.1.0.0/16"] }, { row }))).toBe("planned");
  });

  it("counts the lifetime from the secret's birth, so that no edit creeps past it", () => {
    const { createdAt } = tokenRow();
    const most = limits().maxLifetimeDays ?? 0;
    const last = createdAt.getTime() + most * DAY;
    const at = createdAt.getTime() + 5 * DAY;
    expect(codeOf(plan(ada, { expiresAt: last }, {}, at))).toBe("planned");
    expect(codeOf(plan(ada, { expiresAt: last + DAY }, {}, at))).toBe("limit_exceeded");
  });

  it("minds no rate that was too high or missing before a tier limited it, but none becomes higher than that", () => {
    const slow = world({ policies: [policy({ own: limits({ maxRatePerMinute: 60 }) })] });
    const rate = (perMinute: number) => ({ perMinute, burst: 10 });
    for (const before of [null, rate(100)]) {
      const row = tokenRow({ access: "read", rateLimit: before });
      expect(codeOf(plan(ada, { access: "write" }, { row, rules: slow }))).toBe("planned");
      expect(codeOf(plan(ada, { access: "write", rateLimit: rate(60) }, { row, rules: slow }))).toBe("planned");
    }
    for (const [before, after] of [
      [rate(100), rate(101)],
      [rate(100), null],
      [rate(60), rate(61)],
      [rate(60), null],
    ] as const) {
      const row = tokenRow({ access: "read", rateLimit: before });
      expect(codeOf(plan(ada, { rateLimit: after }, { row, rules: slow }))).toBe("limit_exceeded");
      expect(codeOf(plan(ada, { access: "write", rateLimit: after }, { row, rules: slow }))).toBe("limit_exceeded");
    }
  });

  it("asks for the approval that making it would need", () => {
    const approval = { whenWrite: true, whenLongerThanDays: null, whenNoRanges: false };
    const asks = world({ policies: [policy({ own: limits({ approval }) })] });
    expect(codeOf(plan(ada, { access: "write" }, { row: tokenRow({ access: "read" }), rules: asks }))).toBe(
      "approval_required",
    );
  });
});

describe("what makes no sense", () => {
  it("is refused whoever asks: what does not exist, and an end that is over", () => {
    for (const viewer of [ada, operator()]) {
      expect(codeOf(plan(viewer, { applications: ["nowhere"] }))).toBe("invalid_input");
      expect(codeOf(plan(viewer, { ipRanges: ["no-such-network"] }))).toBe("invalid_input");
      expect(codeOf(plan(viewer, { expiresAt: NOON }))).toBe("invalid_input");
    }
  });

  it("does not let a purpose be taken away that the tier asks for, and minds none that was missing before", () => {
    const asks = world({ policies: [policy({ own: limits({ requirePurpose: true, requireContact: true }) })] });
    const row = tokenRow({ description: "Nightly", contact: "" });
    expect(codeOf(plan(ada, { description: "" }, { row, rules: asks }))).toBe("limit_exceeded");
    expect(codeOf(plan(ada, { name: "other" }, { row, rules: asks }))).toBe("planned");
  });
});

describe("an edit by anybody but the owner", () => {
  const reach = fc.record({
    applications: fc.constantFrom<"all" | string[]>("all", ["jira"], ["wiki"], ["jira", "wiki"]),
    access: fc.constantFrom<Access>("read", "write"),
    ipRanges: fc.constantFrom<string[]>([], ["10.0.0.0/8"], ["10.1.0.0/16"], ["192.0.2.0/24"]),
    expiresAt: fc.constantFrom<number | null>(null, NOON + DAY, NOON + 2 * DAY),
    narrowing: anyRestrictions,
  });
  const changesTo = ({ narrowing, ...rest }: Reach): Changes => ({ ...rest, ...narrowing });
  const rowOf = ({ applications, expiresAt, narrowing, ...rest }: Reach) =>
    tokenRow({
      ...rest,
      ...narrowing,
      allApplications: applications === "all",
      applications: applications === "all" ? [] : applications,
      expiresAt: expiresAt === null ? null : new Date(expiresAt),
    });
  const name = { kind: "token", name: "t" } as const;

  it("passes exactly where it widens nothing", () => {
    const scope = { everyone: true, groupIds: [], serviceAccounts: true };
    const all = world({ delegations: [delegation({ powers: ["manage"], scope })] });
    fc.assert(
      fc.property(reach, reach, (before, after) => {
        const row = rowOf(before);
        const wider = widenings(before, after, all.networks, name).length > 0;
        expect(codeOf(plan(eve, changesTo(after), { row, rules: all })) === "planned").toBe(!wider);
      }),
      { numRuns: 2_000 },
    );
  });
});
