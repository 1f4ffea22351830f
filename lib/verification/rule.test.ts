import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { PATH_RULES, type PathRule } from "./path";
import { FILTER_RULES } from "./path-filter";
import { REASONS, type ReasonCode, reasonWords } from "./reasons";
import { keptKinds, kindsOf, RULE_KINDS, type Rule, readKinds, ruleWords } from "./rule";

/** Names as people give them, and as somebody would who wanted to be taken for another rule. */
const name = fc.oneof(
  fc.string(),
  fc.constantFrom(
    "the token itself",
    "never: x",
    "a; b",
    "x and tier y",
    "addresses, unseen",
    "no grant",
    "token tier",
  ),
);
const source = fc.record({
  kind: fc.constantFrom("token", "tier", "delegation", "ceiling", "installation"),
  name,
} as const);
const override = fc.constantFrom({ kind: "header", name: "x-http-method" } as const, {
  ...({ kind: "parameter", name: "_method" } as const),
});
const closed = fc.oneof(
  fc.record({ kind: fc.constant("never"), why: name } as const),
  fc.record({ kind: fc.constant("unless_listed"), pattern: name } as const),
  fc.constant({ kind: "not_listed" } as const),
);
const broken = fc.record({
  kind: fc.constant("broken"),
  rule: fc.constantFrom(...(Object.keys(PATH_RULES) as PathRule[])),
} as const);

const barred = fc.oneof(
  closed,
  broken,
  fc.constant({ kind: "too_long" } as const),
  fc.record({ kind: fc.constant("path_filter"), rule: fc.constantFrom(...FILTER_RULES) } as const),
  fc.record({ kind: fc.constant("named"), name } as const),
);

const rules: fc.Arbitrary<Rule> = fc.oneof(
  closed,
  fc.record({
    kind: fc.constant("limits"),
    of: fc.array(source, { minLength: 1, maxLength: 2 }),
    override: fc.option(override),
  } as const),
  fc.constantFrom({ kind: "no_grant" } as const, { kind: "names_differ" } as const, { kind: "too_long" } as const),
  fc.record({ kind: fc.constant("unseen"), what: name } as const),
  fc.record({ kind: fc.constant("path_filter"), rule: fc.constantFrom(...FILTER_RULES) } as const),
  fc.record({ kind: fc.constant("reading"), segments: fc.array(name), of: fc.oneof(closed, broken) } as const),
  fc.record({
    kind: fc.constant("overrides"),
    of: fc.array(fc.tuple(override, fc.constantFrom("method", "address")), { minLength: 1, maxLength: 2 }),
  } as const),
  fc.record({ kind: fc.constant("handed_on"), place: fc.constantFrom("header", "query") } as const),
  fc.record({ kind: fc.constant("destination"), of: barred } as const),
  fc.record({ kind: fc.constant("named"), name } as const),
);
const reasons = fc.constantFrom(...(Object.keys(REASONS) as ReasonCode[]));

describe("a rule that was written down", () => {
  test("has the same remedy weeks later as when it refused, whatever its names say", () => {
    fc.assert(
      fc.property(rules, reasons, (rule, reason) => {
        const kept = keptKinds(rule);
        expect(readKinds(kept)).toEqual(kindsOf(rule));
        expect(reasonWords(reason, readKinds(kept))).toEqual(reasonWords(reason, kindsOf(rule)));
      }),
    );
  });

  test("by an older verifier, which kept its words alone, has the remedy that holds for every rule", () => {
    expect(reasonWords("write_refused", readKinds(null)).remedy).toBe(REASONS.write_refused.remedy);
  });

  test("by a newer verifier, of a kind that nobody here knows, has that remedy too", () => {
    for (const kept of ["moon", "token moon", "token  tier", "", "constructor"])
      expect([kept, readKinds(kept)]).toEqual([kept, []]);
  });

  test("says of every kind that there is what it is", () => {
    const seen = new Set(fc.sample(rules, 2_000).flatMap(kindsOf));
    expect([...seen].sort()).toEqual([...RULE_KINDS].sort());
  });
});

test("a rule is named by who made it, and where that is the token itself also by what stands above it", () => {
  const [token, tier] = [
    { kind: "token", name: "backup" },
    { kind: "tier", name: "Readers" },
  ] as const;
  const limits = (...of: readonly (typeof token | typeof tier)[]) =>
    ruleWords({ kind: "limits", of, override: { kind: "parameter", name: "_method" } });
  expect(limits(tier)).toBe("tier Readers; parameter _method, which asks for another method");
  expect(limits(token, tier)).toMatch(/^the token itself and tier Readers; /);
});
