import type { TrustedProxies } from "#lib/environment/values";
import { formatAddress, parseAddress } from "#lib/networks/address";
import { inRanges } from "#lib/networks/range-set";

/**
 * The address of the client, in canonical form. What proxies say is taken from the right, one entry for each hop, and
 * only as long as the one who says it is trusted; the rest of the list is the client's own invention.
 * @param connected the address of the connection
 * @param forwardedFor every `X-Forwarded-For` line of the request, in order
 */
export function peerAddress(connected: string, forwardedFor: readonly string[], proxies: TrustedProxies): string {
  const said = forwardedFor.flatMap((line) => line.split(",")).map((entry) => entry.trim());
  let address = parseAddress(connected.replace(/%.*$/, ""));
  for (let hop = 0; hop < proxies.hops && address !== null && inRanges(proxies.ranges, address); hop += 1) {
    const before = said.pop();
    if (before === undefined) break;
    const next = parseAddress(bare(before));
    if (next === null) break; // unreadable: the proxy itself is all we know
    address = next;
  }
  return address === null ? "unknown" : formatAddress(address);
}

/** Some proxies add a port, with brackets around IPv6. */
function bare(entry: string): string {
  const match = entry.match(/^\[([^\]]+)\](?::\d{1,5})?$/) ?? entry.match(/^(\d+\.\d+\.\d+\.\d+):\d{1,5}$/);
  return match?.[1] ?? entry;
}
