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
  if (limit === "all") return token;
  return token === "all" ? limit.filter((key) => key !== LATCHKEY) : token.filter((key) => limit.includes(key));
}

/** What a delegation's limit really says: nobody but its owner ever makes a token for `latchkey`. */
export function withoutLatchkey(applications: Applications): Applications {
  return applications === "all" ? "all" : applications.filter((key) => key !== LATCHKEY);
}
