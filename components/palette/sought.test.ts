import { describe, expect, test } from "vitest";
import { askingFor, goalsOf, mayBeAsked, pagesNamed, sourcesFor } from "./sought";

const SECRET = `lk_${"a1B2".repeat(9)}Zz`;
const paths = (role: "user" | "auditor" | "admin", manages = false) =>
  sourcesFor({ role, manages }).map(({ path }) => path);

describe("what is asked for", () => {
  test("follows from who looks: nobody asks for what they could not open", () => {
    expect(paths("user")).toEqual(["/api/v1/tokens"]);
    expect(paths("user", true)).toEqual(["/api/v1/admin/tokens"]);
    const all = ["/api/v1/admin/tokens", "/api/v1/users", "/api/v1/groups", "/api/v1/applications"];
    expect(paths("auditor")).toEqual(all);
    expect(paths("admin", true)).toEqual(all);
  });

  test("stands in the address as it was typed, and as nothing else", () => {
    const [own] = sourcesFor({ role: "user", manages: false });
    expect(own && askingFor(own, "a&limit=100#x")).toBe("/api/v1/tokens?limit=5&q=a%26limit%3D100%23x");
  });

  test.each([SECRET, `x ${SECRET}`, SECRET.slice(0, 24), `${SECRET}x`, "x".repeat(201)])(
    "is never a secret or a piece of one: %s",
    (typed) => expect(mayBeAsked(typed)).toBe(false),
  );

  test.each(["", "build server", "lk_", "Zürich", "mara.lindqvist", "lk_ab…Zz", "my_token"])("may be %j", (typed) =>
    expect(mayBeAsked(typed)).toBe(true),
  );
});

describe("what was found", () => {
  const [tokens, users] = sourcesFor({ role: "admin", manages: false });

  test("leads to its page, with what tells it from others of its name", () => {
    const token = { id: "1", name: "CI", owner: { id: "2", username: "mara" }, hint: "lk_ab…Zz" };
    expect(tokens && goalsOf(tokens, { items: [token] }).goals).toEqual([
      { href: "/tokens/1", label: "CI", detail: "mara · lk_ab…Zz" },
    ]);
    const user = { id: "3", username: "mara", displayName: "" };
    expect(users && goalsOf(users, { items: [user] }).goals).toEqual([
      { href: "/admin/users/3", label: "mara", detail: "mara" },
    ]);
  });

  test("is nothing where the answer is none", () => {
    for (const answer of [null, "x", {}, { items: "x" }, { items: [null, 1] }]) {
      expect(tokens && goalsOf(tokens, answer).goals).toEqual([]);
    }
  });
});

test("pages are found by words of their name, whatever the order, case and accents", () => {
  const pages = ["My tokens", "Token manager", "Audit log"].map((label) => ({ href: "/", label, detail: "" }));
  const named = (typed: string) => pagesNamed(pages, typed).map(({ label }) => label);
  expect(named("TOKEN")).toEqual(["My tokens", "Token manager"]);
  expect(named("log aud")).toEqual(["Audit log"]);
  expect(named("tokén my")).toEqual(["My tokens"]);
  expect(named("")).toHaveLength(3);
  expect(named("nowhere")).toEqual([]);
});
