import { randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import { ASSERTION_MS, JWKS_KEPT_MS, KNOWN_BEFORE_MS } from "#lib/keys/life";
import { NOON } from "#test/rules";
import { storedKey, WRAPPING } from "#test/signer";
import { keySetOf, openSigner } from "./signer";

const [active, next] = [storedKey("active"), storedKey("next")];
const kidsAt = (keys: Parameters<typeof openSigner>[0], now: number) => {
  const signer = openSigner(keys, [WRAPPING]);
  return signer === null ? null : keySetOf(signer, now).keys.map(({ kid }) => kid);
};

describe("the keys of assertions", () => {
  test("are opened by what wrapped them, of several things that may have", () => {
    expect(openSigner([active, next], [randomBytes(32), WRAPPING])?.active.jwk.kid).toBe(active.kid);
    expect(openSigner([active, next], [randomBytes(32)])).toBeNull();
    expect(openSigner([active, next], [])).toBeNull();
  });

  test("sign only with the active one: where that is lost, nothing signs", () => {
    expect(openSigner([next, storedKey("retired", NOON)], [WRAPPING])).toBeNull();
    expect(openSigner([storedKey("active", null, randomBytes(32)), next], [WRAPPING])).toBeNull();
  });

  test("are published before they sign, and for as long after as anything that they signed is good", () => {
    const retired = storedKey("retired", NOON);
    const all = [active, next, retired];
    const signedLast = NOON + ASSERTION_MS;
    expect(kidsAt(all, signedLast)).toEqual([active.kid, next.kid, retired.kid]);
    expect(kidsAt(all, NOON + 10 * ASSERTION_MS)).toEqual([active.kid, next.kid]);
  });

  test("are known before they sign for longer than anybody keeps the list", () => {
    expect(KNOWN_BEFORE_MS.assertion).toBeGreaterThan(2 * JWKS_KEPT_MS);
  });

  test("leave out one that cannot be opened, and never show what signs", () => {
    const lost = storedKey("retired", NOON, randomBytes(32));
    expect(kidsAt([active, lost], NOON)).toEqual([active.kid]);
    const signer = openSigner([active], [WRAPPING]);
    expect(signer && JSON.stringify(keySetOf(signer, NOON))).not.toMatch(/"d"/);
  });
});
