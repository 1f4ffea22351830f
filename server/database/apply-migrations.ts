import { atTheEdge } from "#server/edge";
import { announce, bringUpToDate, configured, nothing } from "#server/installation";
import { openDatabase } from "./open";

/** `npm run db:migrate`: brings the database to today's schema, and says so. */
async function migrateOnly(): Promise<void> {
  const database = await openDatabase(configured(), false);
  try {
    announce(database);
    const { applied } = await bringUpToDate(database, (line) => process.stdout.write(`${line}\n`), nothing);
    if (applied.length === 0) process.stdout.write("The database has today's schema already.\n");
  } finally {
    await database.close();
  }
}

await atTheEdge(migrateOnly);
