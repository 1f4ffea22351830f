import { beforeAll, expect, test } from "vitest";
import { NOUNS } from "./nouns";
import { understand } from "./program";
import { isVerb, type Verb } from "./verb";

// Once, since each brings its commands along.
beforeAll(async () => {
  for (const { load } of Object.values(NOUNS)) await load();
}, 60_000);

const asked = async (...args: string[]) => {
  const found = await understand(args);
  if ("verb" in found) return found.texts;
  if ("status" in found) return found.status;
  return found.refused.ok ? null : found.refused.refusal.detail;
};

test("a command line is a noun, a verb and its options, in whatever order these come", async () => {
  expect(await asked("token", "revoke", "--note", "a b", "--id", "7", "--only")).toEqual({
    ...{ id: ["7"], note: ["a b"], only: [""] },
  });
  expect(await asked("group", "add", "--user", "a", "--name=g", "--user=b")).toEqual({ name: ["g"], user: ["a", "b"] });
  expect(await asked("verify", "--uri", "--x", "--header", "A: -b")).toEqual({ uri: ["--x"], header: ["A: -b"] });
});

test("what there is not is refused, without guessing", async () => {
  expect(await asked("nonsense")).toBe("Unknown command 'nonsense'. Add --help to see what there is.");
  expect(await asked("token", "destroy")).toMatch(/^Unknown command 'destroy'/);
  expect(await asked("token", "revoke", "--ID", "7")).toMatch(/^Unknown option '--ID'/);
  expect(await asked("token", "revoke", "--i", "7")).toMatch(/^Unknown option '--i'/);
  expect(await asked("token", "revoke", "7")).toMatch(/^Too many arguments/);
  expect(await asked("token", "revoke", "--id")).toMatch(/argument missing/);
  expect(await asked("--json", "-")).toMatch(/^Unknown option/);
  expect(await asked("constructor")).toMatch(/^Unknown command/);
  expect(await asked("token", "constructor")).toMatch(/^Unknown command/);
});

test("the names of the contract are all there, and each says what it is for", async () => {
  const names: string[] = [];
  for (const [name, { about, load }] of Object.entries(NOUNS)) {
    const noun = await load();
    const verbs: Readonly<Record<string, Verb>> = isVerb(noun) ? { "": noun } : noun;
    expect(about).not.toBe("");
    for (const [word, verb] of Object.entries(verbs)) {
      names.push(`${name} ${word}`.trim());
      expect(verb.about, name).not.toBe("");
      for (const [option, each] of Object.entries(verb.options)) expect(each.about, `${name} ${option}`).not.toBe("");
    }
  }
  expect(names).toEqual(
    expect.arrayContaining([
      ...["admin create", "user create", "user deactivate", "user reactivate", "group create", "group add"],
      ...["group remove", "policy create", "policy list", "delegation create", "delegation list", "network create"],
      ...["application create", "gateway create", "gateway rotate-secret", "token create", "token list"],
      ...["token revoke", "token suspend", "token resume", "token rotate", "verify", "audit verify"],
    ]),
  );
});
