import { expect, it } from "vitest";
import type { ForwardFacts } from "./forward-facts";
import { forwardPrograms } from "./forward-files";
import { readShippedForward } from "./store-shipped";
import { tokenNames } from "./token-names";

const FACTS: ForwardFacts = {
  gatewayKey: "gw-eu-1",
  verifier: { address: "10.0.0.5:3001", by: "clear" },
  names: tokenNames([]),
  hosts: ["jira.corp", "[2001:db8::1]"],
  proxies: [],
};
const shipped = await readShippedForward();
const programs = forwardPrograms(shipped, FACTS);
const textOf = (path: string) => programs.flatMap(({ files }) => files).find((file) => file.path === path)?.text ?? "";

it("what asks is what is shipped, with verifier and key filled in and nothing else changed", () => {
  for (const [path, text] of [
    ["/etc/caddy/latchkey.caddyfile", shipped.caddy],
    ["/etc/haproxy/latchkey.lua", shipped.haproxyLua],
    ["/etc/apache2/latchkey.lua", shipped.apacheLua],
  ] as const) {
    const expected = text.replace("127.0.0.1:3001", "10.0.0.5:3001").replace("/forward/gw1", "/forward/gw-eu-1");
    expect(textOf(path)).toBe(expected);
    expect(expected).not.toBe(text);
  }
});

it("no file holds a secret: it comes from the environment of the service, or a placeholder says where it belongs", () => {
  for (const { files, service } of programs)
    expect(files.map(({ text }) => text).join()).toContain(service === null ? "CHANGE-ME" : "LATCHKEY_GATEWAY_KEY");
});

it("Caddy gets a site for each host: everything is asked about, and how it would be otherwise stands below", () => {
  const text = textOf("/etc/caddy/Caddyfile");
  expect(text).toMatch(/^import latchkey\.caddyfile\n/);
  for (const host of FACTS.hosts) {
    expect(text).toContain(`\n${host} {\n\timport latchkey_api_host 127.0.0.1:8080\n}`);
    expect(text).toContain(`\n# ${host} {\n# \timport latchkey_main_host 127.0.0.1:8080\n# }`);
  }
  expect(text).not.toContain("example.com");
});

it("Traefik asks about all of each host, and no name stands in two kinds of router", () => {
  const text = textOf("/etc/traefik/latchkey.yaml");
  expect(text).toContain("http://10.0.0.5:3001/v1/authz/forward/gw-eu-1");
  const rules = [...text.matchAll(/rule: (.*?) # EDIT/g)].map(([, rule = ""]) => rule);
  expect(rules).toHaveLength(4);
  expect(rules.filter((rule) => rule.startsWith("(Host(`jira.corp`) || Host(`[2001:db8::1]`)) && "))).toHaveLength(1);
  expect(rules.filter((rule) => rule.startsWith("Host(`main-host.invalid`) && "))).toHaveLength(3);
  const none = forwardPrograms(shipped, { ...FACTS, hosts: [] }).flatMap(({ files }) => files.map((file) => file.text));
  expect(none.join()).toContain("rule: (Host(`main-host.invalid`)) && ");
});

it("is refused to be made from files that have no place for what is filled in", () => {
  expect(() => forwardPrograms({ ...shipped, apacheLua: "" }, FACTS)).toThrow("no place for");
  expect(() => forwardPrograms({ ...shipped, caddyExample: "" }, FACTS)).toThrow("no sites");
});
