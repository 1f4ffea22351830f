import { expect, it } from "vitest";
import { parse } from "yaml";
import type { ForwardFacts } from "./forward-facts";
import { openrestyPrograms } from "./openresty-files";
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
const textOf = (path: string, facts = FACTS) =>
  openrestyPrograms(shipped, facts)
    .flatMap(({ files }) => files)
    .find((file) => file.path === path)?.text ?? "";

const ONE = { ...FACTS, applications: FACTS.applications.slice(0, 1) };

it("APISIX is what is shipped, with verifier, key and hosts filled in and nothing else changed", () => {
  const expected = shipped.apisix
    .replace("127.0.0.1:3001/v1/authz/forward/gw1", "10.0.0.5:3001/v1/authz/forward/gw-eu-1")
    .replace("[jira-api.example.com]", '["jira.corp"]')
    .replace("jira-api\\.example\\.com", "jira\\.corp")
    .replace("where Jira", "where jira");
  expect(textOf("conf/apisix.yaml", ONE)).toBe(expected);
  expect(textOf("conf/config.yaml")).toBe(shipped.apisixStart);
});

it("APISIX has a route for each application, whose Host lines say its own names and which leads to no other", () => {
  const text = textOf("conf/apisix.yaml");
  const { routes, plugin_configs: configs } = parse(text);
  expect(routes.map((each: { id: string; hosts: string[] }) => [each.id, each.hosts])).toEqual([
    ["jira-api", ["jira.corp"]],
    ["wiki-api", ["[2001:db8::1]", "wiki.corp"]],
  ]);
  expect(routes[1].vars).toEqual([["http_host", "~~", "^(?i:\\[2001:db8::1\\]|wiki\\.corp)(:[0-9]+)?$"]]);
  for (const { plugin_config_id: id } of routes) expect(id).toBe(configs[0].id);
  for (const key of ["jira", "wiki"])
    expect(text).toContain(`"127.0.0.1:8080": 1 # EDIT: where ${key} listens; nobody but APISIX should reach it`);
});

it("Kong is what is shipped, every host asked about wholly, and none stands in two routes", () => {
  const expected = shipped.kong
    .replace('host = "127.0.0.1", port = 3001 }', 'host = "10.0.0.5", port = 3001 }')
    .replace("/v1/authz/forward/gw1", "/v1/authz/forward/gw-eu-1")
    .replace("[jira-api.example.com]", '["jira.corp"]')
    .replace("[jira.example.com] # EDIT", "[jira.main-host.invalid] # EDIT: names from above that browsers use too")
    .replace("name: latchkey-api-host", "name: latchkey-api-host-jira")
    .replace("name: latchkey-main-host", "name: latchkey-main-host-jira")
    .replace("where Jira", "where jira");
  expect(textOf("/etc/kong/kong.yaml", ONE)).toBe(expected);
  expect(textOf("/etc/kong/kong.conf")).toBe(shipped.kongStart);
});

it("Kong has a service for each application, with its own hosts and the whole function", () => {
  const text = textOf("/etc/kong/kong.yaml");
  const { services } = parse(text);
  type Service = { name: string; routes: { name: string; hosts: string[] }[] };
  expect(services.map(({ name, routes }: Service) => [name, ...routes.map((each) => [each.name, each.hosts])])).toEqual(
    [
      ["jira", ["latchkey-api-host-jira", ["jira.corp"]], ["latchkey-main-host-jira", ["jira.main-host.invalid"]]],
      [
        ...["wiki", ["latchkey-api-host-wiki", ["[2001:db8::1]", "wiki.corp"]]],
        ["latchkey-main-host-wiki", ["wiki.main-host.invalid"]],
      ],
    ],
  );
  expect(services[1].plugins).toEqual(services[0].plugins);
  for (const key of ["jira", "wiki"])
    expect(text).toContain(`# EDIT: where ${key} listens, without a path; nobody but Kong should reach it`);
});

it("Kong's function knows the main host by the name of its route, and both routes keep path and host", () => {
  const [{ routes, plugins }] = parse(shipped.kong).services;
  const [{ name, config }] = plugins;
  expect([name, config.access.length, config.header_filter.length]).toEqual(["pre-function", 1, 1]);
  const [, begins = ""] = /get_route\(\)\.name or ""\):find\("\^([^"]+)"\)/.exec(config.access[0]) ?? [];
  const known = (route: { name: string }) => route.name.startsWith(begins.replaceAll("%", ""));
  expect([begins, ...routes.map(known)]).toEqual(["latchkey%-main%-host", false, true]);
  for (const { strip_path, preserve_host } of routes) expect([strip_path, preserve_host]).toEqual([false, true]);
});

it("APISIX has a route of some host always: one without would be asked about everybody's", () => {
  expect(parse(textOf("conf/apisix.yaml", { ...FACTS, applications: [] })).routes[0].hosts).toEqual([
    "application.api-host.invalid",
  ]);
});

it("neither shows a certificate and APISIX asks no socket: each says so, and files are made all the same", () => {
  const said = (by: "mutual" | "socket") => {
    const verifier = { address: by === "socket" ? "unix:/run/latchkey/verifier.sock" : "10.0.0.5:3001", by };
    return openrestyPrograms(shipped, { ...FACTS, verifier }).map(({ outOfReach, files }) => [
      outOfReach !== null,
      files.length,
    ]);
  };
  expect(said("mutual")).toEqual([
    [true, 2],
    [true, 2],
  ]);
  expect(said("socket")).toEqual([
    [true, 2],
    [false, 2],
  ]);
});

it("is refused to be made from a file for OpenResty that has no place for what is filled in", () => {
  expect(() => openrestyPrograms({ ...shipped, apisix: "" }, FACTS)).toThrow("no place for");
});
