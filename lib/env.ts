import { resolve } from "node:path";
import { z } from "zod";
import {
  address,
  database,
  file,
  issuer,
  later,
  port,
  portalUrl,
  proxies,
  redis,
  secret,
  verifierAddress,
  whole,
  words,
  wrapping,
} from "#lib/environment/values";
import { ok, type Result, refuse } from "#lib/errors/error";
import { isLoopback } from "#lib/networks/loopback";

const schema = z.object({
  DATABASE_URL: database,
  DATABASE_OWNER_URL: database,
  DATABASE_VERIFIER_URL: database,
  DATABASE_RETENTION_URL: database,
  LATCHKEY_DATA_DIR: z
    .string()
    .default("./data")
    .transform((folder) => resolve(folder)),
  LATCHKEY_URL: portalUrl.optional(),
  LATCHKEY_SECRET: secret,
  LATCHKEY_SECRET_PREVIOUS: secret,
  LATCHKEY_ASSERTION_SECRET: wrapping,
  LATCHKEY_ASSERTION_SECRET_PREVIOUS: wrapping,
  PORTAL_BIND: address,
  VERIFIER_BIND: verifierAddress,
  MANAGEMENT_BIND: address,
  PORTAL_PORT: port(3000),
  VERIFIER_PORT: port(3001),
  MANAGEMENT_PORT: port(3002),
  GRPC_PORT: port(3003),
  VERIFIER_TLS_CERT: file,
  VERIFIER_TLS_KEY: file,
  VERIFIER_TLS_CLIENT_CA: file,
  VERIFIER_PLAINTEXT: z
    .enum(["true", "false"], "must be true or false")
    .default("false")
    .transform((text) => text === "true"),
  VERIFIER_NAME: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9.:_-]{0,99}$/, "must be up to 100 letters, digits, dots, colons, hyphens")
    .optional(),
  VERIFIER_WORKERS: whole(1, 1, 64),
  CONFIRMATION_BOUND_SECONDS: whole(10, 1, 60),
  // The pages show thirty days.
  RETENTION_USAGE_DAYS: whole(400, 31, 3_650),
  RETENTION_SIGHTINGS_DAYS: whole(180, 31, 3_650),
  TRUSTED_PROXIES: proxies,
  OIDC_ISSUER: issuer,
  OIDC_CLIENT_ID: words(255).optional(),
  OIDC_CLIENT_SECRET: words(1_000).optional(),
  OIDC_GROUPS_CLAIM: words(100).default("groups"),
  OIDC_NAME: words(60).default("your organisation"),
  REDIS_URL: redis,
  SMTP_URL: later("no mail is sent"),
  LOG_LEVEL: z.enum(["debug", "info", "warn", "error"], "must be debug, info, warn or error").default("info"),
});

/** The names of all variables that Latchkey reads. `.env.example` has the same, which a test holds. */
export const VARIABLES = Object.keys(schema.shape);

/**
 * Reads the configuration of a process.
 * @param variables the environment; an empty value counts as not set
 * @returns the configuration, or `invalid_input` with one sentence that names the variable and says what to do
 */
export function readConfiguration(variables: Readonly<Record<string, string | undefined>>): Result<Configuration> {
  const parsed = schema.safeParse(
    Object.fromEntries(VARIABLES.map((name) => [name, variables[name]?.trim() || undefined])),
  );
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return refuse("invalid_input", `${String(issue?.path[0])} ${issue?.message}.`);
  }
  const contradiction = contradictionIn(parsed.data);
  return contradiction === null ? ok(named(parsed.data)) : refuse("invalid_input", contradiction);
}

type Values = z.output<typeof schema>;

function contradictionIn(values: Values): string | null {
  const { VERIFIER_BIND: bind, VERIFIER_TLS_CERT: cert, VERIFIER_TLS_KEY: key } = values;
  if ((cert === undefined) !== (key === undefined)) {
    return "VERIFIER_TLS_CERT and VERIFIER_TLS_KEY belong together: set both, or none.";
  }
  if (values.VERIFIER_TLS_CLIENT_CA !== undefined && cert === undefined) {
    return "VERIFIER_TLS_CLIENT_CA asks gateways for certificates, which needs TLS: set VERIFIER_TLS_CERT and VERIFIER_TLS_KEY too.";
  }
  if (cert !== undefined && bind.startsWith("unix:")) {
    return "VERIFIER_BIND is a socket, which its folder protects, and VERIFIER_TLS_CERT is for addresses: remove one of them.";
  }
  if (cert !== undefined && values.VERIFIER_PLAINTEXT) {
    return "VERIFIER_PLAINTEXT=true and VERIFIER_TLS_CERT contradict each other: remove one of them.";
  }
  if (cert === undefined && !bind.startsWith("unix:") && !isLoopback(bind) && !values.VERIFIER_PLAINTEXT) {
    return `VERIFIER_BIND ${bind} can be reached from other machines, and tokens would travel there in clear: bind 127.0.0.1, set VERIFIER_TLS_CERT and VERIFIER_TLS_KEY, or set VERIFIER_PLAINTEXT=true if that is a private network of containers.`;
  }
  const { PORTAL_PORT, VERIFIER_PORT, MANAGEMENT_PORT, GRPC_PORT } = values;
  const ports = [PORTAL_PORT, VERIFIER_PORT, MANAGEMENT_PORT, GRPC_PORT].filter((each) => each !== 0);
  if (new Set(ports).size < ports.length) {
    return "PORTAL_PORT, VERIFIER_PORT, MANAGEMENT_PORT and GRPC_PORT must be four different ports.";
  }
  if (values.LATCHKEY_SECRET_PREVIOUS && !values.LATCHKEY_SECRET) {
    return "LATCHKEY_SECRET_PREVIOUS is the secret before LATCHKEY_SECRET: set LATCHKEY_SECRET too.";
  }
  const oidc = [values.OIDC_ISSUER, values.OIDC_CLIENT_ID, values.OIDC_CLIENT_SECRET];
  if (oidc.some((each) => each !== undefined) && oidc.includes(undefined)) {
    return "OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET belong together: set all three, or none.";
  }
  return null;
}

/** The identity provider at which people sign in. */
export type OidcProvider = {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** The claim of the ID token that lists groups. */
  readonly groupsClaim: string;
  /** What people call it. */
  readonly name: string;
};

function providerIn(values: Values): OidcProvider | null {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret } = values;
  if (issuer === undefined || clientId === undefined || clientSecret === undefined) return null;
  return { issuer, clientId, clientSecret, groupsClaim: values.OIDC_GROUPS_CLAIM, name: values.OIDC_NAME };
}

/** Where the verifier's certificate, its key and the authorities of gateways' certificates are. */
function tlsIn({ VERIFIER_TLS_CERT: cert, VERIFIER_TLS_KEY: key, VERIFIER_TLS_CLIENT_CA: clientCa }: Values) {
  return cert === undefined || key === undefined ? null : { cert, key, clientCa };
}

const named = (values: Values) => ({
  /** Undefined with the embedded database, until it runs. */
  databaseUrl: values.DATABASE_URL,
  databaseOwnerUrl: values.DATABASE_OWNER_URL ?? values.DATABASE_URL,
  databaseVerifierUrl: values.DATABASE_VERIFIER_URL ?? values.DATABASE_URL,
  databaseRetentionUrl: values.DATABASE_RETENTION_URL ?? values.DATABASE_URL,
  /** Absolute. */
  dataFolder: values.LATCHKEY_DATA_DIR,
  /** The public address of the portal, an origin. */
  url: values.LATCHKEY_URL ?? `http://localhost:${values.PORTAL_PORT}`,
  /** False: nobody has said the address, it is the one of a trial. */
  urlIsGiven: values.LATCHKEY_URL !== undefined,
  secret: values.LATCHKEY_SECRET,
  previousSecret: values.LATCHKEY_SECRET_PREVIOUS,
  /** What wraps the assertion keys, for a verifier, which is not told LATCHKEY_SECRET; base64. */
  assertionSecret: values.LATCHKEY_ASSERTION_SECRET,
  previousAssertionSecret: values.LATCHKEY_ASSERTION_SECRET_PREVIOUS,
  portal: { bind: values.PORTAL_BIND, port: values.PORTAL_PORT },
  verifier: { bind: values.VERIFIER_BIND, port: values.VERIFIER_PORT },
  /** Envoy's gRPC, at the verifier's address. */
  grpcPort: values.GRPC_PORT,
  /** Null: the verifier speaks in clear. */
  verifierTls: tlsIn(values),
  management: { bind: values.MANAGEMENT_BIND, port: values.MANAGEMENT_PORT },
  /** The verifier answers other machines in clear, because somebody said so. */
  verifierPlaintext: values.VERIFIER_PLAINTEXT,
  /** In leases; undefined = host name and port. */
  verifierName: values.VERIFIER_NAME,
  verifierWorkers: values.VERIFIER_WORKERS,
  boundSeconds: values.CONFIRMATION_BOUND_SECONDS,
  /** For how long what was recorded is kept. */
  retention: { usageDays: values.RETENTION_USAGE_DAYS, sightingsDays: values.RETENTION_SIGHTINGS_DAYS },
  /** Where verifiers share what they count; undefined: each counts for itself. */
  redisUrl: values.REDIS_URL,
  trustedProxies: values.TRUSTED_PROXIES,
  /** Null: local accounts only. */
  oidc: providerIn(values),
  logLevel: values.LOG_LEVEL,
});

/** What the environment says. */
export type Configuration = ReturnType<typeof named>;

/** The configuration of a process that works with the database as the portal does. */
export type Environment = Configuration & { readonly databaseUrl: string; readonly secret: string };

/** The environment is wrong; the message is one sentence that says what to do. */
export class ConfigurationError extends Error {
  override readonly name = "ConfigurationError";
}

let read: Configuration | undefined;

/** The configuration of this process, read at the first call and never at import. Throws a ConfigurationError. */
export function configuration(): Configuration {
  if (read === undefined) {
    const result = readConfiguration(process.env);
    if (!result.ok) throw new ConfigurationError(result.refusal.detail);
    read = result.value;
  }
  return read;
}

/** The same for portal and CLI, which have a database and a secret. Throws a ConfigurationError. */
export function env(): Environment {
  const { databaseUrl, secret: own, ...rest } = configuration();
  if (databaseUrl === undefined) {
    throw new ConfigurationError(
      "DATABASE_URL is not set: start with npm start, which brings a database along, or set it.",
    );
  }
  if (own === undefined) {
    throw new ConfigurationError(
      "LATCHKEY_SECRET is not set, and DATABASE_URL needs it: make one with openssl rand -base64 32 and keep it.",
    );
  }
  return { ...rest, databaseUrl, secret: own };
}
