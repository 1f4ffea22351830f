import { describe, expect, test } from "vitest";
import { NOON } from "#test/rules";
import { tokenFacts } from "#test/token-facts";
import { installation, question } from "#test/verification";
import { Case } from "./case";
import { AFTER_LOOK_UP, BEFORE_LOOK_UP } from "./checks";

const ALL = [...BEFORE_LOOK_UP, ...AFTER_LOOK_UP];
const LAID = installation({ settings: { ranges: ["192.0.2.0/24"] } });
const fresh = () => new Case(LAID, question(), NOON);

describe("a case", () => {
  test("knows nothing at the beginning: what no check has noted cannot be read", () => {
    const names = [
      "gateway",
      "request",
      "address",
      "target",
      "known",
      "credential",
      "facts",
      "effective",
      "parameters",
    ] as const;
    for (const name of names) expect(() => fresh()[name]).toThrow();
  });

  test("does not let a check run before those it builds on", () => {
    // Step 6 judges nothing there: it counts what another step refuses.
    const building = ALL.slice(2).filter(({ step }) => step !== 6);
    for (const check of building) expect(() => check.judge(fresh())).toThrow();
  });

  test("knows everything after the whole list", () => {
    const c = fresh();
    c.found = tokenFacts();
    for (const check of ALL) expect([check.name, check.judge(c)]).toEqual([check.name, null]);
    expect(c.target.segments).toEqual(["rest", "api", "2", "myself"]);
    expect(c.needs).toBe("read");
    expect(c.ways).toHaveLength(1);
  });

  test("is judged the same when it is judged again: checks consume nothing", () => {
    const c = fresh();
    c.found = tokenFacts({ access: "write" });
    const run = () => ALL.map((check) => check.judge(c));
    expect(run()).toEqual(run());
  });
});

describe("the list", () => {
  test("looks a token up after step 8 and not before", () => {
    expect(BEFORE_LOOK_UP.map(({ step }) => step)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(AFTER_LOOK_UP.map(({ step }) => step)).toEqual([9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19]);
  });

  test("has a name for each check, all different", () => {
    expect(new Set(ALL.map(({ name }) => name)).size).toBe(ALL.length);
  });
});
