import { describe, expect, it } from "vitest";
import { operator, tokenViewer } from "#lib/auth/actors";
import { UNRESTRICTED } from "#lib/tokens/restrictions/restrictions";
import { DAY, delegation, holder, limits, NOON, policy, rules, service } from "#test/rules";
import { atBrowser } from "#test/token-rows";
import { type MakingSubject, planIssue, planOwn } from "./plan";

const wished = {
  ...{
    name: "backup",
    description: "",
    contact: "",
    labels: [],
    applications: ["jira"],
    access: "write" as const,
    ipRanges: [],
  },
  ...{ headerConditions: [], pathRules: [], timeWindow: null, rateLimit: null, override: false },
};
const services = policy({
  id: "p-s",
  name: "Services",
  members: { everyone: false, groupIds: [], serviceAccounts: true },
  create: "no",
  own: null,
});
const applications = [{ key: "jira" }, { key: "wiki" }, { key: "latchkey" }];
const admin = atBrowser("u-eve", { role: "admin", groupIds: ["g-admins"] });

const subject = (some: Partial<MakingSubject> = {}): MakingSubject => ({
  viewer: atBrowser("u-ada"),
  owner: holder(),
  rules: { ...rules({ policies: [policy(), services], delegations: [delegation()] }), applications },
  active: { own: 0, issued: 0, held: 0 },
  ...some,
});

const codeOf = (result: ReturnType<typeof planOwn>) => (result.ok ? "planned" : result.refusal.code);

describe("a plan for one's own token", () => {
  it("is the wish with its end worked out, under the tier of today", () => {
    expect(planOwn(wished, subject(), NOON)).toMatchObject({
      value: {
        wish: { expiresAt: NOON + 30 * DAY, applications: ["jira"] },
        allowance: { grant: { by: "tier" }, source: { name: "Everyone" } },
      },
    });
  });

  it("is refused with everything that is wrong at once", () => {
    const strict = {
      ...rules({ policies: [policy({ own: limits({ access: "read", requirePurpose: true, requireContact: true }) })] }),
      applications,
    };
    const refused = planOwn({ ...wished, expiresAt: null }, subject({ rules: strict }), NOON);
    expect(refused).toMatchObject({
      refusal: {
        code: "limit_exceeded",
        errors: [{ path: "access" }, { path: "description" }, { path: "contact" }, { path: "expiresAt" }],
      },
    });
  });

  it("asks for presence last, so that nobody confirms only to be refused", () => {
    const portal = { ...wished, applications: ["latchkey"] };
    const viewer = atBrowser("u-ada", { steppedUpAt: null });
    expect(codeOf(planOwn(portal, subject({ viewer }), NOON))).toBe("step_up_required");
    expect(codeOf(planOwn({ ...portal, expiresAt: null }, subject({ viewer }), NOON))).toBe("limit_exceeded");
  });

  it("ends no later than the token that makes it, unless it says an end of its own that is refused", () => {
    const { kind: _kind, sessionId: _session, steppedUpAt: _at, ...who } = atBrowser("u-ada");
    const what = {
      tokenId: "t",
      tokenName: "script",
      access: "write" as const,
      applications: ["jira"],
      ipRanges: [],
      narrowing: UNRESTRICTED,
      expiresAt: NOON + DAY,
    };
    const viewer = tokenViewer({ kind: "token", ...who, ...what });
    expect(planOwn(wished, subject({ viewer }), NOON)).toMatchObject({ value: { wish: { expiresAt: NOON + DAY } } });
    expect(codeOf(planOwn({ ...wished, expiresAt: NOON + 2 * DAY }, subject({ viewer }), NOON))).toBe("limit_exceeded");
  });
});

describe("a plan to issue", () => {
  const issue = { ...wished, delegation: "Integrations" };
  const forBot = subject({ viewer: admin, owner: service() });

  it("is made under the one delegation that is named", () => {
    expect(planIssue({ ...issue, expiresAt: null }, forBot, NOON)).toMatchObject({
      value: { wish: { expiresAt: null }, allowance: { grant: { by: "delegation", delegationId: "d-integrations" } } },
    });
  });

  it("with another name is refused with those that would do", () => {
    expect(planIssue({ ...issue, delegation: "Else" }, forBot, NOON)).toMatchObject({
      refusal: {
        code: "not_granted",
        detail: "No delegation Else lets you issue for bot; these do: Integrations.",
        errors: [{ path: "delegation" }],
      },
    });
  });

  it("for a person shows the secret to nobody but the operator: they get a link", () => {
    const persons = delegation({ scope: { everyone: true, groupIds: [], serviceAccounts: false } });
    const all = { ...rules({ delegations: [persons] }), applications };
    expect(planIssue(issue, subject({ viewer: admin, rules: all }), NOON)).toMatchObject({ value: { shown: false } });
    expect(planIssue(issue, subject({ viewer: operator(), rules: all }), NOON)).toMatchObject({
      value: { shown: true },
    });
  });

  it("for a service account shows it to the issuer where the delegation says so", () => {
    expect(planIssue(issue, forBot, NOON)).toMatchObject({ value: { shown: true } });
    const hidden = {
      ...rules({ policies: [services], delegations: [delegation({ showSecret: false })] }),
      applications,
    };
    expect(planIssue(issue, { ...forBot, rules: hidden }, NOON)).toMatchObject({ value: { shown: false } });
  });

  it("counts against the delegation's own quota", () => {
    const few = {
      ...rules({ policies: [services], delegations: [delegation({ issue: limits({ maxActive: 2 }) })] }),
      applications,
    };
    const counted = (issued: number) =>
      codeOf(planIssue(issue, { ...forBot, rules: few, active: { own: 0, issued, held: 9 } }, NOON));
    expect([counted(1), counted(2)]).toEqual(["planned", "quota_exceeded"]);
  });
});
