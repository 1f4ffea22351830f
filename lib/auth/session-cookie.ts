import { decode, encode, type JWT } from "next-auth/jwt";
import type { KeyRing } from "#lib/keys/ring";
import { ABSOLUTE_MS } from "#lib/sessions/session";

/** `__Host-` binds the cookie to https, this host and the whole path; on plain-http loopback it cannot be set. */
export function sessionCookieName(portalUrl: string): string {
  return portalUrl.startsWith("https:") ? "__Host-latchkey.session" : "latchkey.session";
}

/** The cookie's content: which session. Everything else is looked up at each request. */
export type SessionClaims = { readonly sessionId: string };

export async function sealSession(ring: KeyRing, token: JWT): Promise<string> {
  return encode({ token, secret: ring.active.secret.toString("base64"), maxAge: ABSOLUTE_MS / 1000 });
}

/**
 * Opens a session cookie with any key of the ring (an old one during a rotation).
 * @returns null for anything that is not a cookie of ours, tampered with, or past its absolute end
 */
export async function openSession(ring: KeyRing, sealed: string): Promise<SessionClaims | null> {
  if (sealed.length > 4096) return null;
  for (const key of ring.all.values()) {
    const token = await decode({ token: sealed, secret: key.secret.toString("base64") }).catch(() => null);
    if (token !== null && typeof token.sessionId === "string") return { sessionId: token.sessionId };
  }
  return null;
}
