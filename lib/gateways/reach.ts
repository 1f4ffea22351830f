/** Where a gateway finds the verifier, `host:port` or `unix:` with the path of a socket, and how it speaks to it. */
export type Reach = { readonly address: string; readonly by: "clear" | "socket" | "tls" | "mutual" };

/** What the environment says of the verifier. */
type Configured = {
  /** As in VERIFIER_BIND. */
  readonly bind: string;
  readonly port: number;
  readonly tls: { readonly clientCa?: string | undefined } | null;
};

/**
 * How a gateway reaches the verifier that is configured here; another machine's it cannot know.
 * @param socket the name of its socket in the folder, where it has one
 */
export function reachOf({ bind, port, tls }: Configured, socket: "verifier" | "grpc" = "verifier"): Reach {
  if (bind.startsWith("unix:")) return { address: `${bind.replace(/\/$/, "")}/${socket}.sock`, by: "socket" };
  const everywhere = bind === "0.0.0.0" || bind === "::";
  const host = everywhere ? "127.0.0.1" : bind.includes(":") ? `[${bind}]` : bind;
  const secured = tls?.clientCa === undefined ? "tls" : "mutual";
  return { address: `${host}:${port}`, by: tls === null ? "clear" : secured };
}

/** The path of a socket. */
export const socketPath = ({ address }: Reach): string => address.slice("unix:".length);

const ON_SOCKET: Readonly<Record<string, string>> = {
  Traefik:
    "Traefik asks by address only, and this verifier listens on a socket. Set VERIFIER_BIND=127.0.0.1 where both are on one machine, or an address with VERIFIER_TLS_CERT and VERIFIER_TLS_KEY; or take another program.",
  Istio:
    "Istio asks a service of the cluster, and this verifier listens on a socket. Set VERIFIER_BIND to an address, with VERIFIER_TLS_CERT and VERIFIER_TLS_KEY.",
  "ingress-nginx":
    "The controller asks a service of the cluster, and this verifier listens on a socket. Set VERIFIER_BIND to an address, with VERIFIER_TLS_CERT and VERIFIER_TLS_KEY.",
  "Apache APISIX":
    "APISIX asks by address only, and this verifier listens on a socket. Set VERIFIER_BIND=127.0.0.1 where both are on one machine, or an address with VERIFIER_TLS_CERT and VERIFIER_TLS_KEY; or take another program.",
};

const MUTUAL: Readonly<Record<string, string>> = {
  "Apache APISIX":
    "APISIX shows no certificate of its own when it asks, and this verifier wants one. Unset VERIFIER_TLS_CLIENT_CA, or take another program.",
  Kong: "The function that asks for Kong has no certificate of its own to show, and this verifier wants one. Unset VERIFIER_TLS_CLIENT_CA, or take another program.",
};

/** Why no configuration of a program can reach the verifier, and what to do; null where one can. */
export function outOfReach(program: string, { by }: Reach): string | null {
  if (by === "socket") return ON_SOCKET[program] ?? null;
  return by === "mutual" ? (MUTUAL[program] ?? null) : null;
}
