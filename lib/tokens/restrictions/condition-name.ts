/** Headers that a gateway sets or takes away itself, that carry a credential, or that are of one connection only. */
const NOT_ASKED =
  /^(authorization|proxy|proxy-.*|cookie|host|connection|keep-alive|te|trailer|transfer-encoding|upgrade|http2-settings|expect|content-length|forwarded|via|x-forwarded-.*|x-original-.*|x-rewrite-.*|x-real-ip|x-remote-user|x-latchkey-.*|x-api-token)$/;

/** What gateways take for the name of a header. nginx drops all others; each drops underscores, since CGI reads them as hyphens. */
const PASSED = /^[a-z0-9-]+$/;

/**
 * Why no gateway, as we configure them, tells a verifier of the client's header of a name: a condition on it never holds.
 * @param name in lower case
 * @returns a sentence that says what to do; null where some gateway may tell of it
 */
export function untold(name: string): string | null {
  if (!PASSED.test(name))
    return "Gateways drop a header whose name has other signs than letters, digits and hyphens. Use one like X-Team.";
  return NOT_ASKED.test(name) ? "This header is the gateway’s own or carries a credential. Use one like X-Team." : null;
}
