import { isIPv6 } from "node:net";

/** An address in the one form that is compared: IPv4 as a 32-bit, IPv6 as a 128-bit number. */
export type Address = { readonly family: 4; readonly value: number } | { readonly family: 6; readonly value: bigint };

/** A CIDR: all addresses of a family from `first` to `last`, both included. */
export type Range = { readonly family: 4 | 6; readonly first: bigint; readonly last: bigint };

const DOT = 46;
const ZERO = 48;
/** Addresses that are IPv4 in IPv6 clothes (RFC 4291 §2.5.5.2) are the IPv4 address, wherever they turn up. */
const MAPPED = 0xffffn;

/** Four decimal numbers without leading zeros, as RFC 6943 §3.1.1 "strict": elsewhere 010.0.0.1 is 8.0.0.1. */
function parseIPv4(text: string): number | null {
  if (text.length < 7 || text.length > 15) return null;
  let [value, part, digits, parts] = [0, 0, 0, 1];
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (code === DOT) {
      if (digits === 0 || parts === 4) return null;
      value = value * 256 + part;
      [part, digits, parts] = [0, 0, parts + 1];
    } else {
      if (code < ZERO || code > ZERO + 9 || (digits > 0 && part === 0)) return null;
      part = part * 10 + code - ZERO;
      digits += 1;
      if (part > 255) return null;
    }
  }
  return parts === 4 && digits > 0 ? value * 256 + part : null;
}

function hextets(text: string): string[] {
  return text === "" ? [] : text.split(":");
}

function parseIPv6(text: string): bigint | null {
  // A zone (fe80::1%eth0, RFC 4007) names a link of some other machine: it cannot be compared.
  if (text.length > 45 || text.includes("%") || !isIPv6(text)) return null;
  let plain = text;
  const tail = text.lastIndexOf(":") + 1;
  if (text.includes(".")) {
    const v4 = parseIPv4(text.slice(tail));
    if (v4 === null) return null;
    plain = `${text.slice(0, tail)}${(v4 >>> 16).toString(16)}:${(v4 & 0xffff).toString(16)}`;
  }
  const [head = "", rest] = plain.split("::");
  const before = hextets(head);
  const after = hextets(rest ?? "");
  const zeros = rest === undefined ? [] : new Array<string>(8 - before.length - after.length).fill("0");
  return BigInt(`0x${[...before, ...zeros, ...after].map((h) => h.padStart(4, "0")).join("")}`);
}

/**
 * Reads an IP address literally: no octal, hexadecimal or short IPv4, no zone, no brackets, no port, no spaces.
 * IPv4-mapped IPv6 becomes the IPv4 address. Null for everything else.
 */
export function parseAddress(text: string): Address | null {
  const v4 = parseIPv4(text);
  if (v4 !== null) return { family: 4, value: v4 };
  const v6 = parseIPv6(text);
  if (v6 === null) return null;
  return v6 >> 32n === MAPPED ? { family: 4, value: Number(v6 & 0xffffffffn) } : { family: 6, value: v6 };
}

/** The canonical spelling: dotted decimal, or RFC 5952. `parseAddress` gives back the same address. */
export function formatAddress(address: Address): string {
  const { family, value } = address;
  if (family === 4) return [24, 16, 8, 0].map((bits) => (value >>> bits) & 255).join(".");
  const groups = value.toString(16).padStart(32, "0").match(/.{4}/g) ?? [];
  const parts = groups.map((group) => group.replace(/^0{1,3}/, ""));
  let [start, length] = [-1, 1];
  for (let i = 0; i < 8; i += 1) {
    let run = 0;
    while (parts[i + run] === "0") run += 1;
    if (run > length) [start, length] = [i, run];
  }
  if (start < 0) return parts.join(":");
  return `${parts.slice(0, start).join(":")}::${parts.slice(start + length).join(":")}`;
}

/** A CIDR that was understood: its range, and its canonical spelling (a lone address stays without `/n`). */
export type Cidr = Range & { readonly text: string };

/**
 * Reads a CIDR or a lone address (RFC 4632 §3.1, RFC 4291 §2.3).
 * @returns the range, or a sentence that says what is wrong with it
 */
export function parseCidr(text: string): Cidr | string {
  const [literal = "", length, ...more] = text.split("/");
  const address = parseAddress(literal);
  if (address === null || more.length > 0) return "Write an address or a range like 192.0.2.0/24 or 2001:db8::/32.";
  const { family } = address;
  const bits = family === 4 ? 32 : 128;
  const given = length ?? String(literal.includes(":") ? 128 : 32);
  // A mapped IPv6 range counts its prefix from 128: ::ffff:10.0.0.0/104 is 10.0.0.0/8.
  const prefix = Number(given) - (family === 4 && literal.includes(":") ? 96 : 0);
  if (!/^(0|[1-9]\d{0,2})$/.test(given) || prefix < 0 || prefix > bits)
    return `After the slash goes a number up to ${bits}.`;
  const first = BigInt(address.value);
  const size = 1n << BigInt(bits - prefix);
  const suffix = length === undefined ? "" : `/${prefix}`;
  if (first % size !== 0n) {
    const start = first - (first % size);
    const base: Address = family === 4 ? { family, value: Number(start) } : { family, value: start };
    return `It begins inside its range: did you mean ${formatAddress(base)}/${prefix}?`;
  }
  return { family, first, last: first + size - 1n, text: formatAddress(address) + suffix };
}
