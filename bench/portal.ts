import type { SessionViewer } from "#lib/access/viewer";
import { sealSession, sessionCookieName } from "#lib/auth/session-cookie";
import { type Database, openDatabase } from "#lib/db/client";
import { keyRing } from "#lib/keys/ring";
import { freePort } from "#server/free-port";
import { ourProgram } from "./command";
import type { Installed } from "./installed";
import { type Subject, startSubject, upAt } from "./subject";

/** The portal of an installation, and how one is signed in to it. */
export type Portal = {
  readonly subject: Subject;
  readonly env: Readonly<Record<string, string>>;
  readonly db: Database;
  /** The cookie with which this person's browser comes. */
  readonly cookie: (viewer: SessionViewer) => Promise<{ readonly name: string; readonly value: string }>;
  readonly stop: () => Promise<void>;
};

/** Starts the portal where there is room, as `npm start` does, and waits until it answers. */
export async function startPortal({ env: told }: Installed): Promise<Portal> {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const env = { ...told, LATCHKEY_URL: url, PORTAL_PORT: String(port), TRUSTED_PROXIES: "127.0.0.1,::1" };
  Object.assign(process.env, env); // what seals cookies here reads the same configuration
  const subject = await startSubject("portal", ourProgram("portal.mjs"), env, upAt(`${url}/sign-in`, url), "any");
  const db = openDatabase(told.DATABASE_URL ?? "", 2);
  const cookie = async ({ sessionId }: SessionViewer) => {
    const ring = await keyRing(db, "session", Date.now());
    return { name: sessionCookieName(url), value: await sealSession(ring, { sessionId }) };
  };
  const stop = async () => {
    await db.$disconnect();
    await subject.stop();
  };
  return { subject, env, db, cookie, stop };
}
