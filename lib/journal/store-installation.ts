import type { Transaction } from "#lib/db/client";
import { ok, type Result, refuse } from "#lib/errors/error";
import { CAUSES, type Cause } from "./standing";

/** What a quarantine is about. `cause` is said only while there is one; what cannot be read is the one that asks more. */
export type Bound = {
  readonly installationId: string;
  readonly boundUrl: string;
  readonly quarantinedAt: Date | null;
  readonly cause: Cause;
};

const SELECT = { installationId: true, boundUrl: true, quarantinedAt: true, quarantineWhy: true } as const;

/** Why the installation is in quarantine, as it is stored. */
export const causeOf = (stored: string | null): Cause => CAUSES.find((each) => each === stored) ?? "behind";

/** Locks the installation against another quarantine, or another end of it. */
export async function lockInstallation(tx: Transaction): Promise<Result<Bound>> {
  await tx.$executeRaw`SELECT id FROM settings WHERE id = 1 FOR NO KEY UPDATE`;
  const row = await tx.settings.findUnique({ where: { id: 1 }, select: SELECT });
  if (row === null) return refuse("not_found", "There is no installation yet.");
  const { quarantineWhy, ...rest } = row;
  return ok({ ...rest, cause: causeOf(quarantineWhy) });
}

/** The name of this history. */
export async function epochOf(tx: Transaction): Promise<string> {
  const { epoch } = await tx.changeHead.findFirstOrThrow({ select: { epoch: true } });
  return epoch;
}

/**
 * Gives this history a name of its own: journals and verifiers begin anew with it. It goes on from the one before, and
 * from those that verifiers say they know.
 * @param insteadOf another that it goes on from; null for none
 */
export async function beginEpoch(tx: Transaction, insteadOf: string | null): Promise<void> {
  await tx.$queryRaw`SELECT latchkey_begin_epoch(${insteadOf}::uuid)::text`;
}
