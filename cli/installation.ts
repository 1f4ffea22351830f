import { existsSync } from "node:fs";
import { join } from "node:path";
import { database } from "#lib/db/client";
import { readConfiguration } from "#lib/env";
import { ok, type Result, refuse } from "#lib/errors/error";
import { openInstallation as open } from "#server/installation";

const say = (sentence: string): boolean => process.stderr.write(`${sentence}\n`);

/**
 * Opens the installation that the environment names, starting its embedded database if need be. Never makes a new one:
 * a mistyped folder would be an installation that nobody sees again.
 * @returns what to call at the end
 */
export async function openInstallation(): Promise<Result<() => Promise<void>>> {
  const read = readConfiguration(process.env);
  if (!read.ok) return read;
  const { databaseUrl, dataFolder } = read.value;
  if (databaseUrl === undefined && !existsSync(join(dataFolder, "postgres"))) {
    return refuse(
      "unavailable",
      `There is no installation in ${dataFolder} yet: start Latchkey once with npm start, or set LATCHKEY_DATA_DIR or DATABASE_URL to where it is.`,
    );
  }
  const close = await open(say);
  return ok(async () => {
    await database().$disconnect();
    await close();
  });
}
