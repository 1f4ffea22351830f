import type { Account, AuthOptions, Profile } from "next-auth";
import { now } from "#lib/clock";
import { execute } from "#lib/commands/execute";
import { database } from "#lib/db/client";
import type { OidcProvider } from "#lib/env";
import { ok, type Result, refuse } from "#lib/errors/error";
import { log } from "#lib/log";
import { readClaims } from "#lib/sessions/claims";
import { signInExternally } from "#lib/sessions/commands/sign-in-externally";
import { visitor } from "./actors";

/** next-auth's name for it, and part of the redirect address that is registered at the provider. */
const OIDC = "oidc";
const PATIENCE_MS = 5_000;

/**
 * The provider as next-auth wants it: authorisation code with PKCE, state and nonce; the ID token's signature, issuer,
 * audience and expiry are judged by openid-client. No redirects are followed, and nobody waits longer than this.
 */
export const oidcProvider = ({ issuer, clientId, clientSecret, name }: OidcProvider): AuthOptions["providers"][0] => ({
  id: OIDC,
  name,
  type: "oauth",
  wellKnown: `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`,
  clientId,
  clientSecret,
  idToken: true,
  checks: ["pkce", "state", "nonce"],
  // Who signed in there longer ago than our sessions last is asked again; and the token says when it was.
  authorization: { params: { scope: "openid profile email", max_age: 12 * 3600 } },
  httpOptions: { timeout: PATIENCE_MS },
  profile: (claims: Profile) => ({ id: String(claims.sub) }),
});

/** Signs in whom the provider vouches for. @returns the session; or why not */
export async function enterByOidc(
  provider: OidcProvider | null,
  account: Account | null,
  claims: object | undefined,
  { address, userAgent }: { readonly address: string; readonly userAgent: string },
): Promise<Result<{ sessionId: string }>> {
  if (provider === null || account?.provider !== OIDC) return refuse("forbidden", "There is no such provider.");
  const person = readClaims({ ...claims }, provider);
  const done = person.ok
    ? await execute(database(), signInExternally, visitor(address, userAgent), person.value, now())
    : person;
  if (done.ok) return ok(done.value.output);
  log.warn("oidc.refused", { code: done.refusal.code, why: done.refusal.detail });
  return done;
}
