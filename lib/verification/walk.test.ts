import { describe, expect, test } from "vitest";
import { NOON } from "#test/rules";
import { tokenFacts } from "#test/token-facts";
import { basic, bearer, installation, question, request } from "#test/verification";
import { Case } from "./case";
import { AFTER_LOOK_UP, BEFORE_LOOK_UP } from "./checks";
import { walkRequest, walkToCredential, walkToken } from "./walk";

type Told = [step: number, reason: string | null];

function caseOf(some: Parameters<typeof request>[0] = {}, facts: Parameters<typeof installation>[0] = {}) {
  const told: Told[] = [];
  const c = new Case(installation(facts), question(request(some)), NOON);
  return {
    c,
    told,
    tell: ({ step }: { step: number }, found: { reason: string } | null) => told.push([step, found?.reason ?? null]),
  };
}
const passed = (checks: typeof BEFORE_LOOK_UP): Told[] => checks.map(({ step }) => [step, null]);

describe("walking the list", () => {
  test("tells each check once and in order, up to the one that refuses", () => {
    const { c, told, tell } = caseOf();
    expect(walkRequest(c, tell)).toMatchObject({ kind: "ours" });
    expect(told).toEqual(passed(BEFORE_LOOK_UP));
    c.found = tokenFacts({ expiresAt: NOON });
    expect(walkToken(c, tell)).toMatchObject({ reason: "token_expired", rule: null });
    expect(told.slice(BEFORE_LOOK_UP.length)).toEqual([
      [9, null],
      [10, "token_expired"],
    ]);
  });

  test("comes to the same whether it tells or not", () => {
    for (const headers of [bearer(), bearer("lk_typo"), basic("fred", "x"), []]) {
      const { c, tell } = caseOf({ headers });
      expect(walkRequest(c, tell)).toEqual(walkRequest(caseOf({ headers }).c));
    }
  });

  test("ends with null when everything passed", () => {
    const { c, told, tell } = caseOf();
    walkRequest(c);
    c.found = tokenFacts();
    expect(walkToken(c, tell)).toBeNull();
    expect(told).toEqual(passed(AFTER_LOOK_UP));
  });

  test("ends with a credential that is not ours, which nothing after it judges", () => {
    expect(walkRequest(caseOf({ headers: basic("fred", "x") }).c)).toMatchObject({
      kind: "foreign",
      class: "password",
    });
  });

  test("does not begin in quarantine, except to say whose credential it is", () => {
    const { c, told, tell } = caseOf({}, { settings: { quarantined: true } });
    expect(walkRequest(c, tell)).toMatchObject({ reason: "quarantined", rule: null });
    expect(told).toEqual([[0, "quarantined"]]);
    expect(walkToCredential(c)).toMatchObject({ kind: "ours" });
  });
});
