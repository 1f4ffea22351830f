import { randomBytes } from "node:crypto";
import { chmodSync, mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { openEmbedded } from "#server/postgres/embedded";
import { placeIn } from "#server/postgres/place";
import { stopServer } from "#server/postgres/run";

/** A server for the tests of one run: a superuser's URL, and how to be rid of it. */
export type TestServer = { readonly adminUrl: string; readonly close: () => Promise<void> };

const PREFIX = "latchkey-test-";

// Nothing here has to survive: no waiting for the disk.
const SETTINGS = [
  "fsync=off",
  "synchronous_commit=off",
  "full_page_writes=off",
  "max_connections=300",
  "shared_buffers=64MB",
];

/** The server of TEST_DATABASE_URL (a role that may create databases and roles), or one of our own in a folder of its own. */
export async function openTestServer(): Promise<TestServer> {
  const given = process.env.TEST_DATABASE_URL;
  if (given) return { adminUrl: given, close: async () => undefined };
  await sweep();
  const folder = mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`));
  chmodSync(folder, 0o711);
  const database = await openEmbedded(folder, { settings: SETTINGS });
  return {
    adminUrl: database.adminUrl,
    close: async () => {
      await database.close();
      discard(folder);
    },
  };
}

/** Ends and removes what runs that were killed have left. */
async function sweep(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    const pid = Number(name.match(/^latchkey-test-(\d+)-/)?.[1]);
    const folder = join(tmpdir(), `${PREFIX}${process.pid}-${randomBytes(3).toString("hex")}`);
    if (!pid || alive(pid)) continue;
    const left = join(tmpdir(), name);
    // By its place: that is how its process is known. Another run may be removing it.
    const hasEnded = await Promise.resolve()
      .then(() => stopServer(placeIn(left)))
      .then(
        () => true,
        () => false,
      );
    if (hasEnded && taken(left, folder)) discard(folder);
  }
}

/** Whether it is ours to remove: of two runs that begin at once, one may have it. */
function taken(from: string, to: string): boolean {
  try {
    renameSync(from, to);
    return true;
  } catch {
    return false;
  }
}

function discard(folder: string): void {
  rmSync(placeIn(folder).home, { recursive: true, force: true }); // it may lie elsewhere
  rmSync(folder, { recursive: true, force: true });
}

function alive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Runs statements as a superuser, one after the other, outside a transaction. */
export async function asAdmin(adminUrl: string, statements: readonly string[]): Promise<void> {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

/** A name that nobody else has, for a role or a database. */
export const uniqueName = (kind: string): string => `lk_${kind}_${randomBytes(6).toString("hex")}`;
