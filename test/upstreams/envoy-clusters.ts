import { type Dialed, tlsOf } from "./dialed";

type Named = { filename: string };
type Endpoint = { address: { socket_address: { address: string; port_value: number }; pipe?: { path: string } } };
type TlsContext = {
  alpn_protocols?: string[];
  tls_certificates?: [{ certificate_chain: Named; private_key: Named }];
  validation_context: { trusted_ca: Named; match_typed_subject_alt_names?: [{ matcher: { exact: string } }] };
};

/** The part of a cluster that is emulated: one endpoint, and how it is spoken to. */
export type Cluster = {
  name: string;
  load_assignment: { endpoints: { lb_endpoints: { endpoint: Endpoint }[] }[] };
  transport_socket?: { typed_config: { common_tls_context: TlsContext } };
};

function endpointOf(clusters: readonly Cluster[], name: string | undefined): [Cluster, Endpoint["address"]] {
  const found = clusters.find((cluster) => cluster.name === name);
  const [{ endpoint } = {}] = found?.load_assignment.endpoints[0]?.lb_endpoints ?? [];
  if (found === undefined || endpoint === undefined) throw new Error(`There is no cluster ${name}`);
  return [found, endpoint.address];
}

/** Where the one endpoint of a cluster listens. */
export const portOf = (clusters: readonly Cluster[], name: string | undefined): number =>
  endpointOf(clusters, name)[1].socket_address.port_value;

/** How the verifier's cluster is reached. */
export function dialedBy(clusters: readonly Cluster[], name: string, by: "HTTP" | "gRPC"): Dialed {
  const [{ transport_socket: secured }, { pipe, socket_address: address }] = endpointOf(clusters, name);
  const at = pipe ? { socketPath: pipe.path } : { host: address.address, port: address.port_value };
  if (secured === undefined) return { at, tls: null };
  const context = secured.typed_config.common_tls_context;
  if (by === "gRPC" && !context.alpn_protocols?.includes("h2")) throw new Error("not emulated");
  const [own] = context.tls_certificates ?? [];
  const { trusted_ca: ca, match_typed_subject_alt_names: named } = context.validation_context;
  const files = own && [own.certificate_chain.filename, own.private_key.filename];
  return { at, tls: tlsOf(ca.filename, named?.[0].matcher.exact ?? null, files?.[0], files?.[1]) };
}
