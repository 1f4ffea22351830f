import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { projectFolder } from "#server/project";
import { entriesFor, pagesOf } from "./entries";
import { knownTheme } from "./preferences";

const hrefs = (role: "user" | "auditor" | "admin", manages = role !== "user") =>
  entriesFor({ role, manages }).flatMap((group) => group.entries.map((entry) => entry.href));

test("a user sees their own places only, delegates and maintainers also what they manage, an auditor and an administrator the token manager", () => {
  expect(hrefs("user")).toEqual(["/tokens", "/overview", "/admin/explain", "/help"]);
  expect(hrefs("user", true)).toEqual(["/tokens", "/admin/tokens", "/overview", "/admin/explain", "/help"]);
  expect(hrefs("auditor")).toEqual(hrefs("admin"));
  expect(hrefs("admin")).toContain("/admin/tokens");
});

test("no entry leads to a page that does not exist", () => {
  for (const href of hrefs("admin")) expect(existsSync(join(projectFolder(), "app", href, "page.tsx"))).toBe(true);
});

test("a theme from a cookie is one of two, or the system's", () => {
  expect(["light", "dark", "system", "", undefined, 'dark"><script>'].map(knownTheme)).toEqual([
    "light",
    "dark",
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});

test("the palette offers the pages of the sidebar, and those that stand in none, each once", () => {
  const pages = pagesOf({ role: "user", manages: false }).map(({ href }) => href);
  expect(pages).toEqual(expect.arrayContaining([...hrefs("user"), "/account", "/tokens/new", "/help/api"]));
  expect(new Set(pages).size).toBe(pages.length);
  expect(pages.filter((href) => href.startsWith("/admin") && !hrefs("user").includes(href))).toEqual([]);
});
