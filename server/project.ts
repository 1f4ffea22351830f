import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/**
 * The folder of the project (the nearest above this module with a package.json that is not inside node_modules).
 * Works alike for the sources (`server/project.ts`) and for a bundle (`dist/up.mjs`).
 */
export function projectFolder(): string {
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, "package.json"))) {
    const parent = dirname(folder);
    if (parent === folder) return process.cwd();
    folder = parent;
  }
  return folder;
}
