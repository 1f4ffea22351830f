import type { SessionViewer } from "#lib/access/viewer";
import { recordEvents } from "#lib/audit/record";
import type { Database } from "#lib/db/client";
import { keyRing } from "#lib/keys/ring";

const AT_ONCE = 2_000;

/** Lets the audit log tell so many things more, each chained to the one before as every event is. */
export async function lengthenLog(db: Database, who: SessionViewer, count: number): Promise<void> {
  const now = Date.now();
  const { active } = await keyRing(db, "audit", now);
  const detail = { before: null, after: { through: "1", broken: null } };
  const event = { action: "log.checked", subject: { id: null, name: "audit log" }, detail } as const;
  for (let made = 0; made < count; made += AT_ONCE) {
    const some = Array.from({ length: Math.min(AT_ONCE, count - made) }, () => event);
    await db.$transaction((tx) => recordEvents(tx, active, who, now, some), { timeout: 60_000 });
  }
}
