import { dirname } from "node:path";
import { Client } from "pg";
import { codeOf, StartFailure } from "#server/start-failure";
import { waitFor } from "#server/wait";
import { runnableBinaries } from "./binaries";
import { createCluster, readPasswords } from "./create";
import { type Place, placeIn } from "./place";
import { readPostmaster } from "./postmaster";
import { ensureRoles } from "./roles";
import { startServer, stopServer } from "./run";
import { type Urls, urlsOf } from "./urls";

/** Advisory locks in the cluster's `postgres` database: everybody who uses the server shares the first, one supervisor holds the second. */
const IN_USE = 7_200_001;
const SUPERVISED = 7_200_002;

export type EmbeddedDatabase = Urls & {
  /** Where it lives. */
  readonly home: string;
  /** Resolves when the server went away under us. */
  readonly lost: Promise<void>;
  /** Stops using it; the last user ends the server. */
  readonly close: () => Promise<void>;
};

type Options = {
  /** Refuse a data folder that another supervisor uses. */
  readonly supervisor?: boolean;
  /** PostgreSQL's own, `name=value`. */
  readonly settings?: readonly string[];
  /** What else stands in the server's environment. */
  readonly environment?: Readonly<Record<string, string>>;
};

/**
 * Opens the embedded database of a data folder: makes it, starts it, or takes over the one that still runs. Any number
 * of processes may do so at once. Throws a StartFailure when that is not possible.
 */
export async function openEmbedded(dataFolder: string, options: Options = {}): Promise<EmbeddedDatabase> {
  const place = placeIn(dataFolder);
  const binaries = runnableBinaries(place.account, dirname(place.home));
  await createCluster(place, binaries, !options.settings?.includes("fsync=off"));
  const passwords = readPasswords(place);
  const opened = await waitFor(async () => {
    const { port } = await startServer(place, binaries, options);
    const urls = urlsOf(passwords, port);
    const keeper = await keep(place, urls.adminUrl);
    return keeper && { keeper, urls };
  }, 60_000);
  if (!opened)
    throw new StartFailure(`The embedded PostgreSQL in ${place.home} is being stopped by somebody again and again.`);
  const { keeper, urls } = opened;
  if (options.supervisor && !(await locked(keeper, "pg_try_advisory_lock", SUPERVISED))) {
    await keeper.end();
    throw new StartFailure(
      `The data folder ${dataFolder} is in use by another Latchkey that runs here: stop that one, or set LATCHKEY_DATA_DIR (and the ports) to others.`,
    );
  }
  await ensureRoles(keeper, passwords);
  return {
    ...urls,
    home: place.home,
    lost: new Promise((resolve) => keeper.once("end", () => resolve())),
    close: () => close(place, keeper),
  };
}

/** A connection that says *in use* as long as it lives; nothing when the server is about to end. */
async function keep(place: Place, adminUrl: string): Promise<Client | undefined> {
  const client = new Client({
    connectionString: adminUrl,
    application_name: "latchkey-keeper",
    connectionTimeoutMillis: 5_000,
  });
  client.on("error", () => undefined); // the end of the connection is what counts, see `lost`
  try {
    await client.connect();
    if (
      (await locked(client, "pg_try_advisory_lock_shared", IN_USE)) &&
      readPostmaster(place.cluster)?.status === "ready"
    ) {
      return client;
    }
  } catch (thrown) {
    if (codeOf(thrown) === "28P01") {
      throw new StartFailure(
        `The passwords in ${place.home}/access.json are not those of the database beside it: restore that file.`,
      );
    }
  }
  await client.end().catch(() => undefined);
  return undefined;
}

async function locked(client: Client, lock: string, key: number): Promise<boolean> {
  const { rows } = await client.query<{ got: boolean }>(`SELECT ${lock}($1) AS got`, [key]);
  return rows[0]?.got === true;
}

async function close(place: Place, keeper: Client): Promise<void> {
  try {
    await keeper.query("SELECT pg_advisory_unlock_shared($1)", [IN_USE]);
    if (await locked(keeper, "pg_try_advisory_lock", IN_USE)) await stopServer(place);
    await keeper.end();
  } catch {
    await stopServer(place); // nobody can be using a server that does not answer
  }
}
