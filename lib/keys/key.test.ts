import { createECDH } from "node:crypto";
import { describe, expect, it } from "vitest";
import { KEY_PURPOSES, newKey, unwrapKey, wrapKey, wrappingKey, wrappingKeys } from "./key";

describe("a wrapped key", () => {
  const key = newKey("audit");
  const one = wrappingKey("secret one", "audit");
  const wrapped = wrapKey(key, one);
  const opened = (...secrets: string[]) => unwrapKey(key.kid, wrapped, wrappingKeys("audit", secrets));

  it("opens with the secret that wrapped it, or with the previous one during a rotation", () => {
    expect(opened("secret one")?.secret).toEqual(key.secret);
    expect(opened("secret two", "secret one")?.secret).toEqual(key.secret);
  });

  it("opens with no other secret, under no other name, and not when a bit was changed", () => {
    expect(opened("secret two")).toBeNull();
    expect(unwrapKey("audit-other", wrapped, [one])).toBeNull();
    for (const at of [0, 14, wrapped.length - 1]) {
      const changed = Buffer.from(wrapped);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(unwrapKey(key.kid, changed, [one])).toBeNull();
    }
    expect(unwrapKey(key.kid, Buffer.alloc(3), [one])).toBeNull();
  });

  it("never looks the same twice and does not contain the key", () => {
    expect(wrapKey(key, one)).not.toEqual(wrapped);
    expect(wrapped.includes(key.secret)).toBe(false);
  });

  it("opens for nobody who has what wraps the keys of another purpose", () => {
    for (const purpose of KEY_PURPOSES) {
      const own = newKey(purpose);
      const under = wrapKey(own, wrappingKey("secret one", purpose));
      for (const other of KEY_PURPOSES) {
        const found = unwrapKey(own.kid, under, wrappingKeys(other, ["secret one"]));
        expect([purpose, other, found !== null]).toEqual([purpose, other, purpose === other]);
      }
    }
  });
});

describe("a new key", () => {
  it("has 32 bytes, and one for assertions is a number on the curve P-256, each time another", () => {
    for (const purpose of KEY_PURPOSES) expect(newKey(purpose).secret).toHaveLength(32);
    const seen = Array.from({ length: 50 }, () => newKey("assertion").secret);
    for (const secret of seen) expect(() => createECDH("prime256v1").setPrivateKey(secret)).not.toThrow();
    expect(new Set(seen.map((secret) => secret.toString("hex"))).size).toBe(50);
  });
});
