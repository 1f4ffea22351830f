import type { Adapter } from "./adapters/adapter";
import { api } from "./adapters/api";
import { envoy } from "./adapters/envoy";
import { forward } from "./adapters/forward";
import { introspect } from "./adapters/introspect";
import { nginx } from "./adapters/nginx";

/** Who answers at a URL of the verification port, and which gateway it names (empty: the caller's credential names it). */
export type Endpoint = { readonly adapter: Adapter; readonly gatewayKey: string };

const ADAPTERS: readonly Adapter[] = [nginx, forward, envoy, api, introspect];

/**
 * The endpoint at a raw URL.
 * @returns null for what is no endpoint: 404
 */
export function endpointAt(method: string, url: string): Endpoint | null {
  for (const adapter of ADAPTERS) {
    const gatewayKey = adapter.claims(method, url);
    if (gatewayKey !== null) return { adapter, gatewayKey };
  }
  return null;
}
