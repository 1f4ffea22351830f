import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runInNewContext } from "node:vm";
import { afterAll, describe, expect, test } from "vitest";
import { FACTS } from "#test/pages";
import { snippetFacts } from "./snippet-facts";
import { envFile, platformFields, type SnippetFacts, snippets } from "./snippets";

const SECRET = "lk_b8Rk2vQeW9sLxTn4YpZc7HdA1mJuGf30oKTt0c";
const facts = (some: Partial<SnippetFacts> = {}): SnippetFacts => ({
  kind: "jira",
  base: "https://jira.example.com",
  username: "mara.lindqvist",
  secret: SECRET,
  ...some,
});
const code = (id: string, some: Partial<SnippetFacts> = {}) =>
  snippets(facts(some)).find((each) => each.id === id)?.code ?? "";

// a folder whose curl and git only tell what they were given, one argument a line
const folder = mkdtempSync(join(tmpdir(), "latchkey-snippets-"));
for (const tool of ["curl", "git"])
  writeFileSync(join(folder, tool), '#!/bin/sh\nprintf "%s\\n" "$@"\n', { mode: 0o755 });
afterAll(() => rmSync(folder, { recursive: true }));
const argumentsOf = (script: string) =>
  execFileSync("sh", ["-c", script], { encoding: "utf8", env: { ...process.env, PATH: `${folder}:/usr/bin:/bin` } })
    .trimEnd()
    .split("\n");

const NAMES = ["mara.lindqvist", "o'brien", "a b", "$(touch x)", "`id`", 'quo"te', "back\\slash", "exclaim!", "żółć"];

describe("curl", () => {
  test("reads as one would write it", () => {
    expect(code("curl")).toBe(`# Your issues, read with your token
export LATCHKEY_TOKEN='${SECRET}'
curl --get 'https://jira.example.com/rest/api/2/search' \\
  --user "mara.lindqvist:$LATCHKEY_TOKEN" \\
  --data-urlencode 'jql=assignee = currentUser()'`);
  });

  test.each(NAMES)("a real shell hands over the username %j untouched", (username) => {
    for (const kind of ["jira", "confluence", "bitbucket", "generic"] as const) {
      const given = argumentsOf(code("curl", { username, kind }));
      expect(given[given.indexOf("--user") + 1]).toBe(`${username}:${SECRET}`);
    }
  });

  test("a username with a colon cannot be sent by Basic: the word token stands in", () => {
    expect(argumentsOf(code("curl", { username: "a:b" }))).toContain(`token:${SECRET}`);
  });
});

test.each(NAMES)("git gets %j in its URL, percent-encoded, with and without the secret", (username) => {
  const given = argumentsOf(code("git", { kind: "bitbucket", base: "https://git.example.com", username })).filter(
    (each) => each.startsWith("https:"),
  );
  expect(given).toHaveLength(2);
  for (const address of given) {
    const url = new URL(address);
    expect(decodeURIComponent(url.username)).toBe(username);
    expect(url.host + url.pathname).toBe("git.example.com/scm/PROJECT/repository.git");
  }
  expect(new URL(given[1] ?? "").password).toBe(SECRET);
});

test.each(NAMES)("JavaScript sends %j as it is", async (username) => {
  const asked: unknown[] = [];
  const fetch = async (url: string, init: { headers: { Authorization: string } }) => {
    asked.push(url, Buffer.from(init.headers.Authorization.slice(6), "base64").toString("utf8"));
    return { status: 200, text: async () => "" };
  };
  await runInNewContext(`(async () => {${code("javascript", { username })}\n})()`, {
    fetch,
    Buffer,
    console: { log() {} },
  });
  expect(asked).toEqual([
    "https://jira.example.com/rest/api/2/search?jql=assignee+%3D+currentUser%28%29",
    `${username}:${SECRET}`,
  ]);
});

test("Python and PowerShell carry host, user and secret as string literals", () => {
  expect(code("python")).toContain(`auth=("mara.lindqvist", "${SECRET}")`);
  expect(code("python", { username: 'a"b' })).toContain('auth=("a\\"b", ');
  expect(code("powershell")).toContain(`'mara.lindqvist:${SECRET}'`);
  expect(code("powershell", { username: "o'brien" })).toContain("'o''brien:");
});

test("git is offered where there are repositories", () => {
  expect(snippets(facts()).map((each) => each.id)).not.toContain("git");
  expect(snippets(facts({ kind: "bitbucket" })).map((each) => each.id)).toContain("git");
});

test("platforms and the .env file get the same three things", () => {
  const values = platformFields(facts()).map((each) => each.value);
  expect(values).toEqual(expect.arrayContaining(["https://jira.example.com", "mara.lindqvist", SECRET]));
  expect(envFile(facts())).toBe(
    `LATCHKEY_URL=https://jira.example.com\nLATCHKEY_USER=mara.lindqvist\nLATCHKEY_TOKEN=${SECRET}\n`,
  );
});

describe("what a snippet is filled with", () => {
  const of = (applications: readonly string[] | "all", known = FACTS.applications) =>
    snippetFacts({ applications }, SECRET, "mara", known, "http://localhost:3000");

  test("is the first application that the token reaches, with its context path", () => {
    expect(of(["wiki"])).toMatchObject({ kind: "confluence", base: "https://tools.example.com/wiki" });
  });

  test("is the portal as it is being looked at, for a token of its own API", () => {
    const own = of(["latchkey"]);
    expect(own).toMatchObject({ kind: "latchkey", base: "http://localhost:3000" });
    expect(snippets(own).map((each) => each.id)).not.toContain("git");
    expect(argumentsOf(snippets(own)[0]?.code ?? "")).toContain("http://localhost:3000/api/v1/me");
  });

  test("*all* is never this portal itself", () =>
    expect(of("all")).toMatchObject({ base: "https://jira.example.com" }));

  test.each(["", "bad host", "x';id;'", "a$(id).example"])(
    "a host like %j is replaced by one that nobody owns",
    (host) => {
      expect(of(["jira"], [{ key: "jira", name: "Jira", kind: "jira", host }]).base).toBe("https://jira.example.com");
    },
  );
});
