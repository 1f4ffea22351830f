import { Client } from "pg";
import { operator, system } from "#lib/auth/actors";
import { execute } from "#lib/commands/execute";
import { type Database, openDatabase, Prisma } from "#lib/db/client";
import { JournalFiles } from "#lib/journal/files";
import { JournalKeeper } from "#lib/journal/keeper";
import { ensureInstallation } from "#lib/settings/installation";
import { revokeToken } from "#lib/tokens/commands/revoke";
import { migrate } from "#server/database/migrate-and-grant";
import { ROLES } from "#server/postgres/roles";
import { DatabaseProxy } from "#test/database-proxy";
import { type Database as Server, startDatabase } from "#test/outside-database";
import { askPlane, GATEWAY_SECRET } from "#test/plane";
import { type Issued, seedApplication, seedGateway, seedToken } from "#test/seeded";
import { waitUntil } from "#test/upstreams/wait-until";
import { buildVerifier, type VerifierProcess, type VerifierProgram } from "#test/verifier-program";
import type { JumpingClock } from "./clock";
import { type Answer, Oracle } from "./oracle";

export const URL = "http://localhost:3000";
export const BOUND_MS = 3_000;
const PAUSE_MS = 20;
/** A verifier promises an answer within 150 ms; whoever asks a stopped one gives up. */
const PATIENCE_MS = 2_000;

/** A verifier with a wire of its own to the database. */
export type Post = {
  readonly name: string;
  readonly wire: DatabaseProxy;
  readonly clock?: JumpingClock | undefined;
  process: VerifierProcess;
};

/** PostgreSQL, the commands of the portal in this process, and verifiers: what faults are made in. */
export class FaultHouse {
  readonly server: Server;
  readonly db: Database;
  /** Between the commands of this process and the database. */
  readonly wire: DatabaseProxy;
  readonly program: VerifierProgram;
  readonly posts: Post[] = [];
  #owner = "";

  private constructor(server: Server, wire: DatabaseProxy, program: VerifierProgram) {
    Object.assign(process.env, server.env, { DATABASE_URL: wire.url, LATCHKEY_URL: URL });
    this.server = server;
    this.wire = wire;
    this.program = program;
    this.db = openDatabase(wire.url);
  }

  static async open(): Promise<FaultHouse> {
    const [server, program] = await Promise.all([startDatabase(), buildVerifier()]);
    const wire = await DatabaseProxy.open(server.env.DATABASE_URL ?? "");
    const house = new FaultHouse(server, wire, program);
    const nothing = async () => undefined;
    await migrate(server.env.DATABASE_OWNER_URL ?? "", ROLES, () => undefined, nothing);
    await ensureInstallation(house.db, system("start"), Date.now());
    // The stories ask for what has ended hundreds of times, from one address.
    await house.db.settings.updateMany({ data: { failureRate: Prisma.DbNull } });
    const jira = await seedApplication(house.db, "jira");
    await seedGateway(house.db, "gw1", GATEWAY_SECRET, [jira]);
    const groups = await house.db.group.findMany({ where: { name: "api-users" } });
    const { id } = await house.db.user.create({
      data: {
        ...{ username: "maria", usernameKey: "maria", displayName: "Maria" },
        memberships: { create: groups.map((group) => ({ groupId: group.id, addedBy: "test" })) },
      },
    });
    house.#owner = id;
    for (const name of ["gw-1", "gw-2"]) await house.addPost(name);
    return house;
  }

  async addPost(name: string, logTo?: string, clock?: JumpingClock): Promise<Post> {
    const wire = await DatabaseProxy.open(this.server.env.DATABASE_VERIFIER_URL ?? "");
    const post = { name, wire, clock, process: await this.#start({ name, wire, clock }, logTo) };
    this.posts.push(post);
    return post;
  }

  /** Begins a verifier anew, in the place of one that has ended. */
  async restart(post: Post): Promise<void> {
    post.process = await this.#start(post);
  }

  #start({ name, wire, clock }: Omit<Post, "process">, logTo?: string): Promise<VerifierProcess> {
    const env = {
      ...clock?.env,
      DATABASE_VERIFIER_URL: wire.url,
      CONFIRMATION_BOUND_SECONDS: String(BOUND_MS / 1_000),
    };
    return this.program.start(name, env, logTo);
  }

  journals = (dataFolder: string): JournalFiles =>
    new JournalFiles({ dataFolder, secrets: [this.server.env.LATCHKEY_SECRET ?? ""] }, "portal");

  /** A portal's journal of ends in this folder, for this address; it looks when it is told to. */
  journal(folder: string, url = URL): JournalKeeper {
    return new JournalKeeper({
      ...{ db: this.db, url, now: Date.now, by: system("journal"), files: this.journals(folder) },
      onQuarantine: () => undefined,
      onDamage: () => undefined,
      onRound: (error) => {
        if (error !== null) throw error;
      },
    });
  }

  token = (): Promise<Issued> => seedToken(this.db, this.#owner);

  async asAdmin(...statements: readonly string[]): Promise<void> {
    const client = new Client({ connectionString: this.server.adminUrl });
    await client.connect();
    for (const statement of statements) await client.query(statement);
    await client.end();
  }

  async close(): Promise<void> {
    await this.program.close();
    await this.db.$disconnect();
    for (const { wire } of this.posts) await wire.close();
    await this.wire.close();
    await this.server.discard();
  }
}

/** One story: two tokens that work, asked about all the time at every verifier, until everything is well again. */
export class Story {
  readonly kept: Issued;
  readonly victim: Issued;
  readonly oracle = new Oracle();
  readonly #house: FaultHouse;
  readonly #answers: Answer[] = [];
  readonly #probes: Promise<void>[] = [];
  #isOver = false;

  private constructor(house: FaultHouse, kept: Issued, victim: Issued) {
    this.#house = house;
    this.kept = kept;
    this.victim = victim;
  }

  static async begin(house: FaultHouse): Promise<Story> {
    const story = new Story(house, await house.token(), await house.token());
    await story.all(200);
    for (const post of house.posts) {
      for (const token of [story.kept, story.victim]) story.#probes.push(story.#probe(post, token));
    }
    return story;
  }

  async says(post: Post, token: Issued, status: number): Promise<void> {
    await waitUntil(
      `${post.name} says ${status}`,
      async () => ((await ask(post, token)) === status ? true : undefined),
      30_000,
    );
  }

  /** Lets something go wrong for as long as `during` takes. */
  async trouble(during: () => Promise<void>, { at = null, silent = false }: At = {}): Promise<void> {
    const from = Date.now();
    // Known from its beginning, whatever comes of it.
    const until = Number.POSITIVE_INFINITY;
    const trouble = { verifier: at?.name ?? null, from, until, silent };
    this.oracle.trouble(trouble);
    await during();
    Object.assign(trouble, { until: Date.now() });
  }

  /** Revokes the victim. Whoever is not told, because the database went away, asks again until they are. */
  async revoke(): Promise<void> {
    const requestedAt = Date.now();
    const unknown = { toldAt: Number.POSITIVE_INFINITY, acknowledged: [], effectiveBy: Number.POSITIVE_INFINITY };
    this.oracle.ended(this.victim.id, { requestedAt, ...unknown });
    const { enforcement, repeated } = await this.#revoked();
    const toldAt = Date.now();
    const by = enforcement === null || repeated ? toldAt + BOUND_MS : Date.parse(enforcement.effectiveBy);
    const acknowledged = enforcement?.acknowledged ?? [];
    this.oracle.ended(this.victim.id, { requestedAt, toldAt, acknowledged, effectiveBy: by });
  }

  async #revoked() {
    return waitUntil(
      "somebody is told that it is revoked",
      async () => {
        const done = await execute(this.#house.db, revokeToken, operator(), { id: this.victim.id }, Date.now()).catch(
          () => undefined,
        );
        if (done?.ok === false) throw new Error(done.refusal.detail);
        return done?.value;
      },
      40_000,
    );
  }

  /** Every verifier says so, about both tokens. */
  async all(status: number): Promise<void> {
    for (const post of this.#house.posts) {
      for (const token of [this.kept, this.victim]) await this.says(post, token, status);
    }
  }

  /** Every verifier has stopped by itself, also for a token that nobody has ended. */
  async stopped(): Promise<void> {
    for (const post of this.#house.posts) await this.says(post, this.kept, 503);
  }

  /** Waits until all is as it should be, without restarting anything. @returns what was wrong on the way */
  async end(): Promise<string[]> {
    for (const post of this.#house.posts) {
      await this.says(post, this.kept, 200);
      await this.says(post, this.victim, 401);
    }
    this.#isOver = true;
    await Promise.all(this.#probes);
    if (this.#answers.length < 20) throw new Error("Hardly anything was asked");
    return this.oracle.judge(this.#answers);
  }

  async #probe(post: Post, token: Issued): Promise<void> {
    while (!this.#isOver) {
      const sentAt = Date.now();
      const status = await ask(post, token);
      this.#answers.push({ verifier: post.name, token: token.id, sentAt, answeredAt: Date.now(), status });
      await waitUntil("the next question", () => Date.now() - sentAt >= PAUSE_MS || undefined);
    }
  }
}

type At = { readonly at?: Post | null; readonly silent?: boolean };

/** @returns the status, 0 where there was no answer */
async function ask({ process: { port } }: Post, { secret }: Issued): Promise<number> {
  const late = new Promise<number>((resolve) => {
    AbortSignal.timeout(PATIENCE_MS).addEventListener("abort", () => resolve(0));
  });
  const asked = askPlane(port, { Authorization: `Bearer ${secret}` }).then(
    ({ status }) => status,
    () => 0,
  );
  return Promise.race([asked, late]);
}
