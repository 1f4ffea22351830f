import { Buffer } from "node:buffer";
import { type AssertionKey, assertionKeyOf, type PublicJwk } from "#lib/keys/assertion-key";
import { unwrapKey } from "#lib/keys/key";
import { stillOpens } from "#lib/keys/life";
import type { StoredKey } from "./facts/model";

/** A public key and, where it signs no more, since when (epoch milliseconds). */
type Published = { readonly jwk: PublicJwk; readonly retiredAt: number | null };

/** What signs assertions, and all keys by which they can be verified: also the one that will sign next. */
export type Signer = { readonly active: AssertionKey; readonly published: readonly Published[] };

/**
 * Opens the assertion keys.
 * @param wrapping what may have wrapped them
 * @returns null where the active one cannot be opened: nothing is signed with another instead
 */
export function openSigner(keys: readonly StoredKey[], wrapping: readonly Buffer[]): Signer | null {
  const opened = keys.flatMap(({ kid, state, wrapped, retiredAt }) => {
    const key = unwrapKey(kid, Buffer.from(wrapped, "base64"), wrapping);
    return key === null ? [] : [{ state, retiredAt, key: assertionKeyOf(key) }];
  });
  const active = opened.find(({ state }) => state === "active");
  if (active === undefined) return null;
  return { active: active.key, published: opened.map(({ key, retiredAt }) => ({ jwk: key.jwk, retiredAt })) };
}

/** The public keys as a JSON Web Key Set (RFC 7517 §5). @param now epoch milliseconds */
export function keySetOf({ published }: Signer, now: number): { readonly keys: readonly PublicJwk[] } {
  return {
    keys: published.filter(({ retiredAt }) => stillOpens("assertion", retiredAt, now)).map(({ jwk }) => jwk),
  };
}
