import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { projectFolder } from "#server/project";
import { NOUNS } from "./nouns";
import { flagOf } from "./option";
import { understand } from "./program";
import { isVerb, readOptions, type Verb } from "./verb";

const PAGE = readFileSync(join(projectFolder(), "docs/cli.md"), "utf8");
/** Between the fences of a shell: everything that begins with our name, without what a shell does with it. */
const EXAMPLES = [...PAGE.matchAll(/^```sh\n([\s\S]*?)^```$/gm)]
  .flatMap(([, block = ""]) => block.split("\n"))
  .map((line) => line.replace(/^.*\| (?=latchkey )/, "").replace(/\s+(#|<).*$/, ""))
  .filter((line) => line.startsWith("latchkey "));

const words = (line: string): string[] =>
  [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? "").slice(1);

const verbs = new Map<string, Verb>();
beforeAll(async () => {
  for (const [name, { load }] of Object.entries(NOUNS)) {
    const noun = await load();
    if (isVerb(noun)) verbs.set(name, noun);
    else for (const [word, verb] of Object.entries(noun)) verbs.set(`${name} ${word}`, verb);
  }
}, 60_000);

describe("docs/cli.md", () => {
  test.each(EXAMPLES)("says what is understood: %s", async (line) => {
    const asked = await understand(words(line));
    if (!("verb" in asked)) throw new Error(JSON.stringify(asked));
    expect(readOptions(asked.verb.options, asked.texts)).toMatchObject({ ok: true });
  });

  test("has an example of every command, and names every option but those of lists", () => {
    const missing = [...verbs].flatMap(([name, { options }]) => {
      const shown = EXAMPLES.some((line) => line.startsWith(`latchkey ${name}`)) ? [] : [name];
      const named = (option: string) => new RegExp(`${flagOf(option)}\\b`).test(PAGE);
      return [...shown, ...Object.keys(options).filter((option) => !named(option) && !/ list$/.test(name))];
    });
    expect(missing).toEqual([]);
  });
});
