import { describe, expect, it } from "vitest";
import type { TokenViewer } from "#lib/access/viewer";
import { tokenViewer } from "#lib/auth/actors";
import { UNRESTRICTED } from "#lib/tokens/restrictions/restrictions";
import { DAY, delegation, holder, limits, NOON, policy, rules, service } from "#test/rules";
import { atBrowser, tokenRow } from "#test/token-rows";
import type { TokenRow } from "../row";
import { checkSecret } from "../secret";
import { type Claim, linkEnd, newClaimCode, type PendingSubject, permitsLink, planClaim } from "./claim";

const persons = delegation({
  id: "d-desk",
  name: "Desk",
  scope: { everyone: true, groupIds: [], serviceAccounts: false },
  issue: limits({ maxLifetimeDays: 30 }),
});
const pending = tokenRow({
  ...{ secretBornAt: null, hint: null, grantBy: "delegation", delegationId: "d-desk", delegationName: "Desk" },
  expiresAt: new Date(NOON + 20 * DAY),
});
const subject = (some: Partial<PendingSubject> = {}): PendingSubject => ({
  row: pending,
  owner: holder(),
  rules: rules({ policies: [policy()], delegations: [persons] }),
  ...some,
});
const open: Claim = { expiresAt: NOON + 7 * DAY, used: null, voided: null };
const plan = (claim: Partial<Claim> = {}, some: Partial<PendingSubject> = {}, now = NOON + DAY) =>
  planClaim(atBrowser("u-ada"), { ...open, ...claim }, subject(some), now);
const refused = (result: ReturnType<typeof plan>) =>
  result.ok ? "opened" : `${result.refusal.code}: ${result.refusal.detail}`;

const forServices = rules({
  policies: [policy({ members: { everyone: true, groupIds: [], serviceAccounts: true } })],
  delegations: [{ ...persons, scope: { everyone: true, groupIds: [], serviceAccounts: true } }],
});

describe("a code", () => {
  it("is long, never the same, goes into a fragment as it is, and is no secret", () => {
    const codes = Array.from({ length: 50 }, newClaimCode);
    expect(new Set(codes).size).toBe(50);
    for (const code of codes) {
      expect(code).toMatch(/^[\w-]{32}$/);
      expect(checkSecret(code, { prefix: "lk", retiredPrefixes: [] })).toBe("not ours");
    }
  });
});

describe("a link", () => {
  it("works for seven days, and never longer than its token", () => {
    expect(linkEnd(NOON, null)).toBe(NOON + 7 * DAY);
    expect(linkEnd(NOON, NOON + 90 * DAY)).toBe(NOON + 7 * DAY);
    expect(linkEnd(NOON, NOON + DAY)).toBe(NOON + DAY);
  });

  it("opens until its very end, and not at it", () => {
    expect(plan({}, {}, open.expiresAt - 1).ok).toBe(true);
    expect(refused(plan({}, {}, open.expiresAt))).toMatch(/^ended: This link has expired. Ask/);
  });

  it("says when and by whom it was opened, and what to do if that was somebody else", () => {
    const said = refused(plan({ used: { at: NOON, by: "ada" } }));
    expect(said).toMatch(/^ended: This link was opened already, by ada on 2026-11-22 12:00 UTC/);
    expect(said).toContain("revoke the token");
  });

  it("says why it was made void", () => {
    expect(refused(plan({ voided: { why: "a newer link took its place" } }))).toMatch(
      /^ended: This link was made void: a newer link took its place\. Ask/,
    );
  });
});

describe("the token behind it", () => {
  it.each([
    [{ revokedAt: new Date(NOON) }, /^ended: The token has been revoked/],
    [{ deniedAt: new Date(NOON) }, /^ended: The token was denied/],
    [{ expiresAt: new Date(NOON + DAY) }, /^ended: The token has reached its end/],
    [{ suspendedAt: new Date(NOON) }, /^forbidden: The token is suspended/],
    [{ secretBornAt: new Date(NOON) }, /^ended: The token has its secret already/],
  ])("that is no more pending gets no secret: %j", (some, said) => {
    expect(refused(plan({}, { row: { ...pending, ...some } }))).toMatch(said);
  });

  it("gets none for an owner who is deactivated, or whose tier lets no token be used", () => {
    expect(refused(plan({}, { owner: holder({ deactivatedAt: NOON }) }))).toMatch(/^forbidden: The owner/);
    for (const policies of [[], [policy({ use: false })]]) {
      const without = rules({ policies, delegations: [persons] });
      expect(refused(plan({}, { rules: without }))).toMatch(/^not_granted: The token would not work/);
    }
  });

  it("of a service account above its maintainer gives that maintainer no secret, as rotating gives none", () => {
    const rank = (owner: ReturnType<typeof service>) =>
      refused(planClaim(atBrowser("u-mia"), open, subject({ owner, rules: forServices }), NOON));
    expect(rank(service({ role: "admin" }))).toMatch(/^forbidden: bot has a role above yours/);
    expect(rank(service())).toBe("opened");
  });

  it("gets none once its delegation is gone", () => {
    expect(refused(plan({}, { rules: rules() }))).toMatch(/^not_granted: The delegation .* is gone/);
  });
});

describe("the end of a claimed token", () => {
  const under = (maxLifetimeDays: number | null) =>
    rules({ policies: [policy()], delegations: [{ ...persons, issue: limits({ maxLifetimeDays }) }] });

  it("is the one that was chosen, whenever the link is opened", () => {
    for (const now of [NOON, NOON + 6 * DAY])
      expect(plan({}, {}, now)).toMatchObject({ ok: true, value: { expiresAt: NOON + 20 * DAY } });
    const never = { ...pending, expiresAt: null };
    expect(plan({}, { row: never, rules: under(null) })).toMatchObject({ ok: true, value: { expiresAt: null } });
  });

  it("is never later than the delegation's limit of today, counted from the secret's birth", () => {
    const now = NOON + DAY;
    expect(plan({}, { rules: under(3) }, now)).toMatchObject({ ok: true, value: { expiresAt: now + 3 * DAY } });
    const never = { ...pending, expiresAt: null };
    expect(plan({}, { row: never }, now)).toMatchObject({ ok: true, value: { expiresAt: now + 30 * DAY } });
  });

  it("is held to the holder's ceiling too", () => {
    const low = rules({ policies: [policy({ ceiling: { maxLifetimeDays: 2 } })], delegations: [persons] });
    expect(plan({}, { rules: low }, NOON)).toMatchObject({ ok: true, value: { expiresAt: NOON + 2 * DAY } });
  });

  it("goes with a rate no higher than the delegation's of today, whatever was said when it was issued", () => {
    const at = (maxRatePerMinute: number | null, row: Partial<TokenRow>) => {
      const all = rules({ policies: [policy()], delegations: [{ ...persons, issue: limits({ maxRatePerMinute }) }] });
      const planned = plan({}, { row: { ...pending, ...row }, rules: all });
      return planned.ok ? planned.value.rateLimit : planned.refusal.code;
    };
    expect(at(null, {})).toBeNull();
    expect(at(60, {})).toEqual({ perMinute: 60, burst: 60 });
    expect(at(60, { rateLimit: { perMinute: 900, burst: 5 } })).toEqual({ perMinute: 60, burst: 5 });
    expect(at(null, { rateLimit: { perMinute: 900, burst: 5 } })).toEqual({ perMinute: 900, burst: 5 });
  });
});

describe("a new link", () => {
  const admin = atBrowser("u-eve", { role: "admin", groupIds: ["g-admins"] });
  const codeOf = (...[viewer, some = {}]: [Parameters<typeof permitsLink>[0], Partial<PendingSubject>?]) => {
    const result = permitsLink(viewer, subject(some), NOON);
    return result.ok ? "permitted" : result.refusal.code;
  };

  it("is made by who could issue the token now, under the same delegation", () => {
    expect(codeOf(admin)).toBe("permitted");
    expect(codeOf(atBrowser("u-eve", { role: "admin" }))).toBe("not_granted");
    expect(codeOf(admin, { row: { ...pending, delegationId: "d-other" } })).toBe("not_granted");
    expect(codeOf(atBrowser("u-ada", { role: "admin", groupIds: ["g-admins"] }))).toBe("not_granted");
  });

  it("is made by no script for a token that is wider than the script's own", () => {
    const { userId, username, displayName, role, groupIds, address } = admin;
    const who = { userId, username, displayName, role, groupIds, address, tokenId: "t-9", tokenName: "ci" };
    const script = (some: Partial<TokenViewer> = {}) =>
      tokenViewer({
        ...{ kind: "token", ...who, access: "write", applications: ["jira", "latchkey"], ipRanges: [] },
        ...{ narrowing: UNRESTRICTED, expiresAt: null, ...some },
      });
    expect(codeOf(script())).toBe("permitted");
    expect(codeOf(script({ access: "read" }))).toBe("limit_exceeded");
    expect(codeOf(script({ applications: ["latchkey"] }))).toBe("limit_exceeded");
    expect(codeOf(script({ ipRanges: ["10.0.0.0/8"] }))).toBe("limit_exceeded");
    expect(codeOf(script({ expiresAt: NOON + DAY }))).toBe("limit_exceeded");
    const narrowing = { ...UNRESTRICTED, pathRules: ["GET /**"] };
    expect(codeOf(script({ narrowing }))).toBe("limit_exceeded");
  });

  it("is never made for somebody above oneself, for who is deactivated, or for a token that has its secret", () => {
    const desk = atBrowser("u-desk", { groupIds: ["g-admins"] });
    expect(codeOf(desk, { owner: holder({ role: "admin" }) })).toBe("forbidden");
    expect(codeOf(admin, { owner: holder({ deactivatedAt: NOON }) })).toBe("forbidden");
    expect(codeOf(admin, { row: { ...pending, secretBornAt: new Date(NOON) } })).toBe("ended");
    expect(codeOf(admin, { owner: service(), row: pending })).toBe("not_granted");
  });
});
