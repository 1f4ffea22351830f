import { expect, it } from "vitest";
import { parse, parseAllDocuments } from "yaml";
import { type EnvoyFacts, envoyPrograms } from "./envoy-files";
import { readShippedEnvoy } from "./store-shipped";
import { tokenNames } from "./token-names";

const FACTS: EnvoyFacts = {
  gatewayKey: "gw-eu-1",
  verifier: { address: "10.0.0.5:4001", by: "clear" },
  grpc: { address: "[2001:db8::1]:4003", by: "clear" },
  applications: [
    { key: "jira", routes: [{ host: "jira.corp", context: "" }] },
    { key: "wiki", routes: ["[2001:db8::1]", "wiki.corp"].map((host) => ({ host, context: "" })) },
  ],
  names: tokenNames([]),
  proxies: [],
};
const shipped = await readShippedEnvoy();
const textOf = (name: string, facts = FACTS, file = 0) =>
  envoyPrograms(shipped, facts).find((program) => program.name === name)?.files[file]?.text ?? "";
const read = (name: string, facts = FACTS) => parse(textOf(name, facts)).static_resources;
const managerOf = (name: string, facts = FACTS) =>
  read(name, facts).listeners[0].filter_chains[0].filters[0].typed_config;
const verifierOf = (name: string, facts = FACTS) =>
  read(name, facts).clusters.at(-1).load_assignment.endpoints[0].lb_endpoints[0].endpoint.address;

it("Envoy and Istio are told the gateway's key, by HTTP in the path and by gRPC in the metadata", () => {
  const [, byHttp] = managerOf("Envoy, HTTP").http_filters;
  expect(byHttp.typed_config.http_service.path_prefix).toBe("/v1/authz/envoy/gw-eu-1");
  const [, byGrpc] = managerOf("Envoy, gRPC").http_filters;
  expect(byGrpc.typed_config.grpc_service.initial_metadata).toContainEqual({
    key: "x-latchkey-gateway",
    value: "gw-eu-1",
  });
  expect(textOf("Istio")).toContain("pathPrefix: /v1/authz/envoy/gw-eu-1");
});

it("Envoy finds the verifier at its address of either kind, or on its sockets", () => {
  expect(verifierOf("Envoy, HTTP")).toEqual({ socket_address: { address: "10.0.0.5", port_value: 4001 } });
  expect(verifierOf("Envoy, gRPC")).toEqual({ socket_address: { address: "2001:db8::1", port_value: 4003 } });
  const onSocket = (name: string) => ({ address: `unix:/run/latchkey/${name}.sock`, by: "socket" as const });
  const onSockets = { ...FACTS, verifier: onSocket("verifier"), grpc: onSocket("grpc") };
  expect(verifierOf("Envoy, HTTP", onSockets)).toEqual({ pipe: { path: "/run/latchkey/verifier.sock" } });
  expect(verifierOf("Envoy, gRPC", onSockets)).toEqual({ pipe: { path: "/run/latchkey/grpc.sock" } });
});

type VirtualHost = { name: string; domains: string[]; routes: { route?: { cluster: string } }[] };

it("every host is asked about wholly and leads to its own application, and none stands in two places, which Envoy refuses", () => {
  for (const name of ["Envoy, HTTP", "Envoy, gRPC"]) {
    const hosts: VirtualHost[] = managerOf(name).route_config.virtual_hosts;
    expect(hosts.map((each) => [each.name, each.domains])).toEqual([
      ["jira-api-host", ["jira.corp", "jira.corp:*"]],
      ["jira-main-host", ["jira.main-host.invalid", "jira.main-host.invalid:*"]],
      ["wiki-api-host", ["[2001:db8::1]", "[2001:db8::1]:*", "wiki.corp", "wiki.corp:*"]],
      ["wiki-main-host", ["wiki.main-host.invalid", "wiki.main-host.invalid:*"]],
    ]);
    for (const { name: host, routes } of hosts) {
      const clusters = routes.flatMap(({ route }) => (route ? [route.cluster] : []));
      expect([host, new Set(clusters)]).toEqual([host, new Set([host.split("-")[0]])]);
    }
    const clusters: { name: string; load_assignment: { cluster_name: string } }[] = read(name).clusters;
    expect(clusters.map((each) => [each.name, each.load_assignment.cluster_name])).toEqual([
      ["jira", "jira"],
      ["wiki", "wiki"],
      ["latchkey", "latchkey"],
    ]);
    for (const key of ["jira", "wiki"])
      expect(textOf(name)).toContain(`# EDIT: where ${key} listens; nobody but Envoy should reach it`);
    const [none]: VirtualHost[] = managerOf(name, { ...FACTS, applications: [] }).route_config.virtual_hosts;
    expect(none?.domains).toEqual(["application.api-host.invalid", "application.api-host.invalid:*"]);
  }
});

it("nothing else is changed for one application, and the secret is a placeholder", () => {
  const one = { ...FACTS, applications: FACTS.applications.slice(0, 1) };
  for (const [name, text] of [
    ["Envoy, HTTP", shipped.http],
    ["Envoy, gRPC", shipped.grpc],
    ["Istio", shipped.istioMesh],
  ] as const) {
    const [before, after] = [text.split("\n"), textOf(name, one).split("\n")];
    const changed = before.filter((line, at) => line !== after[at]);
    expect(after).toHaveLength(before.length);
    expect(
      changed.filter(
        (line) => !/gw1|example\.com|socket_address|name: (?:api|main)-host|where Jira listens/.test(line),
      ),
    ).toEqual([]);
    expect(textOf(name)).toContain("CHANGE-ME");
  }
});

it("Istio asks about every host wholly until the operator moves its name, and is told which there are", () => {
  const text = textOf("Istio", FACTS, 1);
  expect(text).toContain(
    '{ ["jira.corp"] = true, ["[2001:db8::1]"] = true, ["wiki.corp"] = true }. Without a credential',
  );
  expect(text).toContain("local main = {}\n");
  const [policy] = parseAllDocuments(text).map((each) => each.toJS());
  expect(policy.spec.rules).toEqual([{ to: [{ operation: { methods: ["*"] } }] }]);
  const [asked] = parseAllDocuments(text.replaceAll("#main ", "")).map((each) => each.toJS());
  expect(asked.spec.rules[0].when).toEqual([{ key: "request.headers[x-latchkey-asks]", notValues: ["no"] }]);
});

it("is refused to be made from files that have no place for what is filled in", () => {
  for (const name of ["http", "grpc", "istioMesh", "istio"] as const)
    expect(() => envoyPrograms({ ...shipped, [name]: "" }, FACTS)).toThrow("no place for");
});
