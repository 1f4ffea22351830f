import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseAddress } from "#lib/networks/address";
import { compileRanges, inRanges } from "#lib/networks/range-set";
import type { Access } from "#lib/policies/limits";
import { DAY, NOON } from "#test/rules";
import { tokenRow } from "#test/token-rows";
import { type Reach, widenings } from "../making/widening";
import { inWindow } from "../restrictions/time-window";
import { besideSuccessor } from "./plan-beside";
import { asItIs, edited } from "./plan-edit";

const NETWORKS = new Map([["office", { name: "office", ranges: ["10.1.0.0/16", "192.0.2.0/25"] }]]);
const WORK = { zone: "Europe/Berlin", days: ["mon", "tue", "wed"], from: "06:00", to: "20:00" } as const;
const windows = [
  ...[null, WORK, { ...WORK, from: "08:00" }, { ...WORK, from: "22:00", to: "07:00" }],
  ...[
    { ...WORK, days: ["wed", "sun"], from: "18:00", to: "24:00" },
    { ...WORK, days: ["mon", "sat"] },
  ],
  ...[
    { ...WORK, zone: "UTC" },
    { ...WORK, days: ["tue", "sat"], from: "22:00", to: "07:00" },
  ],
] as const;
const reach: fc.Arbitrary<Reach> = fc.record({
  applications: fc.constantFrom<"all" | string[]>("all", ["jira"], ["wiki"], ["jira", "wiki"], ["wiki", "git"]),
  access: fc.constantFrom<Access>("read", "write"),
  ipRanges: fc.constantFrom<string[]>([], ["10.0.0.0/8"], ["office"], ["192.0.2.0/24"], ["192.0.2.0/24", "10.1.2.3"]),
  expiresAt: fc.constantFrom<number | null>(null, NOON + DAY, NOON + 2 * DAY),
  narrowing: fc.record({
    headerConditions: fc.constantFrom(
      ...[[], [{ name: "x-team", value: "a" }], [{ name: "x-team", value: "b" }], [{ name: "x-job", value: "b" }]],
      [
        { name: "x-team", value: "a" },
        { name: "x-job", value: "b" },
      ],
    ),
    pathRules: fc.subarray(["GET /rest/**", "POST /rest/api/2/issue", "* /x"]),
    timeWindow: fc.constantFrom(...windows),
    rateLimit: fc.constantFrom(null, { perMinute: 60, burst: 10 }, { perMinute: 6, burst: 90 }),
  }),
});
const rowOf = ({ applications, expiresAt, narrowing, ...rest }: Reach) =>
  tokenRow({
    ...{ ...rest, ...narrowing, allApplications: applications === "all" },
    applications: applications === "all" ? [] : applications,
    expiresAt: expiresAt === null ? null : new Date(expiresAt),
  });
const beside = (was: Reach, is: Reach) => {
  const [old, next] = [asItIs(rowOf(was)), asItIs(rowOf(is))];
  if (!old.ok || !next.ok) throw new Error("unreadable");
  const { narrowing, ...rest } = is;
  return besideSuccessor(rowOf(was), edited(old.value, { ...rest, ...narrowing }), NETWORKS);
};

/** Everything that somebody could ask for, one kind of it beside another, and whether a reach lets it through. */
const within = (list: readonly string[], address: string) => {
  const parsed = parseAddress(address);
  return list.length === 0 || (parsed !== null && inRanges(compileRanges(list, NETWORKS), parsed));
};
const HOURS = Array.from({ length: 7 * 24 }, (_, hour) => NOON + hour * 3_600_000);
const known = new Map<string, readonly boolean[]>();
/** Remembered, since clocks are slow and there are few windows. */
const hoursOf = (window: Reach["narrowing"]["timeWindow"]) => {
  const key = JSON.stringify(window);
  const hours = known.get(key) ?? HOURS.map((at) => window === null || inWindow(window, at));
  known.set(key, hours);
  return hours;
};
const asked: readonly (readonly [string, (reach: Reach) => boolean])[] = [
  ...["jira", "wiki", "git"].map(
    (key) => [key, ({ applications: all }: Reach) => all === "all" || all.includes(key)] as const,
  ),
  ["writing", ({ access }) => access === "write"],
  ...["10.0.0.1", "10.1.2.3", "10.1.2.4", "192.0.2.1", "192.0.2.200", "198.51.100.1"].map(
    (address) => [address, ({ ipRanges }: Reach) => within(ipRanges, address)] as const,
  ),
  ...[0, 1, 2, 3].map(
    (days) =>
      [`day ${days}`, ({ expiresAt }: Reach) => expiresAt === null || expiresAt > NOON + days * DAY - 1] as const,
  ),
  ...[{}, { "x-team": "a" }, { "x-team": "b" }, { "x-job": "b" }, { "x-team": "a", "x-job": "b" }].map(
    (headers: Record<string, string>) =>
      [
        JSON.stringify(headers),
        ({ narrowing }: Reach) => narrowing.headerConditions.every(({ name, value }) => headers[name] === value),
      ] as const,
  ),
  ...["GET /rest/**", "POST /rest/api/2/issue", "* /x", "anything else"].map(
    (rule) =>
      [rule, ({ narrowing }: Reach) => narrowing.pathRules.length === 0 || narrowing.pathRules.includes(rule)] as const,
  ),
  ...HOURS.map((at, n) => [`at ${at}`, ({ narrowing }: Reach) => hoursOf(narrowing.timeWindow)[n] === true] as const),
  ...[6, 7, 60, 61].map(
    (n) =>
      [
        `${n} a minute`,
        ({ narrowing }: Reach) => narrowing.rateLimit === null || narrowing.rateLimit.perMinute >= n,
      ] as const,
  ),
  ...[10, 11, 90, 91].map(
    (n) =>
      [
        `${n} at once`,
        ({ narrowing }: Reach) => narrowing.rateLimit === null || narrowing.rateLimit.burst >= n,
      ] as const,
  ),
];
const passing = (some: Reach) => asked.flatMap(([what, passes]) => (passes(some) ? [what] : []));

describe("the old secret of a rotating pair", () => {
  it("has after an edit what both it and the successor let through, and nothing else; or the edit is refused", () => {
    fc.assert(
      fc.property(reach, reach, (was, is) => {
        const narrowed = beside(was, is);
        const both = passing(was).filter((what) => passing(is).includes(what));
        if (narrowed.ok) {
          expect(passing(narrowed.value.wish)).toEqual(both);
          return;
        }
        expect(narrowed.refusal.code).toBe("invalid_input");
        // Only where neither is narrower than the other.
        const source = { kind: "token", name: "t" } as const;
        for (const { path } of narrowed.refusal.errors) {
          expect(widenings(was, is, NETWORKS, source).map((each) => each.path)).toContain(path);
          expect(widenings(is, was, NETWORKS, source).map((each) => each.path)).toContain(path);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  const plain: Reach = {
    ...{ applications: "all", access: "read", ipRanges: [], expiresAt: null },
    narrowing: { headerConditions: [], pathRules: [], timeWindow: null, rateLimit: null },
  };
  const narrowed = (some: Partial<Reach["narrowing"]>) => ({ ...plain, narrowing: { ...plain.narrowing, ...some } });

  it("keeps of path rules those that both name, and of one exchanged for another nobody can say anything", () => {
    const kept = beside(narrowed({ pathRules: ["GET /a", "GET /b"] }), narrowed({ pathRules: ["GET /b", "GET /c"] }));
    expect(kept).toMatchObject({ value: { wish: { narrowing: { pathRules: ["GET /b"] } } } });
    const exchanged = beside(narrowed({ pathRules: ["GET /a"] }), narrowed({ pathRules: ["GET /b"] }));
    expect(exchanged).toMatchObject({
      refusal: { code: "invalid_input", errors: [{ path: "pathRules", message: expect.stringContaining("Revoke") }] },
    });
  });

  it("keeps names of networks where it keeps its own, and has addresses where two lists meet", () => {
    expect(beside({ ...plain, ipRanges: ["office"] }, plain)).toMatchObject({
      value: { wish: { ipRanges: ["office"] } },
    });
    expect(beside({ ...plain, ipRanges: ["office"] }, { ...plain, ipRanges: ["10.0.0.0/8"] })).toMatchObject({
      value: { wish: { ipRanges: ["10.1.0.0/16"] } },
    });
    const apart = beside({ ...plain, ipRanges: ["10.2.0.0/16"] }, { ...plain, ipRanges: ["office"] });
    expect(apart).toMatchObject({ refusal: { errors: [{ path: "ipRanges" }] } });
  });

  it("is not written to where this version cannot read what narrows it", () => {
    const next = asItIs(rowOf(plain));
    if (!next.ok) throw new Error("unreadable");
    expect(besideSuccessor(tokenRow({ timeWindow: { zone: "Mars" } }), next.value, NETWORKS)).toMatchObject({
      refusal: { code: "invalid_input" },
    });
  });
});
