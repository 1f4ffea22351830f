import { formatAddress, parseAddress } from "#lib/networks/address";
import { followBack, type TrustedProxies } from "#lib/networks/proxies";

/**
 * The address of the client, in canonical form. Where a trusted proxy says nothing readable it is the proxy's own: that
 * is all we know.
 * @param connected the address of the connection
 * @param forwardedFor every `X-Forwarded-For` line of the request, in order
 */
export function peerAddress(connected: string, forwardedFor: readonly string[], proxies: TrustedProxies): string {
  const nearest = parseAddress(connected.replace(/%.*$/, ""));
  if (nearest === null) return "unknown";
  const said = forwardedFor.length === 0 ? null : forwardedFor.join(",");
  return formatAddress(followBack(nearest, said, proxies).address);
}
