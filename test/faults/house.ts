import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { system } from "#lib/auth/actors";
import { type Database, openDatabase, Prisma } from "#lib/db/client";
import { JournalFiles } from "#lib/journal/files";
import { JournalKeeper } from "#lib/journal/keeper";
import type { Enforcement } from "#lib/propagation/enforcement";
import { ensureInstallation } from "#lib/settings/installation";
import { migrate } from "#server/database/migrate-and-grant";
import { ROLES } from "#server/postgres/roles";
import { DatabaseProxy } from "#test/database-proxy";
import { type Database as Server, startDatabase } from "#test/outside-database";
import { GATEWAY_SECRET } from "#test/plane";
import { type Issued, seedApplication, seedGateway, seedPerson, seedToken } from "#test/seeded";
import { buildVerifier, type VerifierProcess, type VerifierProgram } from "#test/verifier-program";
import type { JumpingClock } from "./clock";
import type { Trouble } from "./oracle";
import { childrenOf, type Parties } from "./processors";

export const URL = "http://localhost:3000";
export const BOUND_MS = 3_000;

/** A verifier with a wire of its own to the database. */
export type Post = {
  readonly name: string;
  readonly wire: DatabaseProxy;
  readonly clock?: JumpingClock | undefined;
  /** The file that its log goes to. */
  readonly logTo: string;
  readonly program: VerifierProgram;
  /** Who asks it. */
  readonly by: "nginx" | "envoy";
  /** What else it is told. */
  readonly env: Readonly<Record<string, string>>;
  process: VerifierProcess;
};

type Told = {
  /** The file that its log goes to; left out: one that can be read and written. */
  readonly logTo?: string;
  readonly clock?: JumpingClock;
  readonly program?: VerifierProgram;
  readonly by?: "nginx" | "envoy";
  readonly env?: Readonly<Record<string, string>>;
};

/** Whether a verifier is one process, without workers. */
export const isOne = ({ env }: Post): boolean => env.VERIFIER_WORKERS === undefined;

/** Whether every process of a verifier has applied a change: one, or workers with a lease each (`NAME/1`). */
export function hasAll(enforcement: Enforcement | null, name: string): boolean {
  if (enforcement === null) return false;
  const isOfIt = (lease: string) => lease === name || lease.startsWith(`${name}/`);
  return enforcement.acknowledged.some(isOfIt) && !enforcement.outstanding.some(isOfIt);
}

/** A token, and whose it is. */
export type Owned = Issued & { readonly owner: string; readonly ownerId: string };

/** PostgreSQL, the commands of the portal in this process, and verifiers: what faults are made in. */
export class FaultHouse {
  readonly server: Server;
  readonly db: Database;
  /** Between the commands of this process and the database. */
  readonly wire: DatabaseProxy;
  readonly program: VerifierProgram;
  readonly posts: Post[] = [];
  /** Of the story before. */
  lastTrouble: Trouble | null = null;
  readonly #logs = mkdtempSync(join(tmpdir(), "latchkey-logs-"));
  #people = 0;

  private constructor(server: Server, wire: DatabaseProxy, program: VerifierProgram) {
    Object.assign(process.env, server.env, { DATABASE_URL: wire.url, LATCHKEY_URL: URL });
    this.server = server;
    this.wire = wire;
    this.program = program;
    this.db = openDatabase(wire.url);
  }

  /**
   * @param verifiers the names of those that are there from the beginning
   * @param clock the database's
   */
  static async open(verifiers: readonly string[] = ["gw-1"], clock?: JumpingClock): Promise<FaultHouse> {
    const [server, program] = await Promise.all([startDatabase(clock?.env), buildVerifier()]);
    const wire = await DatabaseProxy.open(server.env.DATABASE_URL ?? "");
    const house = new FaultHouse(server, wire, program);
    const nothing = async () => undefined;
    await migrate(server.env.DATABASE_OWNER_URL ?? "", ROLES, () => undefined, nothing);
    await ensureInstallation(house.db, system("start"), Date.now());
    // The stories ask for what has ended hundreds of times, from one address.
    await house.db.settings.updateMany({ data: { failureRate: Prisma.DbNull } });
    const jira = await seedApplication(house.db, "jira");
    await seedGateway(house.db, "gw1", GATEWAY_SECRET, [jira]);
    await seedGateway(house.db, "envoy1", GATEWAY_SECRET, [jira], { adapter: "envoy" });
    for (const name of verifiers) await house.addPost(name);
    return house;
  }

  async addPost(name: string, told: Told = {}): Promise<Post> {
    const { logTo = this.#logOf(name), clock, program = this.program, by = "nginx", env = {} } = told;
    const wire = await DatabaseProxy.open(this.server.env.DATABASE_VERIFIER_URL ?? "");
    const place = { name, wire, clock, logTo, program, by, env };
    const post = { ...place, process: await this.#start(place) };
    this.posts.push(post);
    return post;
  }

  /** Lets a verifier be no more. */
  async removePost(post: Post): Promise<void> {
    this.posts.splice(this.posts.indexOf(post), 1);
    await post.process.kill();
    await post.wire.close();
    await this.asOwner("DELETE FROM verifier_lease");
  }

  /** Begins a verifier anew, in the place of one that has ended. */
  async restart(post: Post): Promise<void> {
    post.process = await this.#start(post);
  }

  /** What the logs of the verifiers hold that can be read. */
  logs = (): string =>
    readdirSync(this.#logs)
      .map((name) => readFileSync(join(this.#logs, name), "utf8"))
      .join("\n");

  /** Who takes part in an answer now. */
  parties = (): Parties => {
    const postmaster = this.server.pid();
    return {
      verifiers: new Map(this.posts.map(({ name, process }) => [name, process.pid])),
      database: postmaster === null ? [] : [postmaster, ...childrenOf(postmaster)],
    };
  };

  #logOf(name: string): string {
    const file = join(this.#logs, name);
    writeFileSync(file, "");
    return file;
  }

  #start({ name, wire, clock, logTo, program, env: more }: Omit<Post, "process">): Promise<VerifierProcess> {
    const env = {
      ...{ ...clock?.env, LOG_LEVEL: "info", ...more },
      DATABASE_VERIFIER_URL: wire.url,
      CONFIRMATION_BOUND_SECONDS: String(BOUND_MS / 1_000),
    };
    return program.start(name, env, logTo);
  }

  journals = (dataFolder: string): JournalFiles =>
    new JournalFiles({ dataFolder, secrets: [this.server.env.LATCHKEY_SECRET ?? ""] }, "portal");

  /** A portal's journal of ends in this folder, for this address; it looks when it is told to. */
  journal(folder: string, url = URL): JournalKeeper {
    return new JournalKeeper({
      ...{ db: this.db, url, now: Date.now, by: system("journal"), files: this.journals(folder) },
      onQuarantine: () => undefined,
      onDamage: () => undefined,
      onLost: () => undefined,
      onLate: () => undefined,
      onRound: (error) => {
        if (error !== null) throw error;
      },
    });
  }

  /** Of a person of their own. @param expiresAt left out: never */
  async token(expiresAt: Date | null = null): Promise<Owned> {
    this.#people += 1;
    const owner = `maria-${this.#people}`;
    const { id } = await seedPerson(this.db, owner, ["api-users"]);
    return { ...(await seedToken(this.db, id, { expiresAt })), owner, ownerId: id };
  }

  /** As a superuser, in another database of the same server. */
  async asAdmin(...statements: readonly string[]): Promise<void> {
    await said(this.server.adminUrl, statements);
  }

  /** As the owner of all tables, on no wire. @returns what the last statement gives */
  asOwner(...statements: readonly string[]): Promise<unknown[][]> {
    return said(this.server.env.DATABASE_OWNER_URL ?? "", statements);
  }

  async close(): Promise<void> {
    await this.program.close();
    await this.db.$disconnect();
    for (const { wire } of this.posts) await wire.close();
    await this.wire.close();
    await this.server.discard();
    rmSync(this.#logs, { recursive: true, force: true });
  }
}

async function said(url: string, statements: readonly string[]): Promise<unknown[][]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    let rows: unknown[][] = [];
    for (const text of statements) rows = (await client.query<unknown[]>({ text, rowMode: "array" })).rows;
    return rows;
  } finally {
    await client.end();
  }
}
