import { envoyHttpBehind } from "./behind-proxies";
import { filled, type Program } from "./configuration";

/** Texts of gateways/envoy and istio that are filled in. */
export type ShippedEnvoy = {
  readonly http: string;
  readonly grpc: string;
  readonly istioMesh: string;
  readonly istio: string;
};

/** Where the verifier is, as the portal's own configuration says: an address or a socket, by HTTP and by gRPC. */
export type EnvoyFacts = {
  readonly gatewayKey: string;
  readonly verifier: string;
  readonly grpc: string;
  readonly hosts: readonly string[];
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

/** An address as Envoy has it: host and port, or a socket. */
function addressOf(verifier: string): string {
  if (verifier.startsWith("unix:")) return `{ pipe: { path: ${verifier.slice("unix:".length)} } }`;
  const colon = verifier.lastIndexOf(":");
  const host = verifier.slice(0, colon).replace(/^\[(.*)\]$/, "$1");
  return `{ socket_address: { address: ${JSON.stringify(host)}, port_value: ${verifier.slice(colon + 1)} } }`;
}

const addressAt = (port: number): string => `{ socket_address: { address: 127.0.0.1, port_value: ${port} } }`;

/** The configurations for Envoy and Istio, filled in; of the gateway's secret they hold a placeholder. */
export function envoyPrograms(shipped: ShippedEnvoy, facts: EnvoyFacts): Program[] {
  const { gatewayKey, hosts } = facts;
  const path = (text: string): string => filled(text, "/v1/authz/envoy/gw1", `/v1/authz/envoy/${gatewayKey}`);
  const byHttp = filled(withHosts(path(shipped.http), hosts), addressAt(3001), addressOf(facts.verifier));
  const http = envoyHttpBehind(byHttp, facts.proxies);
  const named = filled(shipped.grpc, "x-latchkey-gateway, value: gw1 }", `x-latchkey-gateway, value: ${gatewayKey} }`);
  const grpc = filled(withHosts(named, hosts), addressAt(3003), addressOf(facts.grpc));
  const istio = filled(shipped.istio, API_HOSTS, domains(hosts));
  const envoy = {
    ...{ service: null, check: "envoy --mode validate -c /etc/envoy/envoy.yaml", restart: "systemctl restart envoy" },
  };
  return [
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
        { path: "mesh.yaml", text: path(shipped.istioMesh) },
        { path: "latchkey.yaml", text: istio },
      ],
    },
  ];
}
