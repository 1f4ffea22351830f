import { readFileSync, writeFileSync } from "node:fs";

/** Does to a shipped file what its README asks an operator to do: replaces what is there, and fails when it is not. */
export function edit(file: string, replacements: readonly (readonly [string | RegExp, string])[]): void {
  let text = readFileSync(file, "utf8");
  for (const [what, by] of replacements) {
    const found = typeof what === "string" ? text.split(what).length - 1 : [...text.matchAll(global(what))].length;
    if (found === 0 || (found > 1 && (typeof what === "string" || !what.global))) {
      throw new Error(`${file} has ${found} places for ${what}`);
    }
    text = text.replace(what, () => by);
  }
  writeFileSync(file, text);
}

/** Does to it what the portal does when it fills it in. */
export const rewrite = (file: string, by: (text: string) => string): void =>
  writeFileSync(file, by(readFileSync(file, "utf8")));

const global = (what: RegExp): RegExp => new RegExp(what, what.flags.includes("g") ? what.flags : `${what.flags}g`);
