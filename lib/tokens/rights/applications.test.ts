import { describe, expect, it } from "vitest";
import { limitApplications, reaches, withoutLatchkey } from "./applications";

describe("all applications", () => {
  it("of a token never includes latchkey, which must be named", () => {
    expect(reaches("all", "jira")).toBe(true);
    expect(reaches("all", "latchkey")).toBe(false);
    expect(reaches(["latchkey"], "latchkey")).toBe(true);
    expect(reaches([], "jira")).toBe(false);
  });

  it("of a limit does, so that a tier may allow it", () => {
    expect(limitApplications(["jira", "latchkey"], "all")).toEqual(["jira", "latchkey"]);
    expect(limitApplications("all", "all")).toBe("all");
  });

  it("is left whole by taking latchkey away, and a list loses it", () => {
    expect(withoutLatchkey("all")).toBe("all");
    expect(withoutLatchkey(["jira", "latchkey"])).toEqual(["jira"]);
  });
});

describe("a limit on applications", () => {
  it("leaves what both name", () => {
    expect(limitApplications(["jira", "wiki"], ["wiki", "git"])).toEqual(["wiki"]);
    expect(limitApplications(["jira"], [])).toEqual([]);
  });

  it("turns a token's all into the limit's list, without latchkey", () => {
    expect(limitApplications("all", ["jira", "latchkey"])).toEqual(["jira"]);
  });
});
