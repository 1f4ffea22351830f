import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatAddress, parseAddress, parseCidr } from "./address";

const canonical = (text: string) => {
  const address = parseAddress(text);
  return address === null ? null : formatAddress(address);
};

describe("an address", () => {
  it.each([
    ["192.0.2.7", "192.0.2.7"],
    ["0.0.0.0", "0.0.0.0"],
    ["255.255.255.255", "255.255.255.255"],
    ["2001:DB8::1", "2001:db8::1"],
    ["2001:0db8:0000:0000:0000:0000:0000:0001", "2001:db8::1"],
    ["::", "::"],
    ["::1", "::1"],
    ["1::", "1::"],
    ["2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"],
    ["2001:0:0:1:0:0:0:1", "2001:0:0:1::1"],
    ["2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"],
    ["64:ff9b::192.0.2.33", "64:ff9b::c000:221"],
  ])("%s is %s in its one canonical form (RFC 5952)", (text, form) => expect(canonical(text)).toBe(form));

  it.each([
    "::ffff:192.0.2.7",
    "::FFFF:c000:207",
    "0:0:0:0:0:ffff:192.0.2.7",
    "0000:0000:0000:0000:0000:ffff:c000:0207",
  ])("%s is the IPv4 address 192.0.2.7, so that no spelling evades a rule", (text) =>
    expect(canonical(text)).toBe("192.0.2.7"),
  );

  it.each([
    "",
    " ",
    "010.0.0.1",
    "0x7f.0.0.1",
    "127.1",
    "2130706433",
    "127.0.0.1.",
    "127.0.0.01",
    "127.0.0.256",
    "1.2.3",
    "1.2.3.4.5",
    ".1.2.3",
    "1..2.3",
    "1.2.3.4 ",
    " 1.2.3.4",
    "+1.2.3.4",
    "1.2.3.4:80",
    "[::1]",
    "[::1]:80",
    "fe80::1%eth0",
    "::1%0",
    ":::",
    "1::2::3",
    "12345::",
    "::ffff:010.0.0.1",
    "::ffff:1.2.3",
    "1:2:3:4:5:6:7",
    "1:2:3:4:5:6:7:8:9",
    "g::",
    "localhost",
    "１.2.3.4",
    "1.2.3.٤",
    "1.2.3.4\n",
    "0000000000000000000000000000000000000000000000:1",
    "unknown",
    "10.0.0.0/8",
  ])("%j is refused", (text) => expect(parseAddress(text)).toBeNull());

  it("survives writing and reading, all 32 and 128 bits of it", () => {
    fc.assert(fc.property(fc.ipV4(), (text) => canonical(text) === text));
    fc.assert(
      fc.property(fc.bigInt(0n, 2n ** 128n - 1n), (value) => {
        const text = formatAddress({ family: 6, value });
        const again = parseAddress(text);
        expect(again === null ? null : BigInt(again.value)).toBe(
          value >> 32n === 0xffffn ? value & 0xffffffffn : value,
        );
      }),
    );
  });

  it("is never made from arbitrary text that it does not give back", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9a-fA-F:.x%/ ]{1,24}$/), (text) => {
        const form = canonical(text);
        return form === null || canonical(form) === form;
      }),
    );
  });
});

/** Four numbers of one byte, and what a lenient reader (inet_aton, WHATWG URL) would take for the same address. */
const bytes = fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(255));
const spellings = bytes.chain(([a, b, c, d]) => {
  const whole = ((a * 256 + b) * 256 + c) * 256 + d;
  const octal = (n: number) => `0${n.toString(8)}`;
  const hex = (n: number) => `0x${n.toString(16)}`;
  const long = (n: number) => n.toString().padStart(4, "0");
  return fc.constantFrom(
    ...[`${octal(a)}.${b}.${c}.${d}`, `${a}.${b}.${c}.${octal(d)}`, [a, b, c, d].map(octal).join(".")],
    ...[`${hex(a)}.${b}.${c}.${d}`, [a, b, c, d].map(hex).join("."), [a, b, c, d].map(long).join(".")],
    ...[String(whole), hex(whole), octal(whole), `${a}.${b}.${c * 256 + d}`, `${a}.${(b * 256 + c) * 256 + d}`],
    ...[`${a}.${b}.${c}.${d}.`, `${a}.${b}.${c}.${d}%eth0`, `${a}.${b}.${c}.${d}:443`, `[${a}.${b}.${c}.${d}]`],
    ...[` ${a}.${b}.${c}.${d}`, `${a}.${b}.${c}.${d}\t`, `${a}.${b}.${c}.${d}/32`, `+${a}.${b}.${c}.${d}`],
    ...[`${a}.${b}.${c}.${d},192.0.2.7`, `${a}。${b}。${c}。${d}`, `${a}.${b}.${c}.${d + 256}`, `-${a}.${b}.${c}.${d}`],
    ...[`::ffff:${octal(a)}.${b}.${c}.${d}`, `::ffff:${a}.${b}.${c * 256 + d}`, `[::ffff:${a}.${b}.${c}.${d}]`],
  );
});

describe("another spelling of an address", () => {
  it("is refused: octal, hexadecimal, short, with port, zone, brackets, blanks or more beside it", () => {
    fc.assert(fc.property(spellings, (text) => parseAddress(text) === null));
    expect(parseAddress("8.0.0.1")).not.toBeNull();
  });

  it("of an IPv4 address in IPv6 clothes is that address, in whatever case and length it is written", () => {
    const clothes = fc.constantFrom("::ffff:", "::FFFF:", "0:0:0:0:0:ffff:", "0000::0:FfFf:");
    fc.assert(
      fc.property(bytes, clothes, ([a, b, c, d], before) => {
        const plain = `${a}.${b}.${c}.${d}`;
        const pairs = [a * 256 + b, c * 256 + d].map((n) => n.toString(16)).join(":");
        expect([canonical(`${before}${plain}`), canonical(`${before}${pairs}`)]).toEqual([plain, plain]);
      }),
    );
  });

  it("of an IPv6 address is refused with zone, port or brackets, and is one address in every case and length", () => {
    fc.assert(
      fc.property(fc.ipV6(), fc.constantFrom("%eth0", "%1", "%25lo", ":443/", "/64", " "), (text, more) => {
        const form = canonical(text);
        expect(form).not.toBeNull();
        expect([canonical(text.toUpperCase()), canonical(form ?? "")]).toEqual([form, form]);
        for (const odd of [`${text}${more}`, `[${text}]`, `[${text}]:443`])
          expect([odd, parseAddress(odd)]).toEqual([odd, null]);
      }),
    );
  });

  it("matches no range: what cannot be read is nobody's address", () => {
    fc.assert(fc.property(spellings, (text) => typeof parseCidr(text) === "string" || /\/32$/.test(text)));
  });
});

describe("a range", () => {
  it.each([
    ["10.0.0.0/8", "10.0.0.0/8"],
    ["10.1.2.3", "10.1.2.3"],
    ["10.1.2.3/32", "10.1.2.3/32"],
    ["0.0.0.0/0", "0.0.0.0/0"],
    ["2001:DB8::/32", "2001:db8::/32"],
    ["::/0", "::/0"],
    ["::1/128", "::1/128"],
    ["::ffff:10.0.0.0/104", "10.0.0.0/8"],
    ["::ffff:10.1.2.3", "10.1.2.3"],
    ["::ffff:10.1.2.3/128", "10.1.2.3/32"],
  ])("%s is understood as %s", (text, form) => expect(parseCidr(text)).toMatchObject({ text: form }));

  it("holds exactly the addresses of its prefix", () => {
    expect(parseCidr("192.0.2.0/24")).toMatchObject({ family: 4, first: 0xc0000200n, last: 0xc00002ffn });
    expect(parseCidr("2001:db8::/127")).toMatchObject({ family: 6, last: (0x20010db8n << 96n) + 1n });
  });

  it.each([
    "10.0.0.0/33",
    "10.0.0.0/",
    "10.0.0.0/08",
    "10.0.0.0/-1",
    "10.0.0.0/8.0",
    "10.0.0.0/255.0.0.0",
    "10.0.0.0/8/8",
    "10/8",
    "::/129",
    "::/0x1",
    "::ffff:10.0.0.0/95",
    "/8",
    "office",
    "10.0.0.0 /8",
    "10.0.0.0-10.0.0.9",
    "10.0.0.0/1e1",
  ])("%j is refused with a sentence", (text) => expect(parseCidr(text)).toMatch(/^[A-Z].*\.$/));

  it("that begins inside itself is refused with the range that was probably meant", () => {
    expect(parseCidr("10.1.2.3/8")).toBe("It begins inside its range: did you mean 10.0.0.0/8?");
    expect(parseCidr("2001:db8::1/64")).toBe("It begins inside its range: did you mean 2001:db8::/64?");
  });
});
