import { Client } from "pg";
import { codeOf, messageOf, StartFailure } from "#server/start-failure";
import { waitFor } from "#server/wait";

const STARTING_LIMIT_MS = 30_000;

/** Why a database cannot be used, and what to do, by the code of Node's or PostgreSQL's error. */
const REMEDIES: Readonly<Record<string, string>> = {
  ECONNREFUSED: "nothing listens there: start PostgreSQL, or correct the host and port",
  ENOTFOUND: "there is no such host: correct the host",
  EAI_AGAIN: "the host cannot be looked up now: correct the host, or mend the name service",
  EHOSTUNREACH: "there is no way to that host: correct the host, or mend the network",
  ETIMEDOUT: "it does not answer: correct the host and port, or open the firewall",
  "28P01": "the password is wrong: correct user or password",
  "28000": "PostgreSQL does not admit this user from here: correct the user, or pg_hba.conf",
  "3D000": "there is no such database: create it, or correct the name",
  "42501": "the role may not do this: give it the rights, or set DATABASE_OWNER_URL to the role that owns the tables",
  "53300": "PostgreSQL has no connection left: raise max_connections, or stop something else",
};

/** Host, port and name of a connection string, without user and password. */
export function placeOf(url: string): string {
  const { host, pathname } = new URL(url);
  return `${host}${pathname}`;
}

/** A StartFailure that says why the database of this variable cannot be used. */
export function unreachable(variable: string, url: string, thrown: unknown): StartFailure {
  const remedy =
    REMEDIES[codeOf(thrown)] ?? `${messageOf(thrown)}: see that PostgreSQL runs there, and correct the URL`;
  return new StartFailure(`The database ${placeOf(url)} (${variable}) cannot be used: ${remedy}.`);
}

/**
 * Connects, waiting while PostgreSQL is just starting. Throws a StartFailure that says what to do.
 * @param variable the environment variable the URL came from, to be named in the sentence
 */
export async function connect(variable: string, url: string): Promise<Client> {
  const connected = await waitFor(() => attempt(variable, url), STARTING_LIMIT_MS, 250);
  if (connected) return connected;
  throw new StartFailure(`The database ${placeOf(url)} (${variable}) is still starting after 30 seconds: see its log.`);
}

async function attempt(variable: string, url: string): Promise<Client | undefined> {
  const client = new Client({
    connectionString: url,
    application_name: "latchkey-start",
    connectionTimeoutMillis: 5_000,
  });
  client.on("error", () => undefined); // the next query tells
  try {
    await client.connect();
    return client;
  } catch (thrown) {
    await client.end().catch(() => undefined);
    if (codeOf(thrown) === "57P03") return undefined;
    throw unreachable(variable, url, thrown);
  }
}
