import { z } from "zod";
import { ok, type Result, refuse } from "#lib/errors/error";
import { line } from "#lib/fields";
import { emailField, usernameField } from "#lib/users/schema";

const MOST_GROUPS = 200;

/** Somebody as their identity provider vouches for them. */
export const externalPerson = z.strictObject({
  issuer: z.string().min(1).max(500),
  subject: z.string().min(1).max(255),
  username: usernameField,
  displayName: line(200),
  email: emailField.nullable(),
  groups: z.array(z.string().min(1).max(255)).max(MOST_GROUPS),
  /** When they last proved to the provider that it is them; epoch ms, null where it does not say. */
  authenticatedAt: z.number().int().nullable(),
});
export type ExternalPerson = z.output<typeof externalPerson>;

const text = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);
const fitting = <T>(schema: z.ZodType<T>, value: unknown): T | null => {
  const parsed = schema.safeParse(value);
  return parsed.success ? parsed.data : null;
};

/** Names of groups that can be names here; what cannot be gives no right. */
function groupsIn(value: unknown): string[] | null {
  const all = Array.isArray(value) ? value : typeof value === "string" ? [value] : [];
  if (all.length > MOST_GROUPS) return null;
  const names = all.flatMap((each) => (typeof each === "string" ? [fitting(line(255).min(1), each) ?? ""] : []));
  return [...new Set(names.filter((each) => each !== ""))];
}

/**
 * Reads the claims of an ID token whose signature, audience, nonce and expiry have been judged (OpenID Connect Core
 * §3.1.3.7). An e-mail address counts only when it was verified, and never decides who somebody is.
 * @param expected the issuer as configured, and the claim that lists groups
 * @returns `invalid_input` for another issuer, no subject, no usable name, or more groups than anybody is in
 */
export function readClaims(
  claims: Readonly<Record<string, unknown>>,
  { issuer, groupsClaim }: { readonly issuer: string; readonly groupsClaim: string },
): Result<ExternalPerson> {
  const subject = text(claims.sub);
  if (claims.iss !== issuer || subject === null || subject.length > 255) {
    return refuse("invalid_input", "The identity provider did not say who signs in.");
  }
  const verified = claims.email_verified === true;
  const email = verified ? fitting(emailField, claims.email) : null;
  const names = [claims.preferred_username, email, subject].map((each) => fitting(usernameField, each));
  const username = names.find((each) => each !== null) ?? null;
  const groups = groupsIn(claims[groupsClaim]);
  if (username === null) return refuse("invalid_input", "The identity provider gave no name that can be a username.");
  if (groups === null) return refuse("invalid_input", `The identity provider lists more than ${MOST_GROUPS} groups.`);
  const displayName = fitting(line(200), claims.name) ?? "";
  const authenticatedAt = Number.isInteger(claims.auth_time) ? Number(claims.auth_time) * 1000 : null;
  return ok({ issuer, subject, username, displayName, email, groups, authenticatedAt });
}
