import { envoyHttpBehind } from "./behind-proxies";
import { filled, type Program } from "./configuration";
import { envoyHttpNamed, envoyNamed, istioMeshNamed, istioNamed } from "./named-files";
import { outOfReach, type Reach } from "./reach";
import { envoyReaching, istioReaching } from "./reaching";
import type { TokenNames } from "./token-names";
import { apiHosts, forEachUpstream, noMainHost, placed, type Standing, type Upstream, upstreamsOf } from "./upstreams";

/** Texts of gateways/envoy and istio that are filled in. */
export type ShippedEnvoy = {
  readonly http: string;
  readonly grpc: string;
  readonly istioMesh: string;
  readonly istio: string;
};

/** What is filled in; the verifier is reached by HTTP, and by gRPC. */
export type EnvoyFacts = {
  readonly gatewayKey: string;
  readonly verifier: Reach;
  readonly grpc: Reach;
  readonly applications: readonly Standing[];
  readonly names: TokenNames;
  /** CIDRs of those in front of the gateway, whose lists go on by HTTP. */
  readonly proxies: readonly string[];
};

/** Names for a list in YAML, each with and without a port. */
const domains = (hosts: readonly string[]): string =>
  `[${hosts.flatMap((host) => [JSON.stringify(host), JSON.stringify(`${host}:*`)]).join(", ")}]`;

const API_HOSTS = /\[jira-api\.example\.com, "jira-api\.example\.com:\*"\]/;
const MAIN_HOSTS = /\[jira\.example\.com, "jira\.example\.com:\*"\] # EDIT/;

/** The virtual hosts of an application, which lead to no other's cluster. */
function virtualHosts(text: string, upstream: Upstream): string {
  const api = filled(text, API_HOSTS, domains(apiHosts(upstream)));
  const main = `${domains([noMainHost(upstream)])} # EDIT: names from above that browsers use too`;
  const named = filled(filled(api, MAIN_HOSTS, main), /(?<=^ {20}- name: )(?=\S+$)/gm, `${upstream.name}-`);
  return filled(named, /(?<= cluster: )jira(?=,|$)/gm, upstream.name);
}

/** Of each application two virtual hosts and a cluster. */
function withUpstreams(text: string, upstreams: readonly Upstream[]): string {
  const hosts = /(?<=^ {18}virtual_hosts:\n)[\s\S]*?(?=\n {16}http_filters:\n)/m;
  const routed = forEachUpstream(text, hosts, upstreams, virtualHosts, "\n");
  return forEachUpstream(
    routed,
    /(?<=^ {2}clusters:\n)[\s\S]*?(?=^ {4}- name: latchkey\n)/m,
    upstreams,
    (cluster, to) => placed(filled(cluster, /(?<=name: )jira$/gm, to.name), to),
  );
}

/** Istio: the names that browsers may use too, for the operator who moves them from the comment to the list. */
function hostsNamed(text: string, upstreams: readonly Upstream[]): string {
  const names = upstreams.flatMap(apiHosts).map((host) => `[${JSON.stringify(host)}] = true`);
  return filled(text, '{ ["jira.example.com"] = true }', `{ ${names.join(", ")} }`);
}

/** The configurations for Envoy and Istio, filled in; of the gateway's secret they hold a placeholder. */
export function envoyPrograms(shipped: ShippedEnvoy, facts: EnvoyFacts): Program[] {
  const { gatewayKey, names } = facts;
  const upstreams = upstreamsOf(facts.applications);
  const path = (text: string): string => filled(text, "/v1/authz/envoy/gw1", `/v1/authz/envoy/${gatewayKey}`);
  const byHttp = envoyReaching(path(shipped.http), facts.verifier, 3001);
  const http = withUpstreams(envoyHttpNamed(envoyHttpBehind(byHttp, facts.proxies), names), upstreams);
  const named = filled(shipped.grpc, "x-latchkey-gateway, value: gw1 }", `x-latchkey-gateway, value: ${gatewayKey} }`);
  const grpc = withUpstreams(envoyNamed(envoyReaching(named, facts.grpc, 3003), names), upstreams);
  const istio = hostsNamed(istioNamed(istioReaching(shipped.istio, facts.verifier), names), upstreams);
  const envoy = {
    ...{ service: null, check: "envoy --mode validate -c /etc/envoy/envoy.yaml", restart: "systemctl restart envoy" },
  };
  const programs = [
    {
      ...envoy,
      name: "Envoy, gRPC",
      tellsOne: true,
      tellsNamed: false,
      files: [{ path: "/etc/envoy/envoy.yaml", text: grpc }],
    },
    {
      ...envoy,
      name: "Envoy, HTTP",
      tellsOne: false,
      tellsNamed: true,
      files: [{ path: "/etc/envoy/envoy.yaml", text: http }],
    },
    {
      ...{
        name: "Istio",
        tellsOne: true,
        tellsNamed: true,
        service: null,
        check: "istioctl analyze latchkey.yaml",
        restart: "kubectl apply -f latchkey.yaml",
      },
      files: [
        { path: "mesh.yaml", text: istioMeshNamed(path(shipped.istioMesh), names) },
        { path: "latchkey.yaml", text: istio },
      ],
    },
  ];
  return programs.map((program) => ({
    ...{ ...program, opensWebSocket: false },
    outOfReach: outOfReach(program.name, facts.verifier),
  }));
}
