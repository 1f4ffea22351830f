import type { Configuration } from "#lib/env";
import { openEmbedded } from "#server/postgres/embedded";
import { generatedSecret } from "#server/secret";
import { StartFailure } from "#server/start-failure";
import { connect } from "./connect";
import type { RoleNames } from "./grants";

/** Where an installation keeps its state, and how to be rid of our hold on it. */
export type Database = {
  readonly embedded: boolean;
  readonly ownerUrl: string;
  readonly portalUrl: string;
  readonly verifierUrl: string;
  readonly retentionUrl: string;
  /** LATCHKEY_SECRET. */
  readonly secret: string;
  /** The run-time roles, to be given their rights. */
  readonly roles: RoleNames;
  /** Resolves when the embedded server went away under us; never with another. */
  readonly lost: Promise<void>;
  readonly close: () => Promise<void>;
};

/**
 * Opens the database that the configuration names, or the embedded one.
 * @param supervisor refuse a data folder that another `npm start` uses
 */
export async function openDatabase(configuration: Configuration, supervisor: boolean): Promise<Database> {
  const { databaseUrl, databaseOwnerUrl, databaseVerifierUrl, databaseRetentionUrl, dataFolder, secret } =
    configuration;
  if (databaseUrl === undefined) {
    if ([databaseOwnerUrl, databaseVerifierUrl, databaseRetentionUrl].some((url) => url !== undefined)) {
      throw new StartFailure(
        "DATABASE_URL is not set, but DATABASE_OWNER_URL, DATABASE_VERIFIER_URL or DATABASE_RETENTION_URL is: set all that belong together, or none for the embedded database.",
      );
    }
    const embedded = await openEmbedded(dataFolder, { supervisor });
    return { ...embedded, embedded: true, secret: secret ?? generatedSecret(dataFolder), roles: rolesOf(embedded) };
  }
  if (secret === undefined) {
    throw new StartFailure(
      "LATCHKEY_SECRET is not set, and DATABASE_URL needs it: make one with openssl rand -base64 32, and keep it apart from the database.",
    );
  }
  const urls = {
    ...{ ownerUrl: databaseOwnerUrl ?? databaseUrl, portalUrl: databaseUrl },
    ...{ verifierUrl: databaseVerifierUrl ?? databaseUrl, retentionUrl: databaseRetentionUrl ?? databaseUrl },
  };
  await checkReachable({
    DATABASE_URL: databaseUrl,
    DATABASE_OWNER_URL: databaseOwnerUrl,
    DATABASE_VERIFIER_URL: urls.verifierUrl,
    DATABASE_RETENTION_URL: urls.retentionUrl,
  });
  return {
    ...urls,
    embedded: false,
    secret,
    roles: rolesOf(urls),
    lost: new Promise(() => undefined),
    close: async () => undefined,
  };
}

/** Tells at the start, not in the middle, which of the URLs cannot be used. */
async function checkReachable(urls: Readonly<Record<string, string | undefined>>): Promise<void> {
  const checked = new Set<string>();
  for (const [variable, url] of Object.entries(urls)) {
    if (url === undefined || checked.has(url)) continue;
    checked.add(url);
    await (await connect(variable, url)).end();
  }
}

/** Who the run-time processes are, by the URLs that they are given. */
export const rolesOf = (urls: Pick<Database, "portalUrl" | "verifierUrl" | "retentionUrl">): RoleNames => ({
  portal: userOf(urls.portalUrl),
  verifier: userOf(urls.verifierUrl),
  retention: userOf(urls.retentionUrl),
});

const userOf = (url: string): string => decodeURIComponent(new URL(url).username);
