import { type Address, parseAddress } from "./address";
import { inRanges, type RangeSet } from "./range-set";

/** Proxies that are believed: who they are, and how many of them at most a request comes through. */
export type TrustedProxies = { readonly ranges: RangeSet; readonly hops: number };

/** How far a request could be followed back; `told: false` where a trusted proxy does not say readably for whom it asks. */
export type Followed = { readonly address: Address; readonly told: boolean };

/** Some programs add a port, with brackets around IPv6: `192.0.2.7:4711`, `[2001:db8::7]:4711`; or the brackets alone. */
const DRESSED = /^(?:\[([^[\]]*:[^[\]]*)\](?::(\d{1,5}))?|([\d.]+):(\d{1,5}))$/;
const LONGEST_DRESSED = 53;
const LAST_PORT = 65_535;

/** An address as programs tell it of somebody else: literal, as nearly all do, or with a port, which means nothing here. */
function toldAddress(text: string): Address | null {
  const literal = parseAddress(text);
  if (literal !== null || text.length > LONGEST_DRESSED) return literal;
  const [, bracketed, port, dotted = "", dottedPort = port] = DRESSED.exec(text) ?? [];
  return Number(dottedPort ?? 0) > LAST_PORT ? null : parseAddress(bracketed ?? dotted);
}

const isBlank = (character: string | undefined): boolean => character === " " || character === "\t";

/** One entry of a list, which may have blanks around it (RFC 9110 §5.6.3) and nothing else. */
function entryOf(text: string): Address | null {
  let [start, end] = [0, text.length];
  while (isBlank(text[start])) start += 1;
  while (end > start && isBlank(text[end - 1])) end -= 1;
  return toldAddress(text.slice(start, end));
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
 * @param reported addresses, nearest last; without trusted proxies exactly one, since several are somebody's word about
 *   somebody. Each literal, or with a port, with brackets around IPv6
 * @returns null where it does not say readably whose request it is
 */
export function reportedClient(reported: string, proxies: TrustedProxies | null): Address | null {
  if (proxies === null) return toldAddress(reported);
  const comma = reported.lastIndexOf(",");
  const nearest = entryOf(reported.slice(comma + 1));
  if (nearest === null) return null;
  const { address, told } = followBack(nearest, comma < 0 ? null : reported.slice(0, comma), proxies);
  return told ? address : null;
}
