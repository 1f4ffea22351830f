import type { Transaction } from "#lib/db/client";

/** Closes the set-up for ever: there is an administrator who can sign in, whoever made them. */
export async function closeSetup(tx: Transaction, now: number): Promise<void> {
  await tx.setup.updateMany({
    where: { id: 1, completedAt: null },
    data: { completedAt: new Date(now), codeDigest: null, codeExpiresAt: null },
  });
}
