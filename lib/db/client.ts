import { env } from "#lib/env";
import { CountingPg } from "./away";
import { Prisma, PrismaClient } from "./generated/client";
import { endsWhenGivenUp } from "./given-up";

/** Digests and hashes never leave the database unless a query asks for them by name. */
const omit = {
  token: { digest: true },
  tokenClaim: { digest: true },
  gateway: { secretDigest: true, previousSecretDigest: true },
  passwordCredential: { hash: true },
  secondFactor: { sealed: true },
  recoveryCode: { digest: true },
  setup: { codeDigest: true },
} as const;

/**
 * Opens the database with the portal's limits: nobody waits long for a lock, and nobody holds one while idle,
 * so that the change head stays free (a transaction of ours is a handful of statements).
 * @param url connection string of the portal's role
 * @param maxConnections size of the pool
 * @param patience by how many times longer a transaction may take: a start has nobody who waits for its locks, and
 *   shares a busy machine with its own build
 */
export function openDatabase(url: string, maxConnections = 10, patience = 1) {
  const adapter = new CountingPg({
    connectionString: url,
    max: maxConnections,
    application_name: "latchkey-portal", // for whoever looks at the database's connections; the command line's too
    connectionTimeoutMillis: 2_000,
    query_timeout: 10_000,
    onConnect: endsWhenGivenUp,
    lock_timeout: 1_000,
    idle_in_transaction_session_timeout: 2_000 * patience,
    // Lists are walked along indexes, and no disk of today seeks as long as PostgreSQL assumes: left alone, it would
    // rather read a million tokens than look thirty thousand up.
    options: "-c random_page_cost=1.1",
  });
  return new PrismaClient({
    adapter,
    omit,
    transactionOptions: { maxWait: 2_000 * patience, timeout: 5_000 * patience },
  });
}

export type Database = ReturnType<typeof openDatabase>;

/** What commands write through. */
export type Transaction = Omit<Database, "$connect" | "$disconnect" | "$on" | "$use" | "$extends" | "$transaction">;

export { Prisma };

// The server's bundle and Next's each load this module once: one pool for the process.
const holder = globalThis as typeof globalThis & { latchkeyDatabase?: Database };

/** The process's one connection pool, opened at first use from `DATABASE_URL`. */
export function database(): Database {
  holder.latchkeyDatabase ??= openDatabase(env().databaseUrl);
  return holder.latchkeyDatabase;
}
