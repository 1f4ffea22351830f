import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Client } from "pg";
import { type EmbeddedDatabase, openEmbedded } from "#server/postgres/embedded";
import { readPostmaster } from "#server/postgres/postmaster";
import { DATABASE, ROLES } from "#server/postgres/roles";
import { startTcpProxy, type TcpProxy } from "./upstreams/tcp-proxy";
import { makeDirectory } from "./upstreams/workspace";

/** A PostgreSQL outside Latchkey, as an operator has it: with one URL a role. The test can do to it what happens to databases. */
export type Database = {
  /** What Latchkey is given. */
  readonly env: Readonly<Record<string, string>>;
  /** A superuser. */
  readonly adminUrl: string;
  /** Between every verifier that is given `partitioned` and the database. */
  readonly link: TcpProxy;
  readonly partitioned: Readonly<Record<string, string>>;
  /** The process that listens, of which all others are children; null while there is none. */
  pid(): number | null;
  /** Every process of the server stands still, its sockets stay open. */
  hang(): void;
  wake(): void;
  /** Ends at once, as by the kernel; `start` brings it back. */
  kill(): void;
  stop(): Promise<void>;
  start(): Promise<void>;
  /** Takes a backup beside the database. Everybody loses their connection, and gets another one. */
  backUp(): Promise<void>;
  /** What a Latchkey is given that is to run on the backup, as it lies beside the database. */
  readonly backupEnv: Readonly<Record<string, string>>;
  /** Puts the backup in the database's place. */
  restore(): Promise<void>;
  discard(): Promise<void>;
};

/** @param environment of the server, beside its own */
export async function startDatabase(environment: Readonly<Record<string, string>> = {}): Promise<Database> {
  const directory = makeDirectory("database");
  const settings = ["fsync=off"];
  let database: EmbeddedDatabase = await openEmbedded(directory.path, { settings, environment });
  const port = Number(new URL(database.adminUrl).port);
  const link = await startTcpProxy(port);
  const through = (url: string) => url.replace(`:${port}/`, `:${link.port}/`);
  const cluster = join(database.home, "cluster");
  const all = (name: NodeJS.Signals) => {
    const server = readPostmaster(cluster);
    if (server) for (const pid of family(server.pid)) signal(pid, name);
  };
  const envOf = (name: string) => ({
    DATABASE_URL: inside(database.portalUrl, name),
    DATABASE_OWNER_URL: inside(database.ownerUrl, name),
    DATABASE_VERIFIER_URL: inside(database.verifierUrl, name),
    DATABASE_RETENTION_URL: inside(database.retentionUrl, name),
    LATCHKEY_SECRET: "a secret for this installation only, 0123456789abcdef",
  });
  return {
    env: envOf(DATABASE),
    backupEnv: envOf("backup"),
    adminUrl: database.adminUrl,
    link,
    partitioned: { DATABASE_VERIFIER_URL: through(database.verifierUrl), DATABASE_URL: through(database.portalUrl) },
    pid: () => readPostmaster(cluster)?.pid ?? null,
    hang: () => all("SIGSTOP"),
    wake: () => all("SIGCONT"),
    kill: () => all("SIGKILL"),
    stop: () => database.close(),
    async start() {
      database = await openEmbedded(directory.path, { settings: [...settings, `port=${port}`], environment });
    },
    backUp: () => withNobodyIn(database.adminUrl, [`CREATE DATABASE backup TEMPLATE ${DATABASE} OWNER ${ROLES.owner}`]),
    restore: () =>
      withNobodyIn(database.adminUrl, [`DROP DATABASE ${DATABASE}`, `ALTER DATABASE backup RENAME TO ${DATABASE}`]),
    async discard() {
      all("SIGCONT");
      await link.stop();
      await database.close();
      directory.remove();
    },
  };
}

/** The same in another database of the server. */
function inside(url: string, name: string): string {
  const to = new URL(url);
  to.pathname = `/${name}`;
  return to.href;
}

/** Runs statements while nobody is connected to Latchkey's database, which PostgreSQL wants for such things. */
async function withNobodyIn(adminUrl: string, statements: readonly string[]): Promise<void> {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  await client.query(`ALTER DATABASE ${DATABASE} ALLOW_CONNECTIONS false`);
  await client.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${DATABASE}'`);
  for (const statement of statements) await client.query(statement);
  await client.query(`ALTER DATABASE ${DATABASE} ALLOW_CONNECTIONS true`);
  await client.end();
}

/** Sends a signal to a process that may just have ended. */
function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (thrown) {
    if (!(thrown instanceof Error && "code" in thrown && thrown.code === "ESRCH")) throw thrown;
  }
}

/** A process and its children (proc(5): the fourth field of stat is the parent). */
function family(pid: number): number[] {
  const children = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((each) => parentOf(each) === pid);
  return [pid, ...children];
}

function parentOf(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
  } catch {
    return -1; // it has just ended
  }
}
