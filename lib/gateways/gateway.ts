/** Protocols in which a gateway can ask. */
export const GATEWAY_ADAPTERS = ["nginx", "forward", "envoy", "api"] as const;

export type GatewayAdapter = (typeof GATEWAY_ADAPTERS)[number];

const LISTS: Readonly<Record<GatewayAdapter, boolean>> = { forward: true, envoy: true, nginx: false, api: false };

/** Whether gateways of this adapter report a list of addresses; the others report one, their own word. */
export const reportsList = (adapter: GatewayAdapter): boolean => LISTS[adapter];

/** A caller of the verification endpoint. Digests are SHA-256, hex. */
export type Gateway = {
  readonly id: string;
  readonly key: string;
  readonly adapter: GatewayAdapter;
  /** Keys of the applications whose requests it may ask about. */
  readonly applications: readonly string[];
  /** CIDRs its connections come from; empty = loopback only. */
  readonly peers: readonly string[];
  /** Through how many proxies in front of it a request comes at most, and where these are; 0 and empty = none. */
  readonly trustedHops: number;
  readonly trustedRanges: readonly string[];
  readonly secretDigest: string;
  readonly previousSecretDigest: string | null;
  /** Epoch milliseconds until which the previous secret is accepted. */
  readonly previousUntil: number | null;
};
