import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { VARIABLES } from "#lib/env";
import { projectFolder } from "#server/project";
import { sources } from "../source-files";

const root = projectFolder();
const text = (path: string) => readFileSync(join(root, path), "utf8");
const there = (path: string) => existsSync(join(root, path));

const PAGES = [
  ...["README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "gateways/nginx/README.md"],
  ...readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
];

/** The documents that comments of a file cite and that do not exist. */
function citedInVain(code: string): string[] {
  const comments = code.match(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm) ?? [];
  const cited = comments.flatMap((comment) => comment.match(/[\w./-]+\.md\b/g) ?? []);
  return cited.filter((name) => !there(name));
}

/** Links of a page, within the project, that lead nowhere. */
function brokenLinks(page: string, markdown: string): string[] {
  const links = [...markdown.matchAll(/\]\(([^)\s#]+)[^)]*\)/g)].map(([, to = ""]) => to);
  return links.filter((to) => !/^[a-z]+:/.test(to) && !there(join(dirname(page), to)));
}

describe("documents that are cited exist", () => {
  test("in comments, by their path from the root", () => {
    const code = sources().filter(({ path }) => path !== "test/architecture/documents.test.ts");
    const schema = { path: "prisma/schema.prisma", text: text("prisma/schema.prisma") };
    const wrong = [...code, schema].flatMap(({ path, text: all }) =>
      citedInVain(all).map((name) => `${path}: ${name}`),
    );
    expect(wrong).toEqual([]);
  });

  test("in links of documents", () => {
    expect(PAGES.flatMap((page) => brokenLinks(page, text(page)).map((to) => `${page}: ${to}`))).toEqual([]);
  });

  test("and one that does not is found", () => {
    expect(citedInVain("/** As in nowhere.md says. */\nconst a = 1; // docs/gone.md")).toEqual([
      "nowhere.md",
      "docs/gone.md",
    ]);
    expect(citedInVain('const a = "nowhere.md"; // docs/glossary.md')).toEqual([]);
    expect(brokenLinks("docs/x.md", "[a](gone.md) [b](https://example.com/gone.md) [c](glossary.md#x)")).toEqual([
      "gone.md",
    ]);
  });
});

describe("docs/interfaces.md", () => {
  const page = text("docs/interfaces.md");

  test("names every variable of the environment, and none that is not read", () => {
    const named = [...page.matchAll(/`([A-Z]+(?:_[A-Z]+)+)`/g)].map(([, name]) => name);
    expect([...new Set(named)].sort()).toEqual([...VARIABLES].sort());
  });

  test("names every command of npm", () => {
    const { scripts }: { scripts: object } = JSON.parse(text("package.json"));
    const missing = Object.keys(scripts).filter((name) => !new RegExp(`\`npm (run )?${name}\\b`).test(page));
    expect(missing).toEqual([]);
  });

  test("names every route with its methods, and none that is not there", () => {
    const routes = sources().filter(({ path }) => /^app\/api\/v1\/.*route\.ts$/.test(path) && !path.includes("[[..."));
    const rows = routes.map(({ path, text: code }) => {
      const methods = [...code.matchAll(/^export const ([A-Z]+) =/gm)].map(([, method]) => method);
      const address = dirname(path)
        .replace(/^app/, "")
        .replace(/\[(\w+)\]/g, "{$1}");
      return `| \`${address}\` | ${methods.join(" ")} |`;
    });
    expect([...page.matchAll(/^\| `\/api\/v1.*?\|.*?\|/gm)].map(([row]) => row).sort()).toEqual(rows.sort());
  });
});
