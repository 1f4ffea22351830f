import { expect, test } from "vitest";
import { limits } from "#test/rules";
import { delegationSentence, scopeInWords } from "./delegation-words";

const desk = {
  ...{ id: "d", name: "Desk", delegates: ["desk"], powers: ["end" as const], createdAt: "", version: 1 },
  scope: { everyone: true, groups: [], serviceAccounts: false },
  issue: limits({ maxLifetimeDays: null }),
  showSecret: true,
};

test("a delegation says who may do what for whom", () => {
  expect(delegationSentence(desk)).toBe("Members of desk may suspend, resume and revoke tokens for everybody.");
  expect(delegationSentence({ ...desk, delegates: [] })).toContain("Nobody may");
});

test("and how far what it issues goes, without hiding that it never ends", () => {
  const said = delegationSentence({ ...desk, powers: ["issue", "end"] });
  expect(said).toContain("may issue tokens and suspend, resume and revoke tokens");
  expect(said).toContain("that read and write, without an end. The secret is shown to them once.");
});

test("a scope without anybody says so", () => {
  expect(scopeInWords({ everyone: false, groups: [], serviceAccounts: false })).toBe("nobody");
  expect(scopeInWords({ everyone: true, groups: ["a", "b"], serviceAccounts: true })).toBe(
    "everybody, service accounts and members of a or b",
  );
});
