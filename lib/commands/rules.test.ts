import { describe, expect, it } from "vitest";
import { operator, sessionViewer } from "#lib/auth/actors";
import { ok, type Result, refuse } from "#lib/errors/error";
import type { Role } from "#lib/users/user";
import { byRole, inTurn, notStale } from "./rules";

const person = (role: Role) =>
  sessionViewer({
    ...{ kind: "session", userId: "u1", username: "ann", displayName: "Ann", role, groupIds: [], address: "::1" },
    ...{ sessionId: "s1", steppedUpAt: null, secondFactor: true },
  });
const codeOf = (result: Result<unknown>) => (result.ok ? "allowed" : result.refusal.code);

describe("what allows is made of", () => {
  it("by role: those with the ability, and the others hear the sentence", () => {
    const rule = byRole("networks.write", "Only administrators make networks.");
    expect(codeOf(rule(person("admin")))).toBe("allowed");
    expect(codeOf(rule(operator()))).toBe("allowed");
    for (const role of ["auditor", "user"] as const) {
      const detail = "Only administrators make networks.";
      expect(rule(person(role))).toMatchObject({ ok: false, refusal: { code: "forbidden", detail } });
    }
  });

  it("not stale: only the version that was read", () => {
    const rule = notStale("network");
    expect(codeOf(rule(operator(), { version: 3 }, { version: 3 }))).toBe("allowed");
    for (const version of [2, 4]) expect(codeOf(rule(operator(), { version: 3 }, { version }))).toBe("stale");
    expect(rule(operator(), { version: 3 }, { version: 2 })).toMatchObject({
      refusal: { detail: "Somebody changed this network meanwhile. Read it again and repeat your change." },
    });
  });

  it("in turn: the first that refuses says why, and later ones are not asked", () => {
    const asked: string[] = [];
    const rule = (name: string, answer: Result<undefined>) => () => {
      asked.push(name);
      return answer;
    };
    const forbidden = rule("second", refuse("forbidden", "No."));
    const rules = inTurn(rule("first", ok(undefined)), forbidden, rule("third", refuse("stale", "Late.")));
    expect(codeOf(rules(operator(), undefined, undefined, 0))).toBe("forbidden");
    expect(asked).toEqual(["first", "second"]);
    expect(codeOf(inTurn()(operator(), undefined, undefined, 0))).toBe("allowed");
  });
});
