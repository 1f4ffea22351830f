import { describe, expect, it } from "vitest";
import { parseAddress } from "#lib/networks/address";
import type { Rules } from "#lib/policies/rules";
import { DAY, delegation, holder, limits, NOON, policy, rules, service, token } from "#test/rules";
import type { Token } from "../token";
import { effectiveAccess } from "./effective";
import { accessOf, waysFrom, waysTo } from "./way";

type Ask = { owner?: ReturnType<typeof holder>; now?: number; app?: string; from?: string | null };

/** What a request to an application from an address may do; `null` nothing. */
function may(
  some: Partial<Token>,
  all: Rules,
  { owner = holder(), now = NOON, app = "jira", from = "192.0.2.1" }: Ask = {},
) {
  const effective = effectiveAccess(token(some), owner, all, now);
  if (!effective.use) return null;
  return accessOf(waysFrom(waysTo(effective.ways, app), from === null ? null : parseAddress(from)));
}

const issued = { grant: { by: "delegation" as const, delegationId: "d-integrations" } };

describe("under its owner's own tier, a token", () => {
  it("may the least of itself and the tier of today", () => {
    expect(may({}, rules())).toBe("write");
    expect(may({ access: "read" }, rules())).toBe("read");
    expect(may({}, rules({ policies: [policy({ own: limits({ access: "read" }) })] }))).toBe("read");
  });

  it("may nothing without use, without own limits, or without any tier", () => {
    expect(may({}, rules({ policies: [policy({ use: false })] }))).toBeNull();
    expect(may({}, rules({ policies: [policy({ create: "no", own: null })] }))).toBeNull();
    expect(may({}, rules({ policies: [] }))).toBeNull();
  });

  it("goes on without the right to create more", () => {
    expect(may({}, rules({ policies: [policy({ create: "no" })] }))).toBe("write");
  });

  it("reaches only applications that both name", () => {
    const all = rules({ policies: [policy({ own: limits({ applications: ["wiki", "latchkey"] }) })] });
    expect(may({ applications: ["jira", "wiki"] }, all)).toBeNull();
    expect(may({ applications: ["jira", "wiki"] }, all, { app: "wiki" })).toBe("write");
    expect(may({ applications: "all" }, all, { app: "wiki" })).toBe("write");
    expect(may({ applications: "all" }, all, { app: "jira" })).toBeNull();
    expect(may({ applications: "all" }, all, { app: "latchkey" })).toBeNull();
    expect(may({ applications: ["latchkey"] }, all, { app: "latchkey" })).toBe("write");
  });

  it("that says all never reaches latchkey, although the tier's all does", () => {
    expect(may({ applications: "all" }, rules(), { app: "latchkey" })).toBeNull();
    expect(may({ applications: ["latchkey"] }, rules(), { app: "latchkey" })).toBe("write");
  });

  it("works only from where token, tier and ceiling all allow", () => {
    const tier = policy({ own: limits({ ranges: ["office"] }), ceiling: { ranges: ["192.0.2.0/25"] } });
    const all = rules({ policies: [tier], networks: [{ name: "office", ranges: ["192.0.2.0/24"] }] });
    expect(may({}, all, { from: "192.0.2.1" })).toBe("write");
    expect(may({}, all, { from: "192.0.2.200" })).toBeNull();
    expect(may({ ipRanges: ["192.0.2.7"] }, all, { from: "192.0.2.1" })).toBeNull();
    expect(may({ ipRanges: ["192.0.2.7"] }, all, { from: "::ffff:192.0.2.7" })).toBe("write");
    expect(may({}, all, { from: null })).toBeNull();
    expect(may({}, rules(), { from: null })).toBe("write");
  });

  it("works from nowhere when a network it names does not exist", () => {
    expect(may({ ipRanges: ["gone"] }, rules())).toBeNull();
    expect(may({ ipRanges: ["gone", "0.0.0.0/0"] }, rules())).toBeNull();
    expect(may({}, rules({ policies: [policy({ own: limits({ ranges: ["gone"] }) })] }))).toBeNull();
  });
});

describe("under a delegation, a token", () => {
  const servicesTier = policy({
    name: "Services",
    members: { everyone: false, groupIds: [], serviceAccounts: true },
    create: "no",
    own: null,
  });
  const with_ = (some: Parameters<typeof delegation>[0] = {}, tier = servicesTier) =>
    rules({ policies: [tier], delegations: [delegation(some)] });
  const owner = service();

  it("needs no own limits of its holder, but the holder's use", () => {
    expect(may(issued, with_(), { owner })).toBe("write");
    expect(may(issued, with_({}, { ...servicesTier, use: false }), { owner })).toBeNull();
    expect(may(issued, rules({ policies: [], delegations: [delegation()] }), { owner })).toBeNull();
  });

  it("may the least of itself, the delegation, and the ceilings of holder and installation", () => {
    expect(may(issued, with_({ issue: limits({ access: "read" }) }), { owner })).toBe("read");
    expect(may(issued, with_({}, { ...servicesTier, ceiling: { access: "read" } }), { owner })).toBe("read");
    expect(may(issued, with_({}, { ...servicesTier, ceiling: { applications: ["wiki"] } }), { owner })).toBeNull();
    const whole = rules({
      policies: [servicesTier],
      delegations: [delegation()],
      ceilings: { serviceAccounts: { access: "read" } },
    });
    expect(may(issued, whole, { owner })).toBe("read");
  });

  it("never reaches latchkey, whatever token and delegation say", () => {
    for (const applications of ["all", ["latchkey"]] as const) {
      for (const allowed of ["all", ["latchkey", "jira"]] as const) {
        const all = with_({ issue: limits({ applications: allowed }) });
        expect(may({ ...issued, applications }, all, { owner, app: "latchkey" })).toBeNull();
      }
    }
  });

  it("may nothing once the delegation is deleted", () => {
    expect(may(issued, rules({ policies: [servicesTier] }), { owner })).toBeNull();
  });

  it("is not held to its holder's own limits", () => {
    const all = rules({ policies: [policy({ own: limits({ access: "read" }) })], delegations: [delegation()] });
    expect(may(issued, all)).toBe("write");
  });
});

describe("a waiver", () => {
  const keeps = (
    some: Partial<{ access: "read" | "write"; applications: string[] | "all"; ipRanges: string[] }> = {},
  ) => ({
    until: NOON + DAY,
    keeps: { access: "write" as const, applications: ["jira"], ipRanges: [], ...some },
  });
  const tightened = rules({ policies: [policy({ own: limits({ access: "read", ranges: ["192.0.2.0/24"] }) })] });

  it("lets through until its end what grant or ceiling now refuse, and not a millisecond longer", () => {
    expect(may({ waiver: keeps() }, tightened, { now: NOON + DAY - 1 })).toBe("write");
    expect(may({ waiver: keeps() }, tightened, { now: NOON + DAY })).toBe("read");
    expect(may({ waiver: keeps(), ...issued }, rules())).toBe("write");
    expect(may({ waiver: keeps() }, rules({ ceilings: { persons: { access: "read" } } }))).toBe("write");
  });

  it("never gives back use", () => {
    expect(may({ waiver: keeps() }, rules({ policies: [policy({ use: false })] }))).toBeNull();
    expect(may({ waiver: keeps() }, rules({ policies: [] }))).toBeNull();
  });

  it("never lets through what the token itself does not allow", () => {
    expect(may({ waiver: keeps(), access: "read" }, tightened)).toBe("read");
    expect(
      may({ waiver: keeps({ applications: "all" }), applications: ["jira"] }, tightened, { app: "wiki" }),
    ).toBeNull();
    expect(may({ waiver: keeps(), ipRanges: ["198.51.100.1"] }, tightened)).toBeNull();
  });

  it("keeps exactly its own combination: its access not from elsewhere, its place not for more", () => {
    const waiver = keeps({ ipRanges: ["203.0.113.0/24"] });
    const today = rules({ policies: [policy({ own: limits({ access: "read" }) })] });
    expect(may({ waiver }, today, { from: "203.0.113.9" })).toBe("write");
    expect(may({ waiver }, today, { from: "192.0.2.1" })).toBe("read");
  });

  it("does not narrow what the rules of today allow", () => {
    expect(may({ waiver: keeps({ access: "read", applications: ["wiki"] }) }, rules())).toBe("write");
  });

  it("that keeps all does not keep latchkey, and one of an issued token never does", () => {
    const none = rules({ policies: [policy({ own: limits({ applications: ["jira"] }) })] });
    const both = { applications: ["jira", "latchkey"] };
    expect(may({ ...both, waiver: keeps({ applications: "all" }) }, none, { app: "latchkey" })).toBeNull();
    expect(may({ ...both, waiver: keeps(both) }, none, { app: "latchkey" })).toBe("write");
    expect(may({ ...both, ...issued, waiver: keeps(both) }, none, { app: "latchkey" })).toBeNull();
  });
});

describe("what is remembered between requests", () => {
  it("is forgotten when the rules are replaced, or the owner's facts are", () => {
    const one = token();
    const [ada, intern] = [holder(), holder({ groupIds: ["g-interns"] })];
    const before = rules();
    const interns = policy({
      priority: 99,
      members: { everyone: false, groupIds: ["g-interns"], serviceAccounts: false },
      use: false,
    });
    const after = rules({ policies: [policy(), interns] });
    expect(effectiveAccess(one, ada, before, NOON).use).toBe(true);
    expect(effectiveAccess(one, intern, after, NOON).use).toBe(false);
    expect(effectiveAccess(one, ada, after, NOON).use).toBe(true);
    expect(effectiveAccess(one, intern, before, NOON).use).toBe(true);
    expect(effectiveAccess(one, service(), before, NOON).use).toBe(false);
  });
});
