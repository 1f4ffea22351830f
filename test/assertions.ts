import { createHash } from "node:crypto";
import { createRemoteJWKSet, type JWTPayload, jwtVerify } from "jose";

/** What an assertion for this application says, once the public keys at this address have verified it. */
export async function assertedFor(audience: string, assertion: string, keySet: URL): Promise<JWTPayload> {
  const wanted = { issuer: "http://localhost:3000", audience, algorithms: ["ES256"] };
  return (await jwtVerify(assertion, createRemoteJWKSet(keySet), wanted)).payload;
}

/** What an assertion is bound to of this canonical path. */
export const pathBinding = (path: string): string => createHash("sha256").update(path).digest("base64url");
