import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { createSourceFile, forEachChild, type Node, ScriptKind, ScriptTarget, type SourceFile } from "typescript";
import { projectFolder } from "#server/project";

export type Source = { readonly path: string; readonly text: string; readonly lines: number; readonly isTest: boolean };

const FOLDERS = ["app", "server", "cli", "components", "lib", "test", "e2e", "bench"];
const SOURCE = /\.(ts|tsx|mjs|cjs|js)$/;
const SKIPPED = new Set(["generated", "node_modules", "results"]);

/** Every TypeScript or JavaScript file that people wrote, by its path from the root. */
export function sources(): Source[] {
  const root = projectFolder();
  const found: Source[] = [];
  const walk = (folder: string): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory() && !SKIPPED.has(entry.name)) walk(path);
      if (entry.isFile() && SOURCE.test(entry.name)) found.push(sourceOf(root, path));
    }
  };
  for (const folder of FOLDERS) walk(join(root, folder));
  return found;
}

/** What must have been seen: what git keeps of them, or where there is no git (an unpacked archive) what is there. */
export function listed(): string[] {
  const root = projectFolder();
  const walked = sources().map(({ path }) => path);
  if (!existsSync(join(root, ".git"))) return walked;
  const kept = execFileSync("git", ["ls-files", "-z", "--", ...FOLDERS], { cwd: root, encoding: "utf8" }).split("\0");
  const wanted = kept.filter((path) => SOURCE.test(path) && existsSync(join(root, path)));
  if (wanted.length === 0) throw new Error("git names no source file");
  return wanted;
}

function sourceOf(root: string, path: string): Source {
  const text = readFileSync(path, "utf8");
  const name = relative(root, path);
  return { path: name, text, lines: text.split("\n").length - 1, isTest: isTest(name) };
}

const isTest = (path: string): boolean => /\.test\.tsx?$|^(test|e2e|bench)\//.test(path);

/** The file's syntax, parsed without types. */
export function parsed({ path, text }: Source): SourceFile {
  const kind = path.endsWith("x")
    ? ScriptKind.TSX
    : path.endsWith("s") && /\.(mjs|cjs|js)$/.test(path)
      ? ScriptKind.JS
      : ScriptKind.TS;
  return createSourceFile(path, text, ScriptTarget.ES2023, true, kind);
}

/** Where in the file the nodes are that a predicate holds for: `path:line`. */
export function places(source: Source, wanted: (node: Node) => boolean): string[] {
  const file = parsed(source);
  const found: string[] = [];
  const visit = (node: Node): void => {
    if (wanted(node)) found.push(`${source.path}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1}`);
    forEachChild(node, visit);
  };
  visit(file);
  return found;
}
