import { BlockList } from "node:net";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatAddress, parseAddress, parseCidr } from "./address";
import { compileRanges, coversRanges, inRanges, isAnywhere } from "./range-set";

const networks = new Map([
  ["office", { name: "office", ranges: ["192.0.2.0/24", "2001:db8:1::/48"] }],
  ["empty", { name: "empty", ranges: [] }],
]);
const set = (...entries: string[]) => compileRanges(entries, networks);
const holds = (entries: string[], text: string) => {
  const address = parseAddress(text);
  return address !== null && inRanges(compileRanges(entries, networks), address);
};

describe("a set of ranges", () => {
  it("holds both ends of a range and nothing beside it", () => {
    for (const inside of ["10.1.0.0", "10.1.255.255", "::ffff:10.1.2.3"])
      expect(holds(["10.1.0.0/16"], inside)).toBe(true);
    for (const outside of ["10.0.255.255", "10.2.0.0", "::10.1.2.3", "::1"])
      expect(holds(["10.1.0.0/16"], outside)).toBe(false);
  });

  it("resolves the names of networks, of both families", () => {
    expect(holds(["office"], "192.0.2.200")).toBe(true);
    expect(holds(["office"], "2001:db8:1:ffff::1")).toBe(true);
    expect(holds(["office"], "2001:db8:2::1")).toBe(false);
  });

  it("never means anywhere when it is empty or a name is unknown", () => {
    for (const entries of [[], ["empty"], ["gone"], ["gone", "0.0.0.0/0"], ["0.0.0.0/0", "10.0.0.0/33"], ["10.0"]]) {
      expect(holds(entries, "10.0.0.1")).toBe(false);
      expect(holds(entries, "::1")).toBe(false);
    }
    expect(set("gone", "office").unknown).toEqual(["gone"]);
  });

  it("of all IPv4 holds no IPv6 address, and the other way round", () => {
    expect(holds(["0.0.0.0/0"], "::1")).toBe(false);
    expect(holds(["::/0"], "192.0.2.1")).toBe(false);
    expect(holds(["::/0"], "::ffff:192.0.2.1")).toBe(false);
  });

  it("decides like node:net's BlockList for random ranges and addresses", () => {
    const small = fc.integer({ min: 0, max: 0xffff }).map((value) => formatAddress({ family: 4, value }));
    const cidr = fc.tuple(fc.integer({ min: 0, max: 0xff }), fc.integer({ min: 20, max: 32 })).map(([value, bits]) => {
      const size = 2 ** (32 - bits);
      return { base: formatAddress({ family: 4, value: Math.floor((value * 256) / size) * size }), bits };
    });
    fc.assert(
      fc.property(fc.array(cidr, { maxLength: 12 }), small, (cidrs, text) => {
        const list = new BlockList();
        for (const { base, bits } of cidrs) list.addSubnet(base, bits);
        const entries = cidrs.map(({ base, bits }) => `${base}/${bits}`);
        expect(holds(entries, text)).toBe(list.check(text));
      }),
    );
  });
});

describe("coversRanges", () => {
  it.each([
    [["10.0.0.0/8"], ["10.1.0.0/16", "10.2.3.4"], true],
    [["10.0.0.0/9", "10.128.0.0/9"], ["10.0.0.0/8"], true],
    [["10.0.0.0/8"], ["10.0.0.0/7"], false],
    [["10.0.0.0/8"], ["10.0.0.0/8", "::1"], false],
    [["office"], ["192.0.2.0/25"], true],
    [["office"], ["office"], true],
    [["0.0.0.0/0"], ["office"], false],
    [["0.0.0.0/0", "::/0"], ["gone"], false],
    [["gone"], ["192.0.2.1"], false],
    [["10.0.0.0/8"], [], true],
  ])("%j covers %j: %s", (outer, inner, expected) => expect(coversRanges(set(...outer), set(...inner))).toBe(expected));

  it("agrees with asking address by address", () => {
    const cidrs = fc.array(
      fc.tuple(fc.integer({ min: 0, max: 15 }), fc.integer({ min: 28, max: 32 })).map(([value, bits]) => {
        const size = 2 ** (32 - bits);
        return `${formatAddress({ family: 4, value: Math.floor(value / size) * size })}/${bits}`;
      }),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(cidrs, cidrs, (outer, inner) => {
        const all = Array.from({ length: 16 }, (_, value) => formatAddress({ family: 4, value }));
        expect(coversRanges(set(...outer), set(...inner))).toBe(all.every((a) => !holds(inner, a) || holds(outer, a)));
      }),
    );
  });
});

describe("isAnywhere", () => {
  it.each([
    [["0.0.0.0/0"], true],
    [["0.0.0.0/1", "128.0.0.0/1"], true],
    [["::/0"], true],
    [["::/1", "8000::/1", "10.0.0.0/8"], true],
    [["0.0.0.0/1", "128.0.0.0/2"], false],
    [["office"], false],
    [[], false],
  ])("sees through %j: %s", (entries, expected) => expect(isAnywhere(set(...entries))).toBe(expected));

  it("is not fooled by a range that cannot be read", () => {
    expect(typeof parseCidr("0.0.0.0/00")).toBe("string");
    expect(isAnywhere(set("0.0.0.0/00"))).toBe(false);
  });
});
