import { randomBytes } from "node:crypto";
import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { codeOf, messageOf, StartFailure } from "#server/start-failure";
import { type Account, databaseAccount, reachable } from "./account";

/** Where an embedded database lives and as whom it runs. `home` holds `cluster` (PostgreSQL's own) and `access.json`. */
export type Place = { readonly home: string; readonly cluster: string; readonly account: Account | null };

const ELSEWHERE = "/var/lib/latchkey";

/** Makes the data folder, open to nobody else (but for passing through, when PostgreSQL runs as another user than we). */
export function makeDataFolder(dataFolder: string): void {
  try {
    if (!existsSync(dataFolder)) {
      // Node never returns from making folders in a parent that refuses them with "no such file", as /proc does.
      mkdirSync(dataFolder, { recursive: !existsSync(dirname(dataFolder)) });
      chmodSync(dataFolder, process.getuid?.() === 0 ? 0o711 : 0o700);
    }
    accessSync(dataFolder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (thrown) {
    throw new StartFailure(
      `The data folder ${dataFolder} cannot be written (${messageOf(thrown)}): give this user the right to, or set LATCHKEY_DATA_DIR to another folder.`,
    );
  }
}

/**
 * The place of the embedded database of a data folder: `postgres` in it, or, where the user that runs PostgreSQL cannot
 * get there (a clone under /root), a folder under /var/lib to which `postgres` then is a link.
 */
export function placeIn(dataFolder: string): Place {
  makeDataFolder(dataFolder);
  const entry = join(dataFolder, "postgres");
  const account = databaseAccount();
  if (existsSync(join(entry, "cluster"))) return existing(realpathSync(entry), account);
  if (!account || reachable(dataFolder, account)) {
    const home = join(realpathSync(dataFolder), "postgres");
    return { home, cluster: join(home, "cluster"), account };
  }
  const home = linkElsewhere(entry);
  return { home, cluster: join(home, "cluster"), account };
}

function linkElsewhere(entry: string): string {
  try {
    mkdirSync(ELSEWHERE, { recursive: true, mode: 0o711 });
    symlinkSync(join(ELSEWHERE, randomBytes(6).toString("hex")), entry);
  } catch (thrown) {
    if (codeOf(thrown) !== "EEXIST") {
      throw new StartFailure(
        `PostgreSQL refuses to run as root and cannot get to ${entry} as another user (${messageOf(thrown)}): set LATCHKEY_DATA_DIR to a folder that every user may pass through, or DATABASE_URL to a PostgreSQL of your own.`,
      );
    }
  }
  return readlinkSync(entry); // also when another start has just made it
}

function existing(home: string, account: Account | null): Place {
  const cluster = join(home, "cluster");
  const { uid, gid } = statSync(cluster);
  if (!account && uid !== process.getuid?.() && process.platform !== "win32") {
    throw new StartFailure(
      `The database in ${home} belongs to another user of this machine: start Latchkey as the one who made it, or set LATCHKEY_DATA_DIR to another folder.`,
    );
  }
  const made = readFileSync(join(cluster, "PG_VERSION"), "utf8").trim();
  if (made !== "18") {
    throw new StartFailure(
      `The database in ${home} was made by PostgreSQL ${made} and this version brings 18: dump it with the version of Latchkey that made it, move the folder away and load the dump.`,
    );
  }
  return { home, cluster, account: account && { uid, gid } };
}
