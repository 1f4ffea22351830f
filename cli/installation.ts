import { existsSync } from "node:fs";
import { constants } from "node:os";
import { join } from "node:path";
import { database } from "#lib/db/client";
import { readConfiguration } from "#lib/env";
import { ok, type Result, refuse } from "#lib/errors/error";
import { log } from "#lib/log";
import { openInstallation as open } from "#server/installation";

const say = (sentence: string): boolean => process.stderr.write(`${sentence}\n`);

/**
 * Opens the installation that the environment names, starting its embedded database if need be. Never makes a new one:
 * a mistyped folder would be an installation that nobody sees again.
 * @returns what to call at the end; an embedded database that nobody else uses is stopped then
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
  const opening = open(say);
  const close = async () => {
    try {
      const release = await opening;
      await database().$disconnect();
      await release();
    } catch (error) {
      log.warn("cli.not-closed", { error }); // what was done is done
    }
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.once(signal, () => close().then(() => process.exit(128 + constants.signals[signal])));
  }
  await opening;
  return ok(close);
}
