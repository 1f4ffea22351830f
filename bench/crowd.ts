import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDatabase } from "#lib/db/client";
import { type EmbeddedDatabase, openEmbedded } from "#server/postgres/embedded";
import { say } from "./report";
import { seedCrowd } from "./search/seed";

/** BENCH_USERS, BENCH_TOKENS and BENCH_EVENTS make the crowd smaller. */
export const CROWD = {
  users: Number(process.env.BENCH_USERS ?? 100_000),
  tokens: Number(process.env.BENCH_TOKENS ?? 1_000_000),
  groups: 400,
};
export const EVENTS = Number(process.env.BENCH_EVENTS ?? 2_000_000);
const SETTINGS = ["shared_buffers=256MB", "max_wal_size=4GB"];

type Opened = {
  readonly folder: string;
  readonly database: EmbeddedDatabase;
  readonly close: () => Promise<void>;
};

/** Opens the crowd of BENCH_FOLDER, which is made where there is none, and stays; without BENCH_FOLDER it goes with the run. */
export async function openCrowd(): Promise<Opened> {
  const given = process.env.BENCH_FOLDER;
  const folder = given ?? mkdtempSync(join(tmpdir(), "latchkey-bench-"));
  if (!existsSync(folder)) mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o711);
  const database = await openEmbedded(join(folder, "postgres"), { settings: SETTINGS });
  const close = async () => {
    await database.close();
    if (given === undefined) rmSync(folder, { recursive: true, force: true });
  };
  process.env.DATABASE_URL = database.portalUrl;
  process.env.LATCHKEY_SECRET = "a secret for this measurement only, 0123456789abcdef";
  process.env.LATCHKEY_URL ??= "http://localhost:3000";
  try {
    await ensure(database);
  } catch (error) {
    await close();
    throw error;
  }
  return { folder, database, close };
}

async function isSeeded(url: string): Promise<boolean> {
  const db = openDatabase(url, 1);
  try {
    return (await db.auditEvent.findFirst({ where: { kid: "seed" } })) !== null;
  } catch {
    return false; // no table yet
  } finally {
    await db.$disconnect();
  }
}

async function ensure(database: EmbeddedDatabase): Promise<void> {
  if (await isSeeded(database.portalUrl)) return;
  const at = Date.now();
  say(`Seeding ${CROWD.users} users, ${CROWD.tokens} tokens, ${EVENTS} events`);
  await seedCrowd(database, CROWD, EVENTS, at);
  say(`Seeded in ${Math.round((Date.now() - at) / 1_000)} s`);
}

/** Makes the crowd in BENCH_FOLDER, for further runs. */
export async function seedOnly(): Promise<void> {
  if (!process.env.BENCH_FOLDER) throw new Error("Set BENCH_FOLDER to where the crowd is to stay.");
  await (await openCrowd()).close();
}
