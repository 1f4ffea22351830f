import type { ApplicationKind } from "#lib/applications/application";
import type { CodeLanguage } from "../../ui/highlight";
import { codeString, envValue, powershellString, shellWord, urlUser } from "./quoting";

/** The portal's own API is an application too, with a first request of its own. */
export type SnippetKind = ApplicationKind | "latchkey";

/** What a snippet needs to run as it is. `base` is an address without a slash at the end: `https://tools.example.com/jira`. */
export type SnippetFacts = {
  readonly kind: SnippetKind;
  readonly base: string;
  readonly username: string;
  readonly secret: string;
};

export type Snippet = {
  readonly id: string;
  readonly label: string;
  readonly language: CodeLanguage;
  readonly code: string;
};

/** A harmless read for each kind, so that the very first run shows something. */
const FIRST_READ: Record<SnippetKind, { path: string; query?: { name: string; value: string }; says: string }> = {
  jira: {
    path: "/rest/api/2/search",
    query: { name: "jql", value: "assignee = currentUser()" },
    says: "Your issues, read with your token",
  },
  confluence: {
    path: "/rest/api/content",
    query: { name: "limit", value: "5" },
    says: "Five pages, read with your token",
  },
  bitbucket: { path: "/rest/api/1.0/projects", says: "The projects you can see, read with your token" },
  generic: { path: "/", says: "One request with your token" },
  latchkey: { path: "/api/v1/me", says: "Who you are, asked with your token" },
};

/** Basic cannot carry a colon or a control character in the username (RFC 7617 2): the word `token` stands in then. */
const basicName = (username: string): string => (/[:\p{Cc}]/u.test(username) ? "token" : username);

/** The same first request for every tool, with real host, username and secret, quoted so that it runs as pasted. */
export function snippets(facts: SnippetFacts): readonly Snippet[] {
  const read = FIRST_READ[facts.kind];
  const url = `${facts.base}${read.path}`;
  const name = basicName(facts.username);
  const made: Snippet[] = [
    { id: "curl", label: "curl", language: "shell", code: curl(url, name, facts) },
    { id: "python", label: "Python", language: "python", code: python(url, name, facts) },
    { id: "javascript", label: "JavaScript", language: "javascript", code: javascript(url, name, facts) },
    { id: "powershell", label: "PowerShell", language: "powershell", code: powershell(url, name, facts) },
  ];
  if (facts.kind === "bitbucket" || facts.kind === "generic")
    made.push({ id: "git", label: "git", language: "shell", code: git(name, facts) });
  return made;
}

function curl(url: string, name: string, { kind, secret }: SnippetFacts): string {
  const { query, says } = FIRST_READ[kind];
  // a plain name may stand with the variable in one pair of quotes, any other gets its own
  const user = /^[\w.@-]+$/.test(name) ? `"${name}:$LATCHKEY_TOKEN"` : `${shellWord(name)}:"$LATCHKEY_TOKEN"`;
  const lines = [
    `# ${says}`,
    `export LATCHKEY_TOKEN=${shellWord(secret)}`,
    `curl --get ${shellWord(url)} \\`,
    `  --user ${user}`,
  ];
  if (query) lines.push(`  --data-urlencode ${shellWord(`${query.name}=${query.value}`)}`);
  return lines.map((line, at) => (at >= 3 && at < lines.length - 1 ? `${line} \\` : line)).join("\n");
}

function python(url: string, name: string, { kind, secret }: SnippetFacts): string {
  const { query, says } = FIRST_READ[kind];
  const params = query ? `\n    params={${codeString(query.name)}: ${codeString(query.value)}},` : "";
  return `# ${says}: pip install requests
import requests

answer = requests.get(
    ${codeString(url)},
    auth=(${codeString(name)}, ${codeString(secret)}),${params}
    timeout=30,
)
answer.raise_for_status()
print(answer.text)`;
}

function javascript(url: string, name: string, { kind, secret }: SnippetFacts): string {
  const { query, says } = FIRST_READ[kind];
  const full = query ? `${url}?${new URLSearchParams({ [query.name]: query.value })}` : url;
  return `// ${says}: Node 18 or newer
const basic = Buffer.from(${codeString(`${name}:${secret}`)}).toString("base64");
const answer = await fetch(${codeString(full)}, {
  headers: { Authorization: "Basic " + basic },
});
console.log(answer.status, await answer.text());`;
}

function powershell(url: string, name: string, { kind, secret }: SnippetFacts): string {
  const { query, says } = FIRST_READ[kind];
  const body = query ? ` -Body @{ ${query.name} = ${powershellString(query.value)} }` : "";
  return `# ${says}: Windows PowerShell 5 or newer
$pair = [Text.Encoding]::UTF8.GetBytes(${powershellString(`${name}:${secret}`)})
$headers = @{ Authorization = 'Basic ' + [Convert]::ToBase64String($pair) }
Invoke-RestMethod -Uri ${powershellString(url)} -Headers $headers${body}`;
}

function git(name: string, { kind, base, secret }: SnippetFacts): string {
  const [scheme = "https", host = ""] = base.split("://");
  const path = kind === "bitbucket" ? "scm/PROJECT/repository.git" : "PROJECT/repository.git";
  return `# git asks for a password: paste the token
git clone ${shellWord(`${scheme}://${urlUser(name)}@${host}/${path}`)}

# without asking, for example in CI
export LATCHKEY_TOKEN=${shellWord(secret)}
git clone "${scheme}://${urlUser(name)}:$LATCHKEY_TOKEN@${host}/${path}"`;
}

/** Which field of Zapier, Make and the like takes what. */
export function platformFields({
  kind,
  base,
  username,
  secret,
}: SnippetFacts): readonly { field: string; value: string }[] {
  return [
    { field: "Address, base URL", value: base },
    { field: "Authentication", value: kind === "generic" ? "Basic auth, or Bearer" : "Basic auth" },
    { field: "Username, e-mail", value: basicName(username) },
    { field: "Password, API key, token", value: secret },
  ];
}

/** A file for `--env-file`, docker and dotenv. */
export function envFile({ base, username, secret }: Omit<SnippetFacts, "kind">): string {
  return `LATCHKEY_URL=${envValue(base)}\nLATCHKEY_USER=${envValue(basicName(username))}\nLATCHKEY_TOKEN=${envValue(secret)}\n`;
}
