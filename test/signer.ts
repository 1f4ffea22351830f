import { randomBytes } from "node:crypto";
import { newKey, wrapKey } from "#lib/keys/key";
import type { StoredKey } from "#lib/verification/facts/model";
import { openSigner, type Signer } from "#lib/verification/signer";

export const WRAPPING = randomBytes(32);

/** A new assertion key as the key table would have it. */
export function storedKey(state: StoredKey["state"], retiredAt: number | null = null, wrapping = WRAPPING): StoredKey {
  const key = newKey("assertion");
  return { kid: key.kid, state, wrapped: wrapKey(key, wrapping).toString("base64"), retiredAt };
}

/** What a verifier signs with. */
export function someSigner(): Signer {
  const signer = openSigner([storedKey("active"), storedKey("next")], [WRAPPING]);
  if (signer === null) throw new Error("the keys were not opened");
  return signer;
}
