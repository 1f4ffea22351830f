import type { Adapter } from "./adapters/adapter";
import { api } from "./adapters/api";
import { nginx } from "./adapters/nginx";

/** Who answers at a URL of the verification port, and which gateway it names (null: the caller's credential names it). */
export type Endpoint = { readonly adapter: Adapter; readonly gatewayKey: string };

/** Adapters whose endpoint is `/v1/authz/NAME/{gateway}`, for any method. */
const AUTHZ: readonly (readonly [prefix: string, adapter: Adapter])[] = [["/v1/authz/nginx/", nginx]];

const KEY = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/**
 * The endpoint at a raw URL, compared byte for byte: nothing is decoded or resolved, and no policy is ever read from the
 * query string, into which some gateways put the client's.
 * @returns null for what is no endpoint: 404
 */
export function endpointAt(method: string, url: string): Endpoint | null {
  if (url === "/v1/verify") return method === "POST" ? { adapter: api, gatewayKey: "" } : null;
  for (const [prefix, adapter] of AUTHZ) {
    if (!url.startsWith(prefix)) continue;
    const end = url.indexOf("?");
    const gatewayKey = url.slice(prefix.length, end < 0 ? url.length : end);
    return KEY.test(gatewayKey) ? { adapter, gatewayKey } : null;
  }
  return null;
}
