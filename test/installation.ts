import { randomBytes } from "node:crypto";
import type { SessionViewer } from "#lib/access/viewer";
import { sessionViewer, system } from "#lib/auth/actors";
import { readPerson } from "#lib/auth/person";
import { type Database, openDatabase } from "#lib/db/client";
import { ensureInstallation } from "#lib/settings/installation";
import { foldName } from "#lib/users/name";
import { createDatabase, type TestDatabase } from "./database";
import { seedPerson } from "./seeded";

const START_PATIENCE = 10;

export type TestInstallation = {
  readonly db: Database;
  readonly database: TestDatabase;
  /** A person, in these local groups (`admins` makes an administrator). */
  readonly person: (username: string, groups?: readonly string[]) => Promise<{ id: string; username: string }>;
  /** That person, signed in just now, with a second factor. */
  readonly viewer: (username: string) => Promise<SessionViewer>;
  readonly close: () => Promise<void>;
};

/**
 * A fresh installation in a database of its own, used as the portal's role. Sets the environment of this test file's
 * process, so call it before anything reads the configuration.
 */
export async function createInstallation(now: number = Date.now()): Promise<TestInstallation> {
  const database = await createDatabase();
  process.env.DATABASE_URL = database.portalUrl;
  process.env.LATCHKEY_SECRET ??= randomBytes(32).toString("base64");
  process.env.LATCHKEY_URL ??= "http://localhost:3000";
  // As a start does, which is patient: many of these begin at once, on a busy machine.
  const start = openDatabase(database.portalUrl, 1, START_PATIENCE);
  await ensureInstallation(start, system("start"), now);
  await start.$disconnect();
  const db = openDatabase(database.portalUrl);

  const person = (username: string, groups: readonly string[] = []) => seedPerson(db, username, groups);

  const viewer = async (username: string) => {
    const user = await db.user.findUniqueOrThrow({ where: { usernameKey: foldName(username) } });
    const row = await readPerson(db, user.id);
    if (row === null) throw new Error(`There is no ${username}`);
    const at = new Date(now);
    const session = await db.session.create({
      data: {
        userId: user.id,
        createdAt: at,
        seenAt: at,
        stepUpAt: at,
        secondFactorAt: at,
        address: "192.0.2.1",
        userAgent: "test",
      },
    });
    const { userId, displayName, role, groupIds } = row;
    const rest = { userId, username: row.username, displayName, role, groupIds, address: "192.0.2.1" };
    return sessionViewer({ kind: "session", sessionId: session.id, steppedUpAt: now, secondFactor: true, ...rest });
  };

  const close = async () => {
    await db.$disconnect();
    await database.drop();
  };
  return { db, database, person, viewer, close };
}
