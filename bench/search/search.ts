import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Database, openDatabase } from "#lib/db/client";
import { type EmbeddedDatabase, openEmbedded } from "#server/postgres/embedded";
import { readPostmaster } from "#server/postgres/postmaster";
import { report, say } from "../report";
import type { Row } from "../table";
import {
  administrator,
  measureAllBroken,
  measureAudit,
  measureBreaches,
  measureBulk,
  measureExport,
  measureFind,
  measurePeople,
} from "./others";
import { seedCrowd } from "./seed";
import { watch } from "./timed";
import { measureTokens } from "./tokens";

const CROWD = {
  users: Number(process.env.BENCH_USERS ?? 100_000),
  tokens: Number(process.env.BENCH_TOKENS ?? 1_000_000),
  groups: 400,
};
const EVENTS = Number(process.env.BENCH_EVENTS ?? 2_000_000);
const SETTINGS = ["shared_buffers=256MB", "max_wal_size=4GB"];

/** Opens the crowd of BENCH_FOLDER, which stays; without it one is made, and goes with the run. */
async function opened(): Promise<{ readonly database: EmbeddedDatabase; readonly close: () => Promise<void> }> {
  const given = process.env.BENCH_FOLDER;
  const folder = given ?? mkdtempSync(join(tmpdir(), "latchkey-bench-"));
  if (!existsSync(folder)) mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o711);
  const database = await openEmbedded(join(folder, "postgres"), { settings: SETTINGS });
  process.env.DATABASE_URL = database.portalUrl;
  process.env.LATCHKEY_SECRET = "a secret for this measurement only, 0123456789abcdef";
  process.env.LATCHKEY_URL ??= "http://localhost:3000";
  const close = async () => {
    await database.close();
    if (given === undefined) rmSync(folder, { recursive: true, force: true });
  };
  return { database, close };
}

/** When the crowd was made: what it has is as old as that says. Null where there is none. */
async function seededAt(url: string): Promise<number | null> {
  const db = openDatabase(url, 1);
  try {
    const last = await db.auditEvent.findFirst({ where: { kid: "seed" }, orderBy: { seq: "desc" } });
    return last?.at.getTime() ?? null;
  } catch {
    return null; // no table yet
  } finally {
    await db.$disconnect();
  }
}

async function ensured(database: EmbeddedDatabase): Promise<number> {
  const there = await seededAt(database.portalUrl);
  if (there !== null) return there;
  const at = Date.now();
  say(`Seeding ${CROWD.users} users, ${CROWD.tokens} tokens, ${EVENTS} events`);
  await seedCrowd(database, CROWD, EVENTS, at);
  say(`Seeded in ${Math.round((Date.now() - at) / 1_000)} s`);
  return at;
}

/** Makes the crowd in BENCH_FOLDER, for further runs. */
export async function seedOnly(): Promise<void> {
  if (!process.env.BENCH_FOLDER) throw new Error("Set BENCH_FOLDER to where the crowd is to stay.");
  const { database, close } = await opened();
  try {
    await ensured(database);
  } finally {
    await close();
  }
}

/** What the bars say about lists and searches, among all that was seeded, measured in the portal's own queries. */
export async function measureSearch(): Promise<void> {
  const { database, close } = await opened();
  try {
    await ensured(database);
    watch(readPostmaster(join(database.home, "cluster"))?.pid ?? 0);
    const db = openDatabase(database.portalUrl);
    try {
      await measureAll(db);
    } finally {
      await db.$disconnect();
    }
  } finally {
    await close();
  }
}

async function measureAll(db: Database): Promise<void> {
  const now = Date.now();
  const viewer = await administrator(db, now);
  if (process.env.BENCH_ONLY !== undefined) {
    const { rows: some, cells: each } = await measureTokens(db, viewer, now, say);
    return report("search", { ...CROWD, events: EVENTS, rows: some, cells: each });
  }
  const rows: Row[] = [await measureBreaches(db, now)];
  const { rows: found, cells } = await measureTokens(db, viewer, now, say);
  rows.push(...found, ...(await measureAudit(viewer, EVENTS, now)), await measurePeople(viewer));
  rows.push(...(await measureAllBroken(db, viewer, now)));
  rows.push(await measureFind(db, viewer, now), await measureExport(viewer), await measureBulk(db, viewer));
  report("search", { ...CROWD, events: EVENTS, rows, cells });
}
