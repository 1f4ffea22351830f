import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type EmbeddedDatabase, openEmbedded } from "#server/postgres/embedded";
import { readPostmaster } from "#server/postgres/postmaster";
import { startTcpProxy, type TcpProxy } from "#test/upstreams/tcp-proxy";
import { makeDirectory } from "#test/upstreams/workspace";

/** A PostgreSQL outside Latchkey, as an operator has it: with one URL a role. The test can do to it what happens to databases. */
export type Database = {
  /** What Latchkey is given. */
  readonly env: Readonly<Record<string, string>>;
  /** Between every verifier that is given `partitioned` and the database. */
  readonly link: TcpProxy;
  readonly partitioned: Readonly<Record<string, string>>;
  /** Every process of the server stands still, its sockets stay open. */
  hang(): void;
  wake(): void;
  stop(): Promise<void>;
  start(): Promise<void>;
  discard(): Promise<void>;
};

export async function startDatabase(): Promise<Database> {
  const directory = makeDirectory("database");
  const settings = ["fsync=off"];
  let database: EmbeddedDatabase = await openEmbedded(directory.path, { settings });
  const port = Number(new URL(database.adminUrl).port);
  const link = await startTcpProxy(port);
  const through = (url: string) => url.replace(`:${port}/`, `:${link.port}/`);
  const cluster = join(database.home, "cluster");
  const all = (name: NodeJS.Signals) => {
    for (const pid of family(readPostmaster(cluster)?.pid ?? 0)) process.kill(pid, name);
  };
  return {
    env: {
      DATABASE_URL: database.portalUrl,
      DATABASE_OWNER_URL: database.ownerUrl,
      DATABASE_VERIFIER_URL: database.verifierUrl,
      LATCHKEY_SECRET: "a secret for this installation only, 0123456789abcdef",
    },
    link,
    partitioned: { DATABASE_VERIFIER_URL: through(database.verifierUrl), DATABASE_URL: through(database.portalUrl) },
    hang: () => all("SIGSTOP"),
    wake: () => all("SIGCONT"),
    stop: () => database.close(),
    async start() {
      database = await openEmbedded(directory.path, { settings: [...settings, `port=${port}`] });
    },
    async discard() {
      all("SIGCONT");
      await link.stop();
      await database.close();
      directory.remove();
    },
  };
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
