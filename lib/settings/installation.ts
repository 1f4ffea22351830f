import { system } from "#lib/auth/actors";
import { execute } from "#lib/commands/execute";
import type { Database } from "#lib/db/client";
import { ensureKey } from "#lib/keys/ensure";
import { createInstallation } from "./commands/create-installation";
import { newSetupCode, SETUP_CODE_MS, setupCodeDigest } from "./setup-code";

/**
 * Makes a fresh database an installation: keys, settings, the built-in application, the first groups, tiers and
 * delegations. Does nothing where that has been done. Called at every start, after the migrations.
 * @param now epoch milliseconds
 * @throws when LATCHKEY_SECRET does not open the keys that are there
 */
export async function ensureInstallation(db: Database, now: number): Promise<void> {
  await ensureKey(db, "audit", now);
  await ensureKey(db, "session", now);
  const done = await execute(db, createInstallation, system("start"), {}, now);
  if (!done.ok) throw new Error(done.refusal.detail);
}

/** Whether somebody can administer: an active person in a group that is mapped to the role admin. */
export async function adminExists(db: Database): Promise<boolean> {
  const membership = await db.membership.findFirst({
    where: { group: { role: { role: "admin" } }, user: { kind: "person", deactivatedAt: null } },
    select: { userId: true },
  });
  return membership !== null;
}

/**
 * Opens the one-time set-up for an hour, replacing an earlier code.
 * @returns the code for the link, or null once there has been an admin: then never again
 */
export async function openSetup(db: Database, now: number): Promise<string | null> {
  if (await adminExists(db)) return null;
  const code = newSetupCode();
  const opened = await db.setup.updateMany({
    where: { id: 1, completedAt: null },
    data: { codeDigest: new Uint8Array(setupCodeDigest(code)), codeExpiresAt: new Date(now + SETUP_CODE_MS) },
  });
  return opened.count === 1 ? code : null;
}
