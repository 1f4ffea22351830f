import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { seal, unseal } from "./sealed";

describe("what is sealed", () => {
  const key = randomBytes(32);
  const sealed = seal(key, Buffer.from("a secret"), "row/1");

  it("opens with its key at its place", () => {
    expect(unseal(key, sealed, "row/1")?.toString()).toBe("a secret");
  });

  it("opens at no other place, with no other key, and not when a bit was changed or it was cut", () => {
    expect(unseal(key, sealed, "row/2")).toBeNull();
    expect(unseal(randomBytes(32), sealed, "row/1")).toBeNull();
    for (let at = 0; at < sealed.length; at += 1) {
      const changed = Buffer.from(sealed);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(unseal(key, changed, "row/1")).toBeNull();
    }
    for (const length of [0, 1, 27, 28, sealed.length - 1]) {
      expect(unseal(key, sealed.subarray(0, length), "row/1")).toBeNull();
    }
  });

  it("never looks the same twice and does not show what it holds", () => {
    expect(seal(key, Buffer.from("a secret"), "row/1")).not.toEqual(sealed);
    expect(sealed.includes("secret")).toBe(false);
  });
});
