import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatAddress, parseAddress } from "./address";
import { reportedClient, type TrustedProxies } from "./proxies";
import { compileRanges } from "./range-set";

const trust = (hops: number, ...ranges: string[]): TrustedProxies => ({
  ranges: compileRanges(ranges, new Map()),
  hops,
});
const clientIn = (reported: string, proxies: TrustedProxies | null) => {
  const found = reportedClient(reported, proxies);
  return found === null ? null : formatAddress(found);
};

/** The same told the long way: the whole list, from its end. `p` are proxies, everything else is not. */
function naively(list: readonly string[], hops: number): string | null {
  const proxiesAtEnd = [...list].reverse().findIndex((entry) => !entry.startsWith("10."));
  const trustedAtEnd = proxiesAtEnd < 0 ? list.length : proxiesAtEnd;
  return list[list.length - 1 - Math.min(hops, trustedAtEnd)] ?? null;
}

describe("the client in what a gateway reports", () => {
  test("is exactly one literal address while no proxy is trusted", () => {
    expect(clientIn("203.0.113.9", null)).toBe("203.0.113.9");
    for (const several of ["203.0.113.9, 10.0.0.1", "203.0.113.9,", ",203.0.113.9", " 203.0.113.9"])
      expect([several, clientIn(several, null)]).toEqual([several, null]);
  });

  test.each([
    ["a client that came straight to the gateway", "203.0.113.9", 1, "203.0.113.9"],
    ["whom the trusted proxy names", "203.0.113.9, 10.0.0.1", 1, "203.0.113.9"],
    ["not what the client invented before that", "10.9.9.9, 203.0.113.9, 10.0.0.1", 1, "203.0.113.9"],
    ["not what a stranger claims", "198.51.100.1, 203.0.113.9", 5, "203.0.113.9"],
    ["no further than the hops, although the next is trusted too", "203.0.113.9, 10.0.0.2, 10.0.0.1", 1, "10.0.0.2"],
    ["behind two proxies where two may be", "203.0.113.9, 10.0.0.2, 10.0.0.1", 2, "203.0.113.9"],
    ["IPv4 although both come mapped", "::ffff:203.0.113.9, ::FFFF:10.0.0.1", 1, "203.0.113.9"],
    ["canonical IPv6, without brackets and port", "[2001:DB8:0::1]:4711,10.0.0.1:80", 1, "2001:db8::1"],
  ])("is %s", (_whom, reported, hops, expected) => {
    expect(clientIn(reported, trust(hops, "10.0.0.0/8"))).toBe(expected);
  });

  test.each([
    ["the proxy says nothing", "10.0.0.1"],
    ["what it says is empty", ", 10.0.0.1"],
    ["what it says is no address", "unknown, 10.0.0.1"],
    ["what it says is spelled so that others read another", "010.0.0.9, 10.0.0.1"],
    ["the nearest itself cannot be read", "203.0.113.9, fe80::1%eth0"],
    ["there is nothing at all", ""],
  ])("is not known where %s", (_why, reported) => {
    expect(clientIn(reported, trust(2, "10.0.0.0/8"))).toBeNull();
  });

  describe.each([
    ["alone", null],
    ["behind a proxy", trust(1, "10.0.0.0/8")],
  ])("in a report of one address (%s)", (_how, proxies) => {
    const port = fc.integer({ min: 0, max: 65_535 });

    test.each([
      ["203.0.113.9:567", "203.0.113.9"],
      ["203.0.113.9:65535", "203.0.113.9"],
      ["[2001:db8::1]:443", "2001:db8::1"],
      ["[2001:DB8:0:0::1]", "2001:db8::1"],
      ["[::ffff:203.0.113.9]:443", "203.0.113.9"],
      ["2001:db8::1:443", "2001:db8::1:443"],
    ])("%s is %s", (reported, address) => {
      expect(clientIn(reported, proxies)).toBe(address);
    });

    test("is the same with a port and without", () => {
      fc.assert(
        fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), port, (address, number) => {
          // Nobody's where it is a trusted proxy's own, with a port as well.
          const plain = clientIn(address, proxies);
          expect(clientIn(address, null)).not.toBeNull();
          const dressed = address.includes(":") ? [`[${address}]:${number}`, `[${address}]`] : [`${address}:${number}`];
          for (const each of dressed) expect([each, clientIn(each, proxies)]).toEqual([each, plain]);
        }),
      );
    });

    test.each([
      ...[
        "203.0.113.9:",
        "203.0.113.9:x",
        "203.0.113.9:-1",
        "203.0.113.9:+1",
        "203.0.113.9:65536",
        "203.0.113.9:123456",
      ],
      ...["203.0.113.9:80:80", "203.0.113.9: 80", "203.0.113.9 :80", "203.0.113.9:80\n", "203.0.113.9:\u0668\u0660"],
      ...["[203.0.113.9]", "[203.0.113.9]:80", "[2001:db8::1", "2001:db8::1]", "[2001:db8::1]443", "[2001:db8::1]:"],
      ...["[[2001:db8::1]]:443", "[2001:db8::1]:443]", "[]", "[]:443", "[:]:443", "[fe80::1%eth0]:443", "[unknown]:80"],
      ...["010.0.0.1:80", "0x7f.0.0.1:80", "127.1:80", "2130706433:80", "1.2.3:80", "1.2.3.4.5:80", "256.1.1.1:80"],
      ...["unknown", "_hidden", "_hidden:80", "localhost:80", "for=203.0.113.9", '"203.0.113.9:80"', ":80", ":"],
      ...["\u00a0203.0.113.9", "203.0.113.9\u00a0", "\ufeff203.0.113.9", "\v203.0.113.9", "203.0.113.9\r"],
      ...[
        "0".repeat(8_192),
        `${"1".repeat(8_192)}:80`,
        `[${":".repeat(8_192)}]:80`,
        `203.0.113.9:${"0".repeat(8_192)}80`,
      ],
    ])("%j is nobody's", (reported) => {
      expect(clientIn(reported, proxies)).toBeNull();
    });

    test("is nobody's wherever what stands in the dress is no address", () => {
      fc.assert(
        fc.property(fc.string({ maxLength: 50 }), port, (text, number) => {
          if (parseAddress(text) !== null) return;
          for (const dressed of [`[${text}]:${number}`, `[${text}]`]) expect(clientIn(dressed, null)).toBeNull();
        }),
      );
    });
  });

  test("is what a naive reading of the whole list finds, for every list and number of hops", () => {
    const proxy = fc.ipV4().map((text) => text.replace(/^\d+/, "10"));
    const other = fc.oneof(
      fc.ipV4().map((text) => text.replace(/^\d+/, "203")),
      fc.constant("2001:db8::7"),
    );
    fc.assert(
      fc.property(
        fc.array(fc.oneof(proxy, other), { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 1, max: 9 }),
        fc.constantFrom(",", ", ", " ,\t"),
        (list, hops, comma) => {
          expect(clientIn(list.join(comma), trust(hops, "10.0.0.0/8"))).toBe(naively(list, hops));
        },
      ),
    );
  });

  test("does not depend on anything left of the first that is not trusted", () => {
    fc.assert(
      fc.property(fc.string(), (invented) => {
        expect(clientIn(`${invented},203.0.113.9,10.0.0.1`, trust(9, "10.0.0.0/8"))).toBe("203.0.113.9");
      }),
    );
  });

  test("is never read otherwise by what cannot be an address", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const found = reportedClient(text, trust(1, "10.0.0.0/8"));
        if (found !== null) expect(parseAddress(formatAddress(found))).toEqual(found);
      }),
    );
  });
});
