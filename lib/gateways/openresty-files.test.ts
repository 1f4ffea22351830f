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
  hosts: ["jira.corp", "[2001:db8::1]"],
  proxies: [],
};
const shipped = await readShippedForward();
const textOf = (path: string, facts = FACTS) =>
  openrestyPrograms(shipped, facts)
    .flatMap(({ files }) => files)
    .find((file) => file.path === path)?.text ?? "";

it("APISIX is what is shipped, with verifier, key and hosts filled in and nothing else changed", () => {
  const expected = shipped.apisix
    .replace("127.0.0.1:3001/v1/authz/forward/gw1", "10.0.0.5:3001/v1/authz/forward/gw-eu-1")
    .replace("[jira-api.example.com]", '["jira.corp", "[2001:db8::1]"]');
  expect(textOf("conf/apisix.yaml")).toBe(expected);
  expect(textOf("conf/config.yaml")).toBe(shipped.apisixStart);
  expect(parse(expected).routes[0].hosts).toEqual(FACTS.hosts);
});

it("Kong is what is shipped, every host asked about wholly, and none stands in two routes", () => {
  const expected = shipped.kong
    .replace('host = "127.0.0.1", port = 3001 }', 'host = "10.0.0.5", port = 3001 }')
    .replace("/v1/authz/forward/gw1", "/v1/authz/forward/gw-eu-1")
    .replace("[jira-api.example.com]", '["jira.corp", "[2001:db8::1]"]')
    .replace("[jira.example.com] # EDIT", "[main-host.invalid] # EDIT: names from above that browsers use too");
  expect(textOf("/etc/kong/kong.yaml")).toBe(expected);
  expect(textOf("/etc/kong/kong.conf")).toBe(shipped.kongStart);
  const [api, main] = parse(expected).services[0].routes;
  expect([api.hosts, main.hosts]).toEqual([FACTS.hosts, ["main-host.invalid"]]);
});

it("Kong's function knows the main host by the name of its route, and both routes keep path and host", () => {
  const [{ routes, plugins }] = parse(shipped.kong).services;
  const [{ name, config }] = plugins;
  expect([name, config.access.length, config.header_filter.length]).toEqual(["pre-function", 1, 1]);
  expect(routes.map((route: { name: string }) => config.access[0].includes(`== "${route.name}"`))).toEqual([
    false,
    true,
  ]);
  for (const { strip_path, preserve_host } of routes) expect([strip_path, preserve_host]).toEqual([false, true]);
});

it("APISIX has a route of some host always: one without would be asked about everybody's", () => {
  expect(parse(textOf("conf/apisix.yaml", { ...FACTS, hosts: [] })).routes[0].hosts).toEqual(["api.main-host.invalid"]);
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
