import { createPublicKey, sign, verify } from "node:crypto";
import { describe, expect, it } from "vitest";
import { assertionKeyOf, type PublicJwk } from "./assertion-key";
import { newKey } from "./key";

const DATA = Buffer.from("what is signed");
const keyOf = (secret: Buffer) => assertionKeyOf({ kid: "assertion-1", secret });

describe("an assertion key", () => {
  it("signs what its public half verifies, and no other does", () => {
    const [one, two] = [assertionKeyOf(newKey("assertion")), assertionKeyOf(newKey("assertion"))];
    const signature = sign("sha256", DATA, one.privateKey);
    const check = (jwk: PublicJwk) =>
      verify("sha256", DATA, createPublicKey({ key: { ...jwk }, format: "jwk" }), signature);
    expect([check(one.jwk), check(two.jwk)]).toEqual([true, false]);
  });

  it("names itself, its curve and what it is for, and holds nothing private in its public half", () => {
    const { jwk } = assertionKeyOf({ ...newKey("assertion"), kid: "assertion-7" });
    expect(jwk).toMatchObject({ kty: "EC", crv: "P-256", kid: "assertion-7", use: "sig", alg: "ES256" });
    expect(Object.keys(jwk).toSorted()).toEqual(["alg", "crv", "kid", "kty", "use", "x", "y"]);
  });

  it("has coordinates of 32 bytes each time, also where the number is small", () => {
    const small = (number: number) => Buffer.from(number.toString(16).padStart(64, "0"), "hex");
    for (let number = 1; number <= 300; number += 1) {
      const { jwk, privateKey } = keyOf(small(number));
      expect([jwk.x.length, jwk.y.length]).toEqual([43, 43]);
      expect(privateKey.asymmetricKeyDetails?.namedCurve).toBe("prime256v1");
    }
  });

  it("is none of what is no number on the curve", () => {
    for (const wrong of [Buffer.alloc(32), Buffer.alloc(32, 255)]) expect(() => keyOf(wrong)).toThrow();
  });
});
