import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  checkSecret,
  DEFAULT_PREFIX,
  digestOf,
  hintOf,
  holdsOurs,
  holdsSecret,
  isSecret,
  newSecret,
  PREFIX_PATTERN,
} from "./secret";

const prefixes = { prefix: "lk", retiredPrefixes: ["old"] };
const BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** CRC-32 written out bit by bit (ISO 3309), to compare with an implementation that is not ours. */
function slowCrc32(text: string): number {
  let crc = 0xffffffff;
  for (const byte of Buffer.from(text)) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}

function base62(value: number): string {
  let [rest, digits] = [value, ""];
  while (digits.length < 6) [digits, rest] = [BASE62.charAt(rest % 62) + digits, Math.floor(rest / 62)];
  return digits;
}

it("a text is a secret of whatever prefix by its checksum alone, and only as a whole", () => {
  for (const prefix of ["lk", "acme1", "A2"]) {
    const secret = newSecret(prefix);
    expect(isSecret(secret)).toBe(true);
    for (const text of [` ${secret}`, `${secret}0`, secret.slice(0, -1), `x${secret}`, secret.slice(prefix.length)])
      expect([text, isSecret(text)]).toEqual([text, false]);
  }
  for (const text of ["", "_", "lk_", "_".repeat(39), newSecret().replace("_", "-")])
    expect(isSecret(text)).toBe(false);
});

describe("a new secret", () => {
  it("is the prefix and 38 letters and digits, so that a double-click selects all of it", () => {
    expect(newSecret()).toMatch(/^lk_[0-9A-Za-z]{38}$/);
    expect(newSecret("acme")).toMatch(/^acme_[0-9A-Za-z]{38}$/);
  });

  it("ends in the CRC-32 of everything before, as an independent implementation computes it", () => {
    expect(slowCrc32("123456789")).toBe(0xcbf43926);
    for (let i = 0; i < 50; i += 1) {
      const secret = newSecret();
      expect(secret.slice(-6)).toBe(base62(slowCrc32(secret.slice(0, -6))));
    }
  });

  it("is never made twice, and uses the whole alphabet evenly", () => {
    const secrets = Array.from({ length: 2_000 }, () => newSecret());
    expect(new Set(secrets).size).toBe(secrets.length);
    const counts = new Map<string, number>();
    for (const char of secrets.flatMap((s) => [...s.slice(3, 35)])) counts.set(char, (counts.get(char) ?? 0) + 1);
    expect(counts.size).toBe(62);
    // 64,000 draws: 1,032 expected for each; six standard deviations are ± 193. `byte % 62` would give 1,250 to some.
    for (const count of counts.values()) expect(Math.abs(count - 64_000 / 62)).toBeLessThan(193);
  });
});

describe("checkSecret", () => {
  it("recognises a known secret, so that the format can never change unnoticed", () => {
    // The checksum was computed with Python's zlib.crc32.
    expect(checkSecret(`lk_${"a1B2".repeat(8)}21o3DM`, prefixes)).toBe("ours");
  });

  it("recognises every secret of the current and of a retired prefix", () => {
    expect(checkSecret(newSecret("lk"), prefixes)).toBe("ours");
    expect(checkSecret(newSecret("old"), prefixes)).toBe("ours");
    expect(checkSecret(newSecret("new"), prefixes)).toBe("not ours");
  });

  it("calls any change of a single character broken, never ours and never somebody else's", () => {
    fc.assert(
      fc.property(fc.integer({ min: 3, max: 40 }), fc.constantFrom(...BASE62, "-", " ", "é", "а"), (at, char) => {
        const secret = newSecret();
        fc.pre(secret.charAt(at) !== char);
        expect(checkSecret(secret.slice(0, at) + char + secret.slice(at + 1), prefixes)).toBe("broken");
      }),
    );
  });

  it.each([
    ["truncated", (s: string) => s.slice(0, -1)],
    ["lengthened", (s: string) => `${s}a`],
    ["followed by a line feed", (s: string) => `${s}\n`],
    ["followed by another after a comma", (s: string) => `${s},${s}`],
    ["the prefix alone", () => "lk_"],
    ["in upper case", (s: string) => s.toUpperCase()],
    ["with a capital prefix", (s: string) => `LK_${s.slice(3)}`],
    ["after a space", (s: string) => ` ${s}`],
    ["after a byte order mark", (s: string) => `\uFEFF${s}`],
    ["checksum of another prefix", (s: string) => `old_${s.slice(3)}`],
  ])("calls a secret of ours broken when it is %s: it must not be passed on", (_, mangle) => {
    expect(checkSecret(mangle(newSecret()), prefixes)).toBe("broken");
  });

  it.each([
    "",
    "hunter2",
    "NjE2Mjg3ODQ0OTMz",
    "lk-abc",
    "lk",
    "lkfoo",
    "xlk_1",
    "ghp_16C7e42F292c6912E7710c838347Ae178B4a",
  ])("leaves %j to the rule of its class", (text) => expect(checkSecret(text, prefixes)).toBe("not ours"));

  it("answers in microseconds for a megabyte of garbage behind our prefix", () => {
    expect(checkSecret(`lk_${"a".repeat(1_000_000)}`, prefixes)).toBe("broken");
  });
});

describe("what is kept of a secret", () => {
  it("is its SHA-256 in lower-case hex (FIPS 180-4 vector)", () => {
    expect(digestOf("abc")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    const secret = newSecret();
    expect(digestOf(secret)).toBe(createHash("sha256").update(secret).digest("hex"));
  });

  it("and a hint of three characters after the prefix and the last four", () => {
    const secret = newSecret("acme");
    expect(hintOf(secret)).toBe(`${secret.slice(0, 8)}…${secret.slice(-4)}`);
    expect(hintOf(newSecret())).toMatch(/^lk_[0-9A-Za-z]{3}…[0-9A-Za-z]{4}$/);
  });
});

describe("a prefix", () => {
  it("has no underscore, so that none can be taken for another", () => {
    expect(DEFAULT_PREFIX).toMatch(PREFIX_PATTERN);
    expect(checkSecret(newSecret("lk2"), { prefix: "lk", retiredPrefixes: [] })).toBe("not ours");
    for (const bad of ["", "_", "l", "lk_", "lk_x", "1k", "lk ", "a".repeat(17)])
      expect(bad).not.toMatch(PREFIX_PATTERN);
  });
});

describe("a secret that strayed into a text", () => {
  it("is seen, whatever its prefix and whatever stands around it", () => {
    for (const text of [newSecret(), `my token is ${newSecret("acme")}.`, `a_b:${newSecret()}`]) {
      expect(holdsSecret(text)).toBe(true);
    }
  });

  it("is told from those of other installations", () => {
    const [ours, retired, theirs] = [newSecret(), newSecret("old"), newSecret("acme")];
    for (const text of [ours, retired, `x${ours}x`, `${theirs}${ours}`, `lk_${ours}`, `aa_${"a".repeat(36)}${ours}`])
      expect([text, holdsOurs(text, prefixes)]).toEqual([text, true]);
    for (const text of [theirs, `a${theirs}`, "", "lk_", ours.slice(0, -1), ours.slice(1)])
      expect([text, holdsOurs(text, prefixes)]).toEqual([text, false]);
  });

  it("is not seen in words and look-alikes", () => {
    const secret = newSecret();
    for (const text of ["Basic reporting", "Token rotation", "lk_", secret.slice(0, -1), `lk_${"a".repeat(38)}`]) {
      expect(holdsSecret(text)).toBe(false);
    }
  });
});
