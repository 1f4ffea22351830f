import { expect, it } from "vitest";
import { apacheSites, haproxyUpstreams } from "./forward-sites";
import { readShippedForward } from "./store-shipped";
import { upstreamsOf } from "./upstreams";

const shipped = await readShippedForward();
const on = (key: string, ...hosts: string[]) => ({ key, routes: hosts.map((host) => ({ host, context: "" })) });
const UPSTREAMS = upstreamsOf([on("jira", "jira.corp"), on("wiki", "[2001:db8::1]", "wiki.corp")]);

it("HAProxy has a line for each name, with the backend of its own application, and none for any other", () => {
  const text = haproxyUpstreams(shipped.haproxy, UPSTREAMS);
  const lines = [...text.matchAll(/^ {2}http-request set-var\(txn\.latchkey_backend\) str\((\S+)\) .* -i (\S+) \}$/gm)];
  expect(lines.map(([, backend, host]) => [host, backend])).toEqual([
    ...[
      ["jira.corp", "jira"],
      ["[2001:db8::1]", "wiki"],
      ["wiki.corp", "wiki"],
    ],
    ...[
      ["jira.main-host.invalid", "jira"],
      ["wiki.main-host.invalid", "wiki"],
    ],
  ]);
  expect(text.match(/str\(\S+\) if !\{ var\(txn\.latchkey_backend\) -m found \}/g)).toEqual([
    "str(jira) if !{ var(txn.latchkey_backend) -m found }",
  ]);
  const other = haproxyUpstreams(shipped.haproxy, upstreamsOf([on("wiki", "wiki.corp")]));
  expect(other).toContain("str(wiki) if !{ var(txn.latchkey_backend) -m found }\n");
  expect(other).not.toContain("str(jira)");
  for (const key of ["jira", "wiki"])
    expect(text).toContain(
      `backend ${key}\n  server ${key} 127.0.0.1:8080  # EDIT: where ${key} listens; nobody but HAProxy should reach it\n`,
    );
  expect(text.match(/^backend /gm)).toHaveLength(2);
});

it("Apache has both hosts for each application, which are for its names alone", () => {
  const text = apacheSites(shipped.apache, UPSTREAMS);
  const hosts = text.match(/^<VirtualHost[\s\S]*?^<\/VirtualHost>$/gm) ?? [];
  const named = hosts.map((host) => [
    /ServerName (.*)/.exec(host)?.[1],
    /ServerAlias (.*)/.exec(host)?.[1],
    /LATCHKEY_HOSTS=([^"]*)/.exec(host)?.[1],
    /EDIT: where (\S+) listens/.exec(host)?.[1],
    /latchkey\.lua (\S+)/.exec(host)?.[1],
  ]);
  expect(named).toEqual([
    ["jira.corp", undefined, "jira.corp", "jira", "api_host"],
    ["jira.main-host.invalid", undefined, "jira.main-host.invalid", "jira", "main_host"],
    ["[2001:db8::1]", "wiki.corp", "[2001:db8::1] wiki.corp", "wiki", "api_host"],
    ["wiki.main-host.invalid", undefined, "wiki.main-host.invalid", "wiki", "main_host"],
  ]);
  expect(text).toContain("/etc/ssl/private/2001-db8--1.key");
  expect(text).not.toContain("example.com");
});

it("one application is what is shipped, but for its names and what is said of them", () => {
  const one = upstreamsOf([on("jira", "jira-api.example.com")]);
  const unnamed = (text: string) =>
    text
      .replace(/^ *# EDIT: (?:names from above|a line for each name, as).*\n/gm, "")
      .replaceAll("where Jira", "where jira");
  const main = (text: string) => unnamed(text.replaceAll("jira.main-host.invalid", "jira.example.com"));
  expect(main(haproxyUpstreams(shipped.haproxy, one))).toBe(unnamed(shipped.haproxy));
  expect(main(apacheSites(shipped.apache, one))).toBe(unnamed(shipped.apache));
});
