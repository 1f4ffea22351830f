import { envoyHttpBehind } from "./behind-proxies";
import { filled, type Program } from "./configuration";
import { envoyHttpNamed, envoyNamed, istioMeshNamed, istioNamed } from "./named-files";
import { outOfReach, type Reach } from "./reach";
import { envoyReaching, istioReaching } from "./reaching";
import type { TokenNames } from "./token-names";

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
  readonly hosts: readonly string[];
  readonly names: TokenNames;
  /** CIDRs of those in front of the gateway, whose lists go on by HTTP. */
  readonly proxies: readonly string[];
};

/** As no host is called: names that browsers use too are moved there by hand, since a name may stand in one place only. */
const NO_HOST = "main-host.invalid";

/** Names for a list in YAML, each with and without a port. */
const domains = (hosts: readonly string[]): string =>
  `[${hosts.flatMap((host) => [JSON.stringify(host), JSON.stringify(`${host}:*`)]).join(", ")}]`;

const API_HOSTS = /\[jira-api\.example\.com, "jira-api\.example\.com:\*"\]/;
const MAIN_HOSTS = /\[jira\.example\.com, "jira\.example\.com:\*"\] # EDIT/;

function withHosts(text: string, hosts: readonly string[]): string {
  const api = filled(text, API_HOSTS, domains(hosts.length > 0 ? hosts : [`api.${NO_HOST}`]));
  return filled(api, MAIN_HOSTS, `${domains([NO_HOST])} # EDIT: names from above that browsers use too`);
}

/** The configurations for Envoy and Istio, filled in; of the gateway's secret they hold a placeholder. */
export function envoyPrograms(shipped: ShippedEnvoy, facts: EnvoyFacts): Program[] {
  const { gatewayKey, hosts, names } = facts;
  const path = (text: string): string => filled(text, "/v1/authz/envoy/gw1", `/v1/authz/envoy/${gatewayKey}`);
  const byHttp = envoyReaching(withHosts(path(shipped.http), hosts), facts.verifier, 3001);
  const http = envoyHttpNamed(envoyHttpBehind(byHttp, facts.proxies), names);
  const named = filled(shipped.grpc, "x-latchkey-gateway, value: gw1 }", `x-latchkey-gateway, value: ${gatewayKey} }`);
  const grpc = envoyNamed(envoyReaching(withHosts(named, hosts), facts.grpc, 3003), names);
  const istio = istioNamed(filled(istioReaching(shipped.istio, facts.verifier), API_HOSTS, domains(hosts)), names);
  const envoy = {
    ...{ service: null, check: "envoy --mode validate -c /etc/envoy/envoy.yaml", restart: "systemctl restart envoy" },
  };
  const programs = [
    { ...envoy, name: "Envoy, gRPC", tellsOne: true, files: [{ path: "/etc/envoy/envoy.yaml", text: grpc }] },
    { ...envoy, name: "Envoy, HTTP", tellsOne: false, files: [{ path: "/etc/envoy/envoy.yaml", text: http }] },
    {
      ...{
        name: "Istio",
        tellsOne: true,
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
  return programs.map((program) => ({ ...program, outOfReach: outOfReach(program.name, facts.verifier) }));
}
