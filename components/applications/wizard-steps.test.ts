import { expect, test } from "vitest";
import { slug } from "#lib/fields";
import { stepOfProblem, suggestedKey, suggestedName } from "./wizard-steps";

test("a refusal leads back to the step where its first field stands", () => {
  expect(stepOfProblem(["rules.password", "routes.1.host"])).toBe(1);
  expect(stepOfProblem(["key"])).toBe(0);
  expect(stepOfProblem(["exceptions.password.users.0", "introspectRestricted"])).toBe(3);
  expect(stepOfProblem(["somethingElse"])).toBeNull();
  expect(stepOfProblem([])).toBeNull();
});

test("a product suggests its name, anything else none", () => {
  expect((["jira", "bitbucket", "generic"] as const).map(suggestedName)).toEqual(["Jira", "Bitbucket", ""]);
});

test("a name suggests a key that the API takes, or none", () => {
  expect(suggestedKey("Jira (old)")).toBe("jira-old");
  expect(suggestedKey("Müllers Wiki!")).toBe("mullers-wiki");
  expect(suggestedKey("知识库")).toBe("");
  expect(slug.safeParse(suggestedKey(`- ${"x".repeat(80)}`)).success).toBe(true);
});
