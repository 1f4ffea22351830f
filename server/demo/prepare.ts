import { system } from "#lib/auth/actors";
import { openDatabase as openPool } from "#lib/db/client";
import type { Configuration } from "#lib/env";
import { ensureInstallation } from "#lib/settings/installation";
import { migrate } from "#server/database/migrate-and-grant";
import { type Database, openDatabase } from "#server/database/open";
import { announce } from "#server/installation";
import { journalOf } from "#server/portal/journal";
import { StartFailure } from "#server/start-failure";
import { holds } from "./holds";
import { isHalfMade, type Keys, keptKeys, newKeys } from "./keys";
import { beginningOf, tellStory } from "./tell";

type Say = (sentence: string) => void;

const again = (dataFolder: string) =>
  `The demo in ${dataFolder} was left half-made. Delete that folder (and, with DATABASE_URL, what is in that database), and start again.`;

const FOREIGN =
  "The database of DATABASE_URL holds something that is not this demo's, and stays as it is: leave DATABASE_URL out, or give the demo an empty database of its own.";

async function make(database: Database, configuration: Configuration, say: Say, now: number): Promise<Keys> {
  const { dataFolder } = configuration;
  if ((await holds(database.ownerUrl)) !== null) throw new StartFailure(FOREIGN);
  announce(database);
  const { outcome } = await migrate(database.ownerUrl, database.roles, say, async () => {
    const pool = openPool(database.portalUrl, 2);
    try {
      await ensureInstallation(pool, system("demo"), beginningOf(now));
      const { installationId } = await pool.settings.findFirstOrThrow({ select: { installationId: true } });
      const keys = newKeys(dataFolder, installationId);
      // As a portal would have: a journal that began behind this month would be one that does not know of it.
      await journalOf(pool, { ...configuration, secrets: [database.secret] }).round();
      await tellStory(pool, database.verifierUrl, keys.passwords, now);
      keys.finish();
      return keys;
    } finally {
      await pool.$disconnect();
    }
  });
  return outcome;
}

/**
 * Makes the demo where there is none yet: an installation of its own with a small cast, and a month behind it. Done
 * once; after that it only says that it is there.
 * @param now epoch milliseconds
 * @returns the passwords, and whether they are new
 */
export async function prepareDemo(
  configuration: Configuration,
  say: Say,
  now: number,
): Promise<Keys & { readonly isNew: boolean }> {
  const { dataFolder } = configuration;
  if (isHalfMade(dataFolder)) throw new StartFailure(again(dataFolder));
  const kept = keptKeys(dataFolder);
  if (kept !== null) {
    const url = configuration.databaseOwnerUrl ?? configuration.databaseUrl;
    // The embedded one lies in the same folder and can be no other.
    if (url !== undefined && (await holds(url)) !== kept.installation) throw new StartFailure(FOREIGN);
    return { ...kept, isNew: false };
  }
  const database = await openDatabase(configuration, true);
  try {
    return { ...(await make(database, configuration, say, now)), isNew: true };
  } finally {
    await database.close();
  }
}
