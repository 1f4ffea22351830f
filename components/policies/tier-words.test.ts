import { describe, expect, test } from "vitest";
import { limits, policy } from "#test/rules";
import { answerInWords, limitsInWords, membersInWords, reachInWords, tierSentence } from "./tier-words";

const nobody = { everyone: false, groups: [], serviceAccounts: false };
const view = (some: Parameters<typeof policy>[0]) => ({ ...policy(some), members: nobody, createdAt: "", version: 1 });

describe("a tier in words", () => {
  test("says whom it names, at most three groups by name", () => {
    expect(membersInWords({ ...nobody, groups: ["a", "b"] })).toBe("in a or b");
    expect(membersInWords({ ...nobody, groups: ["a", "b", "c", "d"] })).toBe("in a, b, c or 1 more groups");
    expect(membersInWords({ ...nobody, everyone: true, serviceAccounts: true })).toBe("everybody and service accounts");
    expect(membersInWords(nobody)).toBe("nobody");
  });

  test("says what its members may do, the strictest first", () => {
    expect(tierSentence(view({ use: false }))).toBe("may not use tokens at all.");
    expect(tierSentence(view({ create: "no", own: null }))).toContain("they make none themselves");
    expect(tierSentence(view({}))).toBe("may make tokens that read and write, for up to 90 days.");
    expect(tierSentence(view({ selfRotate: true }))).toContain("for up to 90 days. Tokens may rotate themselves.");
    expect(tierSentence(view({ ceiling: { access: "read" } }))).toContain("A ceiling holds");
  });

  test("never hides that tokens may live without an end, or only from somewhere", () => {
    expect(limitsInWords(limits({ maxLifetimeDays: null, access: "read" }))).toBe("that only read, without an end");
    expect(limitsInWords(limits({ ranges: ["vpn"], applications: ["jira", "wiki"] }))).toBe(
      "that read and write jira and wiki, for up to 90 days, only from vpn",
    );
    expect(limitsInWords(limits({ approval: "always", requireRanges: true }))).toContain("some need approval");
  });

  test("counts for how many it decides", () => {
    expect(reachInWords({ applies: 644, members: 698 })).toBe("Applies to 644 of 698 members; 54 are caught above.");
    expect(reachInWords({ applies: 1, members: 1 })).toBe("Applies to 1 of 1 member.");
    expect(reachInWords({ applies: 1_203, members: 1_204 })).toContain("1 is caught above");
  });
});

test("an answer names every way, and says when no tier is one", () => {
  expect(answerInWords({ people: 0, byTier: [], byDelegation: [] })).toBe("Nobody.");
  expect(answerInWords({ people: 2, byTier: [], byDelegation: [{ name: "Integrations", people: 2 }] })).toBe(
    "2 people: 2 by delegation Integrations. Nobody by their own tier.",
  );
  expect(answerInWords({ people: 1, byTier: [{ name: "Dev", people: 1 }], byDelegation: [] })).toBe(
    "1 person: 1 by tier Dev.",
  );
});
