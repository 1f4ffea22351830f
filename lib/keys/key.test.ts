import { describe, expect, it } from "vitest";
import { newKey, unwrapKey, wrapKey } from "./key";

describe("a wrapped key", () => {
  const key = newKey("audit");
  const wrapped = wrapKey(key, "secret one");

  it("opens with the secret that wrapped it, or with the previous one during a rotation", () => {
    expect(unwrapKey(key.kid, wrapped, ["secret one"])?.secret).toEqual(key.secret);
    expect(unwrapKey(key.kid, wrapped, ["secret two", "secret one"])?.secret).toEqual(key.secret);
  });

  it("opens with no other secret, under no other name, and not when a bit was changed", () => {
    expect(unwrapKey(key.kid, wrapped, ["secret two"])).toBeNull();
    expect(unwrapKey("audit-other", wrapped, ["secret one"])).toBeNull();
    for (const at of [0, 14, wrapped.length - 1]) {
      const changed = Buffer.from(wrapped);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(unwrapKey(key.kid, changed, ["secret one"])).toBeNull();
    }
    expect(unwrapKey(key.kid, Buffer.alloc(3), ["secret one"])).toBeNull();
  });

  it("never looks the same twice and does not contain the key", () => {
    expect(wrapKey(key, "secret one")).not.toEqual(wrapped);
    expect(wrapped.includes(key.secret)).toBe(false);
  });
});
