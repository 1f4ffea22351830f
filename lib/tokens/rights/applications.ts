import { LATCHKEY } from "#lib/applications/application";
import type { Applications } from "#lib/policies/limits";

/** Whether a token for these applications reaches one: a token's *all* never includes `latchkey`. */
export function reaches(applications: Applications, key: string): boolean {
  return applications === "all" ? key !== LATCHKEY : applications.includes(key);
}

/**
 * What is left of a token's applications under a limit.
 * The limit's *all* includes `latchkey`, so that a tier may allow it; the result is a token's again: its *all* does not.
 */
export function limitApplications(token: Applications, limit: Applications): Applications {
  if (limit === "all" || limit === token) return token;
  return token === "all" ? limit.filter((key) => key !== LATCHKEY) : token.filter((key) => limit.includes(key));
}

/**
 * A token's applications without `latchkey`: what is left of them under a delegation, since nobody but its owner ever
 * makes a token for the portal's own API.
 */
export function withoutLatchkey(token: Applications): Applications {
  return token === "all" ? "all" : token.filter((key) => key !== LATCHKEY);
}
