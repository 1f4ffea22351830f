import { readFileSync } from "node:fs";
import { relative } from "node:path";
import type { Plugin } from "esbuild";
import { projectFolder } from "#server/project";

/** What a build reads in the place of a text of ours: a mistake that tests must find. */
export type Replacement = { readonly file: string; readonly text: string; readonly by: string };

/** Replaces texts while esbuild reads them. The build fails where one of them is not there exactly once. */
export function replacedText(replacements: readonly Replacement[]): Plugin {
  const replaced = new Set<Replacement>();
  return {
    name: "replaced text",
    setup(build) {
      build.onLoad({ filter: /\.ts$/ }, ({ path }) => {
        const file = relative(projectFolder(), path);
        const concerned = replacements.filter((each) => each.file === file);
        if (concerned.length === 0) return undefined;
        let contents = readFileSync(path, "utf8");
        for (const each of concerned) {
          if (contents.split(each.text).length !== 2) continue;
          contents = contents.replace(each.text, () => each.by);
          replaced.add(each);
        }
        return { contents, loader: "ts" };
      });
      build.onEnd(() => ({
        errors: replacements
          .filter((each) => !replaced.has(each))
          .map(({ file, text }) => ({ text: `${file} does not say exactly once: ${text}` })),
      }));
    },
  };
}
