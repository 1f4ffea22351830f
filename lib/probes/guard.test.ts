import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseAddress } from "#lib/networks/address";
import { chooseAddress, isHere, isOwn, mayCarryToken, mayGoTo, type Own } from "./guard";

const address = (text: string) => {
  const read = parseAddress(text);
  if (read === null) throw new Error(`${text} is no address`);
  return read;
};
const NOTHING: Own = { here: [], ports: [], doors: [] };
const octet = fc.integer({ min: 0, max: 255 });
const hex = (value: number) => value.toString(16);
const embedded = (a: number, b: number, c: number, d: number) => `${hex(a * 256 + b)}:${hex(c * 256 + d)}`;

/** Every spelling of an IPv4 address that a resolver may give. */
const spellings = (a: number, b: number, c: number, d: number) => [
  `${a}.${b}.${c}.${d}`,
  `::ffff:${a}.${b}.${c}.${d}`,
  `::ffff:${embedded(a, b, c, d)}`,
  `64:ff9b::${embedded(a, b, c, d)}`,
  `64:ff9b:1::${embedded(a, b, c, d)}`,
];

describe("where a probe may go", () => {
  it("is never link-local, unspecified, multicast or reserved, in whatever spelling", () => {
    const first = fc.constantFrom([169, 254], [0, null], [224, null], [239, null], [240, null], [255, null]);
    fc.assert(
      fc.property(first, octet, octet, octet, ([a = 0, fixed], b, c, d) => {
        const second = fixed ?? b;
        return spellings(a ?? 0, second, c, d).every((text) => !mayGoTo(address(text)));
      }),
    );
  });

  it("is never an IPv6 address of one link, of many hosts, or with an IPv4 address folded in", () => {
    const prefix = fc.constantFrom("fe80", "febf", "fec0", "ff02", "ff0e", "2002", "2001:0");
    const group = fc.integer({ min: 0, max: 0xffff });
    fc.assert(fc.property(prefix, group, group, (start, a, b) => !mayGoTo(address(`${start}:${hex(a)}::${hex(b)}`))));
    fc.assert(
      fc.property(octet, octet, octet, octet, (a, b, c, d) => {
        const old = `::${embedded(a, b, c, d)}`;
        return old === "::0:1" || !mayGoTo(address(old));
      }),
    );
  });

  it.each([
    "169.254.169.254",
    "fd00:ec2::254",
    "fd20:ce::254",
    "fd00:42::42",
    "100.100.100.200",
    "168.63.129.16",
    "::",
  ])("is not %s, a cloud's own service", (text) => expect(mayGoTo(address(text))).toBe(false));

  it("is what self-hosted applications have: loopback, private and public addresses", () => {
    for (const text of ["127.0.0.1", "127.9.9.9", "::1", "10.0.0.5", "172.16.0.1", "192.168.1.1", "198.51.100.7"]) {
      expect(mayGoTo(address(text)), text).toBe(true);
    }
    for (const text of ["fd12::1", "2001:db8::1", "64:ff9b::c633:6407", "100.64.0.1"]) {
      expect(mayGoTo(address(text)), text).toBe(true);
    }
  });
});

describe("the installation's own doors", () => {
  const own: Own = { here: ["10.0.0.9"], ports: [3000, 3001], doors: [{ address: "10.0.0.20", port: 5432 }] };

  it("are its ports at every address of this machine, and its database wherever that is", () => {
    for (const text of ["127.0.0.1", "127.8.8.8", "::1", "10.0.0.9", "::ffff:10.0.0.9"]) {
      expect(isOwn(address(text), 3001, own), text).toBe(true);
    }
    expect(isOwn(address("10.0.0.20"), 5432, own)).toBe(true);
  });

  it("are not the same ports of others, nor other ports of this machine", () => {
    expect(isOwn(address("10.0.0.8"), 3001, own)).toBe(false);
    expect(isOwn(address("127.0.0.1"), 8443, own)).toBe(false);
    expect(isOwn(address("10.0.0.20"), 443, own)).toBe(false);
  });

  it("are told apart from what is merely near", () => {
    expect(isHere(address("10.0.0.9"), own)).toBe(true);
    expect(isHere(address("10.0.0.20"), own)).toBe(false);
  });
});

describe("a token travels", () => {
  it("encrypted, or within this machine, and never in clear", () => {
    const own = { here: ["10.0.0.9"] };
    for (const text of ["127.0.0.1", "::1", "10.0.0.9"]) expect(mayCarryToken(false, address(text), own)).toBe(true);
    for (const text of ["10.0.0.8", "198.51.100.7", "fd12::1"]) {
      expect(mayCarryToken(false, address(text), own), text).toBe(false);
      expect(mayCarryToken(true, address(text), own), text).toBe(true);
    }
  });
});

describe("of all addresses of a name", () => {
  it("one that may be asked is taken, IPv4 first", () => {
    expect(chooseAddress(["2001:db8::1", "198.51.100.7"], 443, NOTHING)).toEqual(address("198.51.100.7"));
    expect(chooseAddress(["2001:db8::1"], 443, NOTHING)).toEqual(address("2001:db8::1"));
  });

  it("none is taken when a single one is forbidden, or cannot be read", () => {
    const good = fc.constantFrom<string[]>("10.0.0.5", "198.51.100.7", "2001:db8::1");
    const bad = fc.constantFrom<string[]>("169.254.169.254", "fe80::1", "0.0.0.0", "fe80::1%eth0", "nonsense");
    fc.assert(
      fc.property(fc.array(good, { minLength: 1, maxLength: 3 }), bad, fc.nat(3), (some, one, at) => {
        const mixed = [...some];
        mixed.splice(at, 0, one);
        expect(chooseAddress(mixed, 443, NOTHING)).toBe("kept-out");
      }),
    );
  });

  it("none is taken when one of them is a door of ours", () => {
    const own: Own = { ...NOTHING, ports: [443] };
    expect(chooseAddress(["198.51.100.7", "127.0.0.1"], 443, own)).toBe("own");
  });

  it("there is none where there are none", () => {
    expect(chooseAddress([], 443, NOTHING)).toBeNull();
  });
});
