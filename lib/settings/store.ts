import type { Database, Transaction } from "#lib/db/client";

/** Whether somebody can administer: an active person in a group that is mapped to the role admin. */
export async function adminExists(db: Database | Transaction): Promise<boolean> {
  const membership = await db.membership.findFirst({
    where: { group: { role: { role: "admin" } }, user: { kind: "person", deactivatedAt: null } },
    select: { userId: true },
  });
  return membership !== null;
}

/** Closes the set-up for ever: there is an administrator who can sign in, whoever made them. */
export async function closeSetup(tx: Transaction, now: number): Promise<void> {
  await tx.setup.updateMany({
    where: { id: 1, completedAt: null },
    data: { completedAt: new Date(now), codeDigest: null, codeExpiresAt: null },
  });
}
