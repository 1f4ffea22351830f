import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Rules } from "#lib/policies/rules";
import type { Token } from "#lib/tokens/token";
import { anyHolder, anyRules, anyToken, KEYS } from "#test/arbitraries";
import { passing } from "#test/requests";
import { DAY, holder, limits, NOON, policy, rules, token } from "#test/rules";
import type { Choice } from "./choice";
import { effectOf } from "./effect";
import { type Remedy, remedyOf, type Treated } from "./remedy";

const UNTIL = NOON + 10 * DAY;
const days = ({ expiresAt, createdAt }: Token) =>
  expiresAt === null ? null : Math.ceil((expiresAt - createdAt) / DAY);
type Some = Token & { readonly rateLimit?: Treated["rateLimit"] };
const treated = (some: Some): Treated => ({ rateLimit: null, ...some, days: days(some), bornAt: some.createdAt });

function remedy(some: Some, choice: Choice, before: Rules, after: Rules, owner = holder()): Remedy | null {
  const effect = effectOf(treated(some), owner, [before, after], KEYS);
  return remedyOf(treated(some), choice, { owner, rules: [before, after], effect, now: NOON });
}

const own = (some: Parameters<typeof limits>[0]) => rules({ policies: [policy({ own: limits(some) })] });
const wide = own({});

describe("leaving tokens until a date", () => {
  const leave = { choice: "leave", until: UNTIL } as const;

  it("lets everything pass until then that passes before, for random rules and tokens, `use` excepted", () => {
    fc.assert(
      fc.property(anyToken, anyHolder, anyRules, anyRules, (some, owner, before, other) => {
        const after = { ...other, networks: before.networks };
        const wrote = remedy(some, leave, before, after, owner);
        if (wrote === null) return;
        const then = { ...some, ...wrote };
        for (const at of [NOON, NOON + 1, NOON + DAY, UNTIL - 1]) {
          const now = passing(then, owner, after, at);
          const stopped = passing({ ...then, waiver: null }, owner, { ...after, policies: [] }, at);
          expect(stopped).toEqual([]);
          const { refusedBy } = effectOf(treated(some), owner, [before, after], KEYS);
          if (refusedBy.includes("use")) continue;
          for (const request of passing({ ...some, waiver: null }, owner, before, at))
            expect(now).toContainEqual(request);
        }
      }),
      { numRuns: 500 },
    );
  });

  it("never opens what neither its grant nor its waiver let pass", () => {
    fc.assert(
      fc.property(anyToken, anyHolder, anyRules, anyRules, (some, owner, before, other) => {
        const after = { ...other, networks: before.networks };
        const wrote = remedy(some, leave, before, after, owner);
        if (!wrote?.waiver) return;
        const could = passing({ ...some, waiver: some.waiver && { ...some.waiver, until: UNTIL } }, owner, before);
        const may = passing({ ...some, waiver: wrote.waiver }, owner, { ...before, delegations: new Map() });
        for (const request of may) expect(could).toContainEqual(request);
      }),
      { numRuns: 500 },
    );
  });

  it("writes nothing a second time, nothing to what is not refused, and leaves long ends alone", () => {
    const narrow = own({ access: "read" });
    const first = remedy(token(), leave, wide, narrow);
    expect(first).toEqual({
      waiver: { until: UNTIL, keeps: { access: "write", applications: ["jira"], ipRanges: [] } },
    });
    expect(remedy({ ...token(), ...first }, leave, wide, narrow)).toEqual({});
    expect(remedy(token({ access: "read" }), leave, wide, narrow)).toEqual({});
    expect(remedy(token(), leave, wide, own({ maxLifetimeDays: 7 }))).toEqual({});
  });

  it("keeps names of networks where one list says it, and addresses where several do", () => {
    const office = { name: "office", ranges: ["192.0.2.0/24"] };
    const narrowed = (ceiling: string[]) =>
      rules({
        policies: [policy({ own: limits({ ranges: ["office"] }), ceiling: { ranges: ceiling } })],
        networks: [office],
      });
    const after = rules({
      policies: [policy({ own: limits({ access: "read", ranges: ["office"] }) })],
      networks: [office],
    });
    expect(remedy(token(), leave, narrowed([]), after)?.waiver?.keeps.ipRanges).toEqual(["office"]);
    expect(remedy(token(), leave, narrowed(["192.0.2.0/25"]), after)?.waiver?.keeps.ipRanges).toEqual(["192.0.2.0/25"]);
  });

  it("is impossible for a token whose waiver keeps something else than its grant", () => {
    const elsewhere = { until: NOON + DAY, keeps: { access: "write" as const, applications: ["wiki"], ipRanges: [] } };
    const both = token({ applications: ["jira", "wiki"], waiver: elsewhere });
    expect(remedy(both, leave, own({ applications: ["jira"] }), own({ applications: ["git"] }))).toBeNull();
  });
});

describe("shortening", () => {
  const shorten = (spreadDays: number) => ({ choice: "shorten", from: UNTIL, spreadDays }) as const;
  const long = token({ expiresAt: NOON + 80 * DAY });

  it("ends no token before the grace date, and otherwise at the new limit", () => {
    expect(remedy(long, shorten(0), wide, own({ maxLifetimeDays: 60 }))).toEqual({ expiresAt: NOON + 60 * DAY });
    expect(remedy(long, shorten(0), wide, own({ maxLifetimeDays: 7 }))).toEqual({ expiresAt: UNTIL });
    expect(remedy(token({ expiresAt: null }), shorten(0), own({ maxLifetimeDays: null }), wide)).toEqual({
      expiresAt: NOON + 90 * DAY,
    });
  });

  it("spreads the ends over the window, each token always at its own place", () => {
    const ends = Array.from({ length: 50 }, (_, n) =>
      remedy(
        { ...long, id: `0190d4a5-0000-7000-8000-0000000000${n + 10}` },
        shorten(14),
        wide,
        own({ maxLifetimeDays: 7 }),
      ),
    ).map((each) => each?.expiresAt ?? 0);
    expect(Math.min(...ends)).toBeGreaterThanOrEqual(UNTIL);
    expect(Math.max(...ends)).toBeLessThan(UNTIL + 14 * DAY);
    expect(new Set(ends).size).toBeGreaterThan(20);
  });

  it("lets what is refused go on until its date", () => {
    expect(remedy(token(), shorten(0), wide, own({ access: "read" }))).toMatchObject({ waiver: { until: UNTIL } });
  });
});

describe("reducing and revoking", () => {
  it("narrows the token to what the new rules leave of it", () => {
    const reduce = { choice: "reduce" } as const;
    expect(remedy(token(), reduce, wide, own({ access: "read" }))).toEqual({ access: "read" });
    expect(remedy(token(), reduce, wide, own({ ranges: ["office"] }))).toEqual({ ipRanges: ["office"] });
    expect(remedy(token({ ipRanges: ["10.0.0.0/8"] }), reduce, wide, own({ ranges: ["10.1.0.0/16"] }))).toEqual({
      ipRanges: ["10.1.0.0/16"],
    });
    expect(remedy(token({ applications: "all" }), reduce, wide, own({ applications: ["wiki"] }))).toEqual({
      applications: ["wiki"],
    });
    expect(remedy(token(), reduce, wide, own({ applications: ["wiki"] }))).toEqual({});
  });

  it("lowers a rate that is too high now, or missing, to the highest; nothing else touches a rate", () => {
    const slow = own({ maxRatePerMinute: 60 });
    const fast = { ...token(), rateLimit: { perMinute: 600, burst: 5 } };
    const reduce = { choice: "reduce" } as const;
    expect(remedy(token(), reduce, wide, slow)).toEqual({ rateLimit: { perMinute: 60, burst: 60 } });
    expect(remedy(fast, reduce, wide, slow)).toEqual({ rateLimit: { perMinute: 60, burst: 5 } });
    expect(remedy({ ...fast, rateLimit: { perMinute: 60, burst: 60 } }, reduce, wide, slow)).toEqual({});
    const reading = own({ maxRatePerMinute: 60, access: "read" });
    expect(remedy(fast, reduce, wide, reading)).toEqual({ access: "read", rateLimit: { perMinute: 60, burst: 5 } });
    expect(remedy(fast, { choice: "leave", until: UNTIL }, wide, slow)).toEqual({});
    expect(remedy(fast, { choice: "shorten", from: UNTIL, spreadDays: 0 }, wide, slow)).toEqual({});
    expect(remedy(fast, { choice: "revoke", at: UNTIL }, wide, slow)).toEqual({ expiresAt: UNTIL });
  });

  it("never lets a reduced token do more than the rules do, for random rules and tokens", () => {
    fc.assert(
      fc.property(anyToken, anyHolder, anyRules, anyRules, (some, owner, before, other) => {
        const after = { ...other, networks: before.networks };
        const wrote = remedy(some, { choice: "reduce" }, before, after, owner);
        const rest = passing({ ...some, ...wrote, waiver: null }, owner, after);
        expect(rest).toEqual(passing({ ...some, waiver: null }, owner, after));
      }),
    );
  });

  it("gives a revoked one its end at the date, never a later one, and lets it go on until then", () => {
    const revoke = { choice: "revoke", at: UNTIL } as const;
    expect(remedy(token(), revoke, wide, own({ access: "read" }))).toMatchObject({
      expiresAt: UNTIL,
      waiver: { until: UNTIL },
    });
    expect(remedy(token({ expiresAt: NOON + DAY }), revoke, wide, own({ maxLifetimeDays: 1 }))).toEqual({});
  });
});
