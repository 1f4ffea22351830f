import { describe, expect, test } from "vitest";
import { ALTHOUGH, concernsPeople, type Left, mayEnd } from "./left";

const NOTHING: Left = { cause: "behind", undone: 0, isUncertain: false, concernsPeople: false, latest: null };
const code = (kind: "cli" | "session", left: Partial<Left>, word?: string) => {
  const may = mayEnd({ kind }, { ...NOTHING, ...left }, word);
  return may.ok ? "may" : may.refusal.code;
};

describe("the end of a quarantine", () => {
  test("is for whoever may, when all that the journal tells has been done again", () => {
    expect(code("session", {})).toBe("may");
    expect(code("cli", {})).toBe("may");
  });

  test.each<[string, Partial<Left>]>([
    ["something would be undone", { undone: 1 }],
    ["not all of the journal can be read", { isUncertain: true }],
  ])("needs the command line and its word where %s", (_what, left) => {
    expect(code("cli", left)).toBe("invalid_input");
    expect(code("cli", left, "yes")).toBe("invalid_input");
    expect(code("cli", left, ALTHOUGH)).toBe("may");
    expect(code("session", left)).toBe("forbidden");
    expect(code("session", left, ALTHOUGH)).toBe("forbidden");
  });

  test("is not for the portal where the journal tells of people: who asks may be one of them", () => {
    expect(code("session", { concernsPeople: true })).toBe("forbidden");
    expect(code("cli", { concernsPeople: true })).toBe("may");
  });

  test("names how much would be undone, and the word", () => {
    expect(mayEnd({ kind: "cli" }, { ...NOTHING, undone: 3 }, undefined)).toMatchObject({
      refusal: {
        detail: expect.stringMatching(/3 ends that would be undone.*--although "what has ended works again"/),
      },
    });
  });
});

describe("what bears upon who administers", () => {
  const of = (...actions: string[]) => concernsPeople(actions.map((action) => ({ action, id: "a" })));

  test.each(["user.edited", "user.password-set", "group.members-removed", "installation.edited", "key.rotated", "x.y"])(
    "%s does",
    (action) => expect(of("policy.edited", action)).toBe(true),
  );

  test("what limits tokens only does not", () => {
    expect(of("policy.edited", "network.edited", "token.claimed", "gateway.deleted")).toBe(false);
    expect(of()).toBe(false);
  });
});
