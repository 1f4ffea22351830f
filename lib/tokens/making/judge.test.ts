import { describe, expect, it } from "vitest";
import { issueAllowance, ownAllowance } from "#lib/policies/allowance";
import type { Limits } from "#lib/policies/limits";
import { tierOf } from "#lib/policies/tier";
import { UNRESTRICTED } from "#lib/tokens/restrictions/restrictions";
import { DAY, delegation, holder, limits, NOON, policy, rules, service } from "#test/rules";
import { judge } from "./judge";
import { refusalOf } from "./objection";
import type { Circumstances, Wish } from "./wish";

const wish = (some: Partial<Wish> = {}): Wish => ({
  description: "",
  contact: "",
  applications: ["jira"],
  access: "write",
  ipRanges: [],
  expiresAt: NOON + 30 * DAY,
  narrowing: UNRESTRICTED,
  ...some,
});

const networks = [{ name: "office", ranges: ["192.0.2.0/24"] }];
const around = (some: Partial<Circumstances> = {}): Circumstances => ({
  now: NOON,
  bornAt: NOON,
  networks: new Map(networks.map((each) => [each.name, each])),
  applications: new Set(["jira", "wiki", "latchkey"]),
  active: { own: 0, issued: 0, held: 0 },
  ...some,
});

function under(own: Partial<Limits>, ceiling: Parameters<typeof policy>[0] = {}) {
  const all = rules({ policies: [policy({ name: "Developers", own: limits(own), ...ceiling })], networks });
  const allowance = ownAllowance(holder(), tierOf(holder(), all.policies), all);
  if (allowance === null) throw new Error("the tier has own limits");
  return allowance;
}

/** `code path: message`, one for each objection. */
const said = (some: Partial<Wish>, allowance = under({}), circumstances = around(), override = false) =>
  judge(wish(some), allowance, circumstances, override).map(
    ({ code, error }) => `${code} ${error.path}: ${error.message}`,
  );

describe("a wish within its limits", () => {
  it("meets no objection", () => {
    expect(said({})).toEqual([]);
    expect(said({ applications: "all", ipRanges: ["office", "10.0.0.0/8"], expiresAt: NOON + 90 * DAY })).toEqual([]);
    expect(said({ applications: ["latchkey"] })).toEqual([]);
  });
});

describe("more than is allowed is refused with its source:", () => {
  it.each<[string, Partial<Wish>, Partial<Limits>, string]>([
    ["access", {}, { access: "read" }, "limit_exceeded access: Only reading is allowed: tier Developers."],
    [
      "an application",
      { applications: ["jira", "wiki"] },
      { applications: ["wiki"] },
      "limit_exceeded applications: jira is not among wiki: tier Developers.",
    ],
    [
      "all applications",
      { applications: "all" },
      { applications: ["wiki"] },
      "limit_exceeded applications: Name applications out of wiki: tier Developers.",
    ],
    [
      "addresses",
      { ipRanges: ["192.0.0.0/16"] },
      { ranges: ["office"] },
      "limit_exceeded ipRanges: Addresses must lie in office: tier Developers.",
    ],
    [
      "addresses not said",
      {},
      { requireRanges: true },
      "limit_exceeded ipRanges: Say from which addresses it is used: tier Developers.",
    ],
    [
      "everywhere in two halves",
      { ipRanges: ["0.0.0.0/1", "128.0.0.0/1"] },
      { requireRanges: true },
      "limit_exceeded ipRanges: Say from which addresses it is used: tier Developers.",
    ],
    ["no purpose", {}, { requirePurpose: true }, "limit_exceeded description: Say what uses it: tier Developers."],
    ["no contact", {}, { requireContact: true }, "limit_exceeded contact: Say whom to call about it: tier Developers."],
    [
      "a millisecond",
      { expiresAt: NOON + 30 * DAY + 1 },
      { maxLifetimeDays: 30 },
      "limit_exceeded expiresAt: At most 30 days, until 22 Dec 2026, 12:00 UTC: tier Developers.",
    ],
    [
      "never ending",
      { expiresAt: null },
      {},
      "limit_exceeded expiresAt: At most 90 days, until 20 Feb 2027, 12:00 UTC: tier Developers.",
    ],
  ])("%s", (_, some, own, sentence) => expect(said(some, under(own))).toEqual([sentence]));

  it("a ceiling is named as a ceiling", () => {
    expect(said({}, under({}, { ceiling: { access: "read" } }))).toEqual([
      "limit_exceeded access: Only reading is allowed: the ceiling of tier Developers.",
    ]);
  });

  it("own ranges may be left out where they are not required, since the tier's hold live", () => {
    expect(said({}, under({ ranges: ["office"] }))).toEqual([]);
    expect(said({ ipRanges: ["192.0.2.7"] }, under({ ranges: ["office"], requireRanges: true }))).toEqual([]);
  });
});

describe("what does not exist or lies in the past", () => {
  it("is wrong input, not a matter of limits", () => {
    expect(said({ applications: ["jira", "nope"] })).toEqual([
      "invalid_input applications: There is no application nope.",
    ]);
    expect(said({ ipRanges: ["gone"] })).toEqual(["invalid_input ipRanges: There is no network gone."]);
    expect(said({ expiresAt: NOON })).toEqual(["invalid_input expiresAt: This lies in the past: choose a later date."]);
  });
});

describe("lifetime counts from the birth of the secret", () => {
  it("so that editing cannot creep past it", () => {
    const later = around({ now: NOON + 60 * DAY });
    expect(said({ expiresAt: NOON + 90 * DAY }, under({}), later)).toEqual([]);
    expect(said({ expiresAt: NOON + 91 * DAY }, under({}), later)).toHaveLength(1);
  });
});

describe("quota", () => {
  const full = (active: Partial<Circumstances["active"]>) =>
    around({ active: { own: 0, issued: 0, held: 0, ...active } });

  it("is reached at the last place, not before", () => {
    expect(said({}, under({ maxActive: 2 }), full({ own: 1 }))).toEqual([]);
    expect(said({}, under({ maxActive: 2 }), full({ own: 2 }))).toEqual([
      "quota_exceeded : 2 of 2 active tokens of your own exist already; revoke one first: tier Developers.",
    ]);
  });

  it("of a tier counts own tokens only, of a ceiling all that are held", () => {
    expect(said({}, under({ maxActive: 2 }), full({ issued: 9, held: 9 }))).toEqual([]);
    expect(said({}, under({}, { ceiling: { maxActive: 2 } }), full({ own: 1, held: 2 }))).toHaveLength(1);
  });
});

describe("approval", () => {
  const rule = { whenWrite: false, whenLongerThanDays: null, whenNoRanges: false };
  it.each<[Limits["approval"], Partial<Wish>, boolean]>([
    ["never", {}, false],
    ["always", { access: "read" }, true],
    [{ ...rule, whenWrite: true }, {}, true],
    [{ ...rule, whenWrite: true }, { access: "read" }, false],
    [{ ...rule, whenLongerThanDays: 30 }, {}, false],
    [{ ...rule, whenLongerThanDays: 30 }, { expiresAt: NOON + 30 * DAY + 1 }, true],
    [{ ...rule, whenLongerThanDays: 30 }, { expiresAt: null }, true],
    [{ ...rule, whenNoRanges: true }, {}, true],
    [{ ...rule, whenNoRanges: true }, { ipRanges: ["office"] }, false],
    [{ ...rule, whenNoRanges: true }, { ipRanges: ["::/0"] }, true],
  ])("%j for %j is needed: %s", (approval, some, needed) => {
    const sentences = said(some, under({ approval, maxLifetimeDays: null }));
    expect(sentences).toEqual(
      needed ? ["approval_required : This needs approval, which cannot be asked for here yet: tier Developers."] : [],
    );
  });
});

describe("under a delegation", () => {
  it("latchkey is never reached, and all means all but latchkey", () => {
    const allowance = issueAllowance(delegation(), service(), rules());
    expect(said({ applications: ["latchkey"] }, allowance)).toEqual([
      "limit_exceeded applications: A token for the portal itself is only ever made by its owner: delegation Integrations.",
    ]);
    expect(said({ applications: "all", expiresAt: null }, allowance)).toEqual([]);
  });
});

describe("the operator's override", () => {
  it("passes what is judged when made, and nothing that is judged live or simply wrong", () => {
    const strict = under({
      maxLifetimeDays: 1,
      maxActive: 0,
      requirePurpose: true,
      requireContact: true,
      requireRanges: true,
      approval: "always",
      access: "read",
      applications: ["wiki"],
      ranges: ["office"],
    });
    const wide = { ipRanges: ["10.0.0.0/8"], expiresAt: null };
    const codes = judge(wish(wide), strict, around(), true).map(({ error }) => error.path);
    expect(codes).toEqual(["applications", "access", "ipRanges"]);
    expect(said({ expiresAt: NOON - 1 }, under({}), around(), true)).toHaveLength(1);
  });
});

describe("several objections", () => {
  it("are one refusal: the weightiest gives the code, all are listed", () => {
    const objections = judge(
      wish({ applications: ["nope"], expiresAt: null }),
      under({ access: "read", approval: "always", maxActive: 0 }),
      around(),
    );
    const refused = refusalOf(objections);
    expect(refused).toMatchObject({ refusal: { code: "invalid_input", detail: "There is no application nope." } });
    expect(refused?.ok === false && refused.refusal.errors.map(({ path }) => path)).toEqual([
      "applications",
      "access",
      "expiresAt",
      "",
      "",
    ]);
    expect(refusalOf([])).toBeNull();
  });
});
