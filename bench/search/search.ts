import { type Database, openDatabase } from "#lib/db/client";
import { CROWD, EVENTS, openCrowd } from "../crowd";
import { postmasterOf } from "../database";
import { administrator } from "../people";
import { report, say } from "../report";
import type { Row } from "../table";
import {
  measureAllBroken,
  measureAudit,
  measureBreaches,
  measureBulk,
  measureExport,
  measureFind,
  measurePeople,
} from "./others";
import { watch } from "./timed";
import { measureTokens } from "./tokens";

/** What the bars say about lists and searches, among all that was seeded, measured in the portal's own queries. */
export async function measureSearch(): Promise<void> {
  const { database, close } = await openCrowd();
  try {
    watch(postmasterOf(database));
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
