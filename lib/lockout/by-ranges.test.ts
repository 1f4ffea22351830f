import { describe, expect, test } from "vitest";
import { compileRanges } from "#lib/networks/range-set";
import { byRanges, leftOutside, type RangesFacts } from "./by-ranges";

const set = (...entries: string[]) => compileRanges(entries, new Map());
const OFFICE = set("10.0.0.0/8", "2001:db8::/32");
const NOBODY = { tokens: 0, owners: 0, others: [] };
const rules = (none: "allow" | "observe") => ({
  ...{ password: "observe", foreignBearer: "observe", oauth1: "observe", otherScheme: "observe", none },
});
const facts = (some: Partial<RangesFacts> = {}): RangesFacts => ({
  ...{
    outside: [],
    seen: NOBODY,
    own: "10.0.0.9",
    ranges: [null, OFFICE],
    gateways: [],
    applications: [],
    lumped: false,
    looked: null,
  },
  ...some,
});

describe("addresses that new ranges leave outside", () => {
  test("are those that pass today and would not, of both families and however they are written", () => {
    const seen = ["10.1.2.3", "192.0.2.7", "::ffff:192.0.2.8", "2001:db8::1", "2001:db9::1"];
    expect(leftOutside(seen, [null, OFFICE])).toEqual(["192.0.2.7", "::ffff:192.0.2.8", "2001:db9::1"]);
  });

  test("are not those that are refused already", () => {
    expect(leftOutside(["192.0.2.7", "198.51.100.1"], [set("192.0.2.0/24"), OFFICE])).toEqual(["192.0.2.7"]);
  });

  test("are none where ranges are taken away, and never what is no address", () => {
    expect(leftOutside(["192.0.2.7"], [OFFICE, null])).toEqual([]);
    expect(leftOutside(["(many)", "", "local"], [null, OFFICE])).toEqual([]);
  });
});

describe("whom new ranges would turn away", () => {
  test("is nobody where all were inside", () => {
    expect(byRanges(facts())).toEqual({ losses: [], unknown: [] });
  });

  test("are tokens with their people, and what is not ours by class", () => {
    const others = [{ class: "password", addresses: 1, names: 3, applications: ["jira"] }];
    const { losses } = byRanges(facts({ seen: { tokens: 2, owners: 1, others } }));
    expect(losses).toEqual([
      { count: 2, what: "tokens of 1 owner came from outside", examples: [], more: false },
      { count: 1, what: "address outside sent passwords, under 3 claimed names, to", examples: ["jira"], more: false },
    ]);
  });

  test("are at least so many where there were more addresses than are looked through, which is said", () => {
    const others = [{ class: "password", addresses: 2, names: 0, applications: ["jira"] }];
    const { losses, unknown } = byRanges(facts({ looked: 20_000, seen: { tokens: 1, owners: 1, others } }));
    expect(losses.map(({ what }) => what)).toEqual([
      "token (at least) of 1 owner came from outside",
      "addresses (at least) outside sent passwords, to",
    ]);
    expect(unknown).toEqual([expect.stringMatching(/more than 20,000 addresses: only those seen last/)]);
  });

  test("is nobody, and nothing is unknown, where the new ranges hold all of the old", () => {
    const wider = set("10.0.0.0/8", "2001:db8::/32", "192.0.2.0/24");
    const applications = [{ key: "jira", rules: rules("allow") }] as RangesFacts["applications"];
    const all = { ranges: [OFFICE, wider] as const, applications, lumped: true, looked: 20_000 };
    expect(byRanges(facts(all))).toEqual({ losses: [], unknown: [] });
  });

  test("includes whoever asks, who can still sign in", () => {
    const [loss] = byRanges(facts({ own: "192.0.2.1" })).losses;
    expect(loss?.count).toBeNull();
    expect(loss?.what).toMatch(/You are at 192\.0\.2\.1, outside.*Signing in to these pages stays possible/);
  });

  test("is everybody behind a gateway that seems to tell its own address, and not behind one that only calls from outside", () => {
    const gateways = [
      { key: "tells-itself", lastAddress: "192.0.2.7" },
      { key: "elsewhere", lastAddress: "192.0.2.8" },
    ];
    const { losses } = byRanges(facts({ outside: ["192.0.2.7"], gateways }));
    expect(losses.map(({ what }) => what)).toEqual([expect.stringContaining("the gateway tells-itself itself")]);
  });

  test("is not known of what passes by allow, nor of what was lumped together", () => {
    const applications = [
      { key: "jira", rules: rules("allow") },
      { key: "wiki", rules: rules("observe") },
    ] as RangesFacts["applications"];
    const { unknown } = byRanges(facts({ applications, lumped: true }));
    expect(unknown).toEqual([expect.stringContaining("more addresses"), expect.stringContaining("(jira)")]);
  });

  test("is nobody, and nothing is unknown, once requests pass from anywhere", () => {
    const seen = { ...NOBODY, tokens: 1, owners: 1 };
    expect(byRanges(facts({ ranges: [OFFICE, null], seen, lumped: true }))).toEqual({ losses: [], unknown: [] });
  });
});
