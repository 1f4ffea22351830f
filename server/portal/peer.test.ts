import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { TrustedProxies } from "#lib/networks/proxies";
import { compileRanges } from "#lib/networks/range-set";
import { peerAddress } from "./peer";

const trust = (hops: number, ...ranges: string[]): TrustedProxies => ({
  ranges: compileRanges(ranges, new Map()),
  hops,
});

describe("the address of the client", () => {
  test("is that of the connection when no proxy is trusted, whatever is claimed", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.ipV4(), fc.ipV6(), fc.string())), (claims) => {
        expect(peerAddress("192.0.2.1", claims, trust(1))).toBe("192.0.2.1");
      }),
    );
  });

  test.each([
    ["what the trusted proxy says", "10.0.0.1", ["203.0.113.9"], 1, "203.0.113.9"],
    ["the last of what it says: the rest is the client's own", "10.0.0.1", ["1.1.1.1, 203.0.113.9"], 1, "203.0.113.9"],
    ["the last of several lines", "10.0.0.1", ["1.1.1.1", "2.2.2.2,203.0.113.9"], 1, "203.0.113.9"],
    ["one hop, although more entries are of trusted proxies", "10.0.0.1", ["203.0.113.9, 10.0.0.2"], 1, "10.0.0.2"],
    ["two hops where two proxies stand", "10.0.0.1", ["203.0.113.9, 10.0.0.2"], 2, "203.0.113.9"],
    ["no further than the first that is not trusted", "10.0.0.1", ["1.1.1.1, 203.0.113.9"], 5, "203.0.113.9"],
    ["the connection's when a stranger claims something", "203.0.113.9", ["10.0.0.1"], 1, "203.0.113.9"],
    ["the proxy's when it says nothing", "10.0.0.1", [], 1, "10.0.0.1"],
    ["the proxy's when what it says cannot be read", "10.0.0.1", ["unknown"], 1, "10.0.0.1"],
    ["the proxy's when the last entry is empty", "10.0.0.1", ["203.0.113.9,"], 1, "10.0.0.1"],
    ["without a port", "10.0.0.1", ["203.0.113.9:4711"], 1, "203.0.113.9"],
    ["without brackets and port", "10.0.0.1", ["[2001:DB8::1]:4711"], 1, "2001:db8::1"],
    ["IPv4 although it comes mapped", "::ffff:10.0.0.1", ["::ffff:203.0.113.9"], 1, "203.0.113.9"],
    ["without the zone of the interface", "fe80::1%eth0", [], 1, "fe80::1"],
  ])("is %s", (_rule, connected, claims, hops, expected) => {
    expect(peerAddress(connected, claims, trust(hops, "10.0.0.0/8"))).toBe(expected);
  });

  test("is unknown when the connection has none", () => {
    expect(peerAddress("", ["203.0.113.9"], trust(1, "10.0.0.0/8"))).toBe("unknown");
  });
});
