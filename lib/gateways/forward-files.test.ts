import { expect, it } from "vitest";
import { parse } from "yaml";
import type { ForwardFacts } from "./forward-facts";
import { forwardPrograms } from "./forward-files";
import { readShippedForward } from "./store-shipped";
import { tokenNames } from "./token-names";

const FACTS: ForwardFacts = {
  gatewayKey: "gw-eu-1",
  verifier: { address: "10.0.0.5:3001", by: "clear" },
  names: tokenNames([]),
  applications: [
    { key: "jira", routes: [{ host: "jira.corp", context: "" }] },
    { key: "wiki", routes: ["[2001:db8::1]", "wiki.corp"].map((host) => ({ host, context: "" })) },
  ],
  proxies: [],
};
const shipped = await readShippedForward();
const programs = forwardPrograms(shipped, FACTS);
const literally = (text: string) => new RegExp(`^${text.replace(/[.()|[\]]/g, "\\$&")}`);
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
  for (const [host, key] of [
    ["jira.corp", "jira"],
    ["[2001:db8::1]", "wiki"],
    ["wiki.corp", "wiki"],
  ]) {
    const to = `127.0.0.1:8080 ${host?.replace(/[[\]]/g, "")}  # EDIT: where ${key} listens; nobody but Caddy should reach it`;
    expect(text).toContain(`\n${host} {\n\timport latchkey_api_host ${to}\n}`);
    expect(text).toContain(`\n# ${host} {\n# \timport latchkey_main_host ${to}\n# }`);
  }
  expect(text).toMatch(/\nhttps:\/\/ \{\n\timport latchkey_nobody\n\}\n$/);
  expect(text).not.toContain("example.com");
});

it("Traefik asks about all of each host, no name stands in two kinds of router, and each leads to its application", () => {
  const text = textOf("/etc/traefik/latchkey.yaml");
  expect(text).toContain("http://10.0.0.5:3001/v1/authz/forward/gw-eu-1");
  const { routers, services, middlewares } = parse(text).http;
  expect(Object.keys(routers)).toHaveLength(8);
  for (const [key, hosts] of [
    ["jira", "Host(`jira.corp`)"],
    ["wiki", "(Host(`[2001:db8::1]`) || Host(`wiki.corp`))"],
  ]) {
    const own = Object.keys(routers).filter((name) => name.startsWith(`${key}-`));
    expect(own.map((name) => routers[name].service)).toEqual([key, key, key, key]);
    expect(routers[`${key}-api-host`].rule).toMatch(literally(`${hosts} && !Method`));
    const kinds = ["main-host-credentials", "main-host-log-ins", "main-host"];
    for (const kind of kinds)
      expect(routers[`${key}-${kind}`].rule).toMatch(literally(`Host(\`${key}.main-host.invalid\`) && `));
    for (const name of own) for (const each of routers[name].middlewares) expect(middlewares).toHaveProperty(each);
    expect(text).toContain(`http://127.0.0.1:8080 # EDIT: where ${key} listens; nobody but Traefik should reach it`);
  }
  expect(Object.keys(services)).toEqual(["jira", "wiki"]);
  expect(text).not.toContain("example.com");
});

it("a gateway without a host gets files that are asked for no name that anybody has", () => {
  const none = forwardPrograms(shipped, { ...FACTS, applications: [] });
  const [traefik] = none.filter(({ name }) => name === "Traefik");
  const { routers } = parse(traefik?.files[1]?.text ?? "").http;
  expect(routers["application-api-host"].rule).toMatch(literally("Host(`application.api-host.invalid`) && "));
});

it("is refused to be made from files that have no place for what is filled in", () => {
  expect(() => forwardPrograms({ ...shipped, apacheLua: "" }, FACTS)).toThrow("no place for");
  expect(() => forwardPrograms({ ...shipped, caddyExample: "" }, FACTS)).toThrow("no sites");
});
