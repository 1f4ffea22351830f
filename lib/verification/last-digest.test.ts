import fc from "fast-check";
import { expect, test } from "vitest";
import { digestOf } from "#lib/tokens/secret";
import { LastDigest } from "./last-digest";

test("the digest is that of what is said now, whatever was said before", () => {
  const said = fc.array(fc.constantFrom("", "a", "gateway-1", "gateway-2", "GATEWAY-1", " gateway-1"), {
    maxLength: 20,
  });
  fc.assert(
    fc.property(said, (texts) => {
      const digests = new LastDigest();
      for (const text of texts) expect(digests.of(text).toString("hex")).toBe(digestOf(text));
    }),
  );
});

test("what is said again is digested once", () => {
  const digests = new LastDigest();
  expect(digests.of("gateway-1")).toBe(digests.of("gateway-1"));
});
