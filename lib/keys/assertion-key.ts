import { Buffer } from "node:buffer";
import { createECDH, createPrivateKey, type KeyObject } from "node:crypto";
import type { SigningKey } from "./key";

/** The public half, as RFC 7517 and 7518 write it. */
export type PublicJwk = {
  readonly kty: "EC";
  readonly crv: "P-256";
  readonly x: string;
  readonly y: string;
  readonly kid: string;
  readonly use: "sig";
  readonly alg: "ES256";
};

/** A key that signs assertions, ready for use. */
export type AssertionKey = { readonly privateKey: KeyObject; readonly jwk: PublicJwk };

const COORDINATE = 32;

/** Makes a key of the number that the key table holds. @throws where it is no number on the curve */
export function assertionKeyOf({ kid, secret }: SigningKey): AssertionKey {
  const pair = createECDH("prime256v1");
  pair.setPrivateKey(secret);
  // Uncompressed: 4, x, y.
  const point = Buffer.from(pair.getPublicKey("hex"), "hex");
  const x = point.subarray(1, 1 + COORDINATE).toString("base64url");
  const y = point.subarray(1 + COORDINATE).toString("base64url");
  const curve = { kty: "EC", crv: "P-256", x, y } as const;
  const privateKey = createPrivateKey({ key: { ...curve, d: secret.toString("base64url") }, format: "jwk" });
  return { privateKey, jwk: { ...curve, kid, use: "sig", alg: "ES256" } };
}
