import { type Address, parseAddress } from "./address";
import { inRanges, type RangeSet } from "./range-set";

/** Proxies that are believed: who they are, and how many of them at most a request comes through. */
export type TrustedProxies = { readonly ranges: RangeSet; readonly hops: number };

/** How far a request could be followed back; `told: false` where a trusted proxy does not say readably for whom it asks. */
export type Followed = { readonly address: Address; readonly told: boolean };

const ENTRY_WITH_PORT = /^(?:\[([^\]]+)\](?::\d{1,5})?|(\d+\.\d+\.\d+\.\d+):\d{1,5})$/;

/** One entry of a list. Some proxies add a port, with brackets around IPv6. */
function entryOf(text: string): Address | null {
  const entry = text.trim();
  const match = entry.match(ENTRY_WITH_PORT);
  return parseAddress(match?.[1] ?? match?.[2] ?? entry);
}

/**
 * Follows a request back through proxies. What they say is taken from the right, one entry for each hop, and only as
 * long as the one who says it is trusted; the rest of the list is the client's own invention.
 * @param nearest who is at the other end
 * @param said the list of the others (`X-Forwarded-For`), nearest last; null where there is none
 */
export function followBack(nearest: Address, said: string | null, { ranges, hops }: TrustedProxies): Followed {
  let address = nearest;
  let rest = said;
  for (let hop = 0; hop < hops && inRanges(ranges, address); hop += 1) {
    if (rest === null) return { address, told: false };
    const comma = rest.lastIndexOf(",");
    const next = entryOf(rest.slice(comma + 1));
    if (next === null) return { address, told: false };
    address = next;
    rest = comma < 0 ? null : rest.slice(0, comma);
  }
  return { address, told: true };
}

/**
 * The client's address in what a gateway reports.
 * @param reported addresses, nearest last; without trusted proxies exactly one, since several are somebody's word about somebody
 * @returns null where it does not say readably whose request it is
 */
export function reportedClient(reported: string, proxies: TrustedProxies | null): Address | null {
  if (proxies === null) return parseAddress(reported);
  const comma = reported.lastIndexOf(",");
  const nearest = entryOf(reported.slice(comma + 1));
  if (nearest === null) return null;
  const { address, told } = followBack(nearest, comma < 0 ? null : reported.slice(0, comma), proxies);
  return told ? address : null;
}
