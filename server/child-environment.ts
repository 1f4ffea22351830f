import { wrappingKey } from "#lib/keys/key";

type Urls = {
  readonly portalUrl: string;
  readonly verifierUrl: string;
  readonly retentionUrl: string;
  readonly secret: string;
};

/** Where the database is and as whom, how people sign in, and whatever else holds a secret, also of later versions. */
const NOT_FOR_VERIFIERS = /^(DATABASE|OIDC|SMTP)_|SECRET|PASSWORD/;

/**
 * What the portal is told: of other roles' passwords only that of the one which deletes what has aged, since that runs
 * there, and not where verifiers share what they count.
 */
export function portalEnvironment(
  env: NodeJS.ProcessEnv,
  { portalUrl, retentionUrl, secret }: Urls,
): NodeJS.ProcessEnv {
  const { DATABASE_OWNER_URL: _owner, DATABASE_VERIFIER_URL: _verifier, REDIS_URL: _redis, ...rest } = env;
  return { ...rest, DATABASE_URL: portalUrl, DATABASE_RETENTION_URL: retentionUrl, LATCHKEY_SECRET: secret };
}

const wrapsAssertions = (secret: string): string => wrappingKey(secret, "assertion").toString("base64");

/** What a verifier is told: its own way to the database, and of secrets only what wraps the keys with which it signs. */
export function verifierEnvironment(
  env: NodeJS.ProcessEnv,
  urls: Pick<Urls, "verifierUrl" | "secret">,
): NodeJS.ProcessEnv {
  const { verifierUrl, secret } = urls;
  const { LATCHKEY_SECRET_PREVIOUS: previous } = env;
  const told = { ...env };
  for (const name of Object.keys(told)) if (NOT_FOR_VERIFIERS.test(name)) delete told[name];
  return {
    ...{ ...told, DATABASE_VERIFIER_URL: verifierUrl, LATCHKEY_ASSERTION_SECRET: wrapsAssertions(secret) },
    ...(previous ? { LATCHKEY_ASSERTION_SECRET_PREVIOUS: wrapsAssertions(previous) } : {}),
  };
}
