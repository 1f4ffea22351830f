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

it("APISIX has a route of some host always: one without would be asked about everybody's", () => {
  expect(parse(textOf("conf/apisix.yaml", { ...FACTS, hosts: [] })).routes[0].hosts).toEqual(["api.main-host.invalid"]);
});

it("what cannot show a certificate or ask a socket says so; files are made all the same", () => {
  for (const by of ["mutual", "socket"] as const) {
    const verifier = { address: by === "socket" ? "unix:/run/latchkey/verifier.sock" : "10.0.0.5:3001", by };
    for (const { outOfReach, files } of openrestyPrograms(shipped, { ...FACTS, verifier }))
      expect([typeof outOfReach, files.length > 0]).toEqual(["string", true]);
  }
});

it("is refused to be made from a file for OpenResty that has no place for what is filled in", () => {
  expect(() => openrestyPrograms({ ...shipped, apisix: "" }, FACTS)).toThrow("no place for");
});
