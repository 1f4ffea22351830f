import { type Address, formatAddress, parseAddress } from "#lib/networks/address";
import { isLoopback } from "#lib/networks/loopback";
import { compileRanges, inRanges } from "#lib/networks/range-set";

/**
 * Where no probe ever goes, whatever a name resolves to. Private ranges and loopback are not here: that is where most
 * applications are. Sources: IANA's special-purpose registries (RFC 6890), and the clouds' own pages.
 */
const NEVER = compileRanges(
  [
    "0.0.0.0/8", // this host, unspecified
    "169.254.0.0/16", // link-local: nearly every cloud's metadata
    "192.0.0.0/24", // protocol assignments; Oracle's metadata
    "100.100.100.200", // Alibaba's metadata
    "168.63.129.16", // Azure's host
    "224.0.0.0/4", // multicast
    "240.0.0.0/4", // reserved, broadcast
    "fe80::/10", // link-local
    "fec0::/10", // site-local, which nobody routes
    "ff00::/8", // multicast
    "100::/64", // discard
    "fd00:ec2::254", // AWS
    "fd20:ce::254", // Google
    "fd00:42::42", // Scaleway
    "2001::/32", // Teredo: an IPv4 address inside
    "2002::/16", // 6to4: the same
    "::ffff:0:0:0/96", // translated IPv4 (RFC 2765)
  ],
  new Map(),
);

/** NAT64 (RFC 6052, RFC 8215): the last 32 bits are the IPv4 address that is meant. */
const NAT64 = compileRanges(["64:ff9b::/96", "64:ff9b:1::/48"], new Map());

const LOOPBACK_V6 = 1n;

/** Whether a probe may go to this address at all. */
export function mayGoTo(address: Address): boolean {
  if (inRanges(NEVER, address)) return false;
  if (address.family === 4) return true;
  // The unspecified address, and IPv4 in the clothes of RFC 4291 §2.5.5.1.
  if (address.value >> 32n === 0n) return address.value === LOOPBACK_V6;
  return !inRanges(NAT64, address) || mayGoTo({ family: 4, value: Number(address.value & 0xffffffffn) });
}

/** Where Latchkey itself listens, and its database. */
export type Own = {
  /** Addresses of this machine besides loopback, in canonical spelling. */
  readonly here: readonly string[];
  /** Ports of ours on this machine. */
  readonly ports: readonly number[];
  /** Doors elsewhere, `address` in canonical spelling. */
  readonly doors: readonly { readonly address: string; readonly port: number }[];
};

/** Whether this is an address of the machine that asks. */
export const isHere = (address: Address, { here }: Pick<Own, "here">): boolean =>
  isLoopback(formatAddress(address)) || here.includes(formatAddress(address));

/** Whether a token may travel there: encrypted, or without leaving this machine. */
export const mayCarryToken = (secure: boolean, address: Address, own: Pick<Own, "here">): boolean =>
  secure || isHere(address, own);

/** Whether Latchkey or its database would answer there. */
export function isOwn(address: Address, port: number, own: Own): boolean {
  const text = formatAddress(address);
  return (
    (isHere(address, own) && own.ports.includes(port)) ||
    own.doors.some((door) => door.address === text && door.port === port)
  );
}

/** Why an address that there is may not be asked. */
export type Barred = "kept-out" | "own";

/**
 * The one address to connect to, of all that a name has: chosen once, so that the name cannot mean another one when it
 * counts. A name that leads to a single forbidden address leads nowhere.
 * @returns IPv4 before IPv6
 */
export function chooseAddress(addresses: readonly string[], port: number, own: Own): Address | Barred | null {
  const read = addresses.map(parseAddress);
  const known = read.filter((address) => address !== null);
  const [first] = [...known].sort((a, b) => a.family - b.family);
  if (first === undefined || known.length < read.length) return first === undefined ? null : "kept-out";
  if (!known.every(mayGoTo)) return "kept-out";
  return known.some((address) => isOwn(address, port, own)) ? "own" : first;
}
