import { join } from "node:path";
import { build } from "esbuild";
import { expect, test } from "vitest";
import { projectFolder } from "#server/project";
import { type Replacement, replacedText } from "./replaced-text";

const file = "test/replaced-text.ts";

/** What the bundle of this file says. */
async function built(...replacements: readonly Replacement[]): Promise<string> {
  const { outputFiles } = await build({
    ...{ entryPoints: [join(projectFolder(), file)], bundle: true, packages: "external", write: false },
    ...{ format: "esm", plugins: [replacedText(replacements)], logLevel: "silent" },
  });
  return outputFiles.map(({ text }) => text).join("");
}

test("a text is replaced while a bundle is built", async () => {
  expect(await built()).not.toContain("another text");
  expect(await built({ file, text: `name: "replaced text"`, by: `name: "another text"` })).toContain("another text");
});

test("a text that is not there, or is there twice, fails the build: no mistake is planted for show only", async () => {
  await expect(built({ file, text: "what nobody wrote \u{2603}", by: "" })).rejects.toThrow(
    "does not say exactly once",
  );
  await expect(built({ file, text: "replacements", by: "" })).rejects.toThrow("does not say exactly once");
  await expect(built({ file: "test/nowhere.ts", text: "x", by: "" })).rejects.toThrow("does not say exactly once");
});
