import { unknownInLimits, unknownRanges } from "#lib/commands/references";
import type { Database, Transaction } from "#lib/db/client";
import { ok, type Result, refuse } from "#lib/errors/error";
import type { Change } from "#lib/impact/change";
import type { CeilingsWished } from "./settings-schema";
import { type SettingsView, settingsView } from "./view";

/** Reads the settings as they are shown. @returns `not_found` before there is an installation */
export async function readSettingsView(db: Database | Transaction): Promise<Result<SettingsView>> {
  const row = await db.settings.findUnique({ where: { id: 1 } });
  return row === null ? refuse("not_found", "There is no installation yet.") : ok(settingsView(row));
}

/** Locks the settings against other changes of them. Tokens are made meanwhile. */
export async function lockSettings(tx: Transaction): Promise<Result<SettingsView>> {
  await tx.$executeRaw`SELECT id FROM settings WHERE id = 1 FOR NO KEY UPDATE`;
  return readSettingsView(tx);
}

/**
 * Finds the networks that the installation's own ranges name, and holds them.
 * @returns `invalid_input` naming those that do not exist
 */
export async function rangesKnown(tx: Transaction, ranges: readonly string[]): Promise<Result<void>> {
  const errors = await unknownRanges(tx, ranges, "ranges");
  return errors.length === 0 ? ok(undefined) : refuse("invalid_input", errors[0]?.message ?? "", errors);
}

/** Waits for tokens that are being made with today's prefix, and lets none be made until the transaction ends. */
export async function lockPrefixes(tx: Transaction): Promise<void> {
  await tx.$executeRaw`SELECT id FROM settings WHERE id = 1 FOR UPDATE`;
}

/**
 * Editing the ceilings as a change of the rules.
 * @returns `invalid_input` naming applications and networks that do not exist; those that do are held
 */
export async function ceilingsEdited(
  tx: Transaction,
  wished: CeilingsWished,
): Promise<Result<Extract<Change, { of: "ceilings" }>>> {
  const found = await readSettingsView(tx);
  if (!found.ok) return found;
  const before = found.value.ceiling;
  const errors = [
    ...(await unknownInLimits(tx, wished.persons ?? null, "ceiling.persons")),
    ...(await unknownInLimits(tx, wished.serviceAccounts ?? null, "ceiling.serviceAccounts")),
  ];
  if (errors.length > 0) return refuse("invalid_input", errors[0]?.message ?? "", errors);
  return ok({ of: "ceilings", before, after: { ...before, ...wished } });
}

/**
 * How many tokens that have not ended bear secrets with these prefixes: suspended ones and those of deactivated owners
 * too, since they may come back.
 * @param now epoch milliseconds
 */
export async function countByPrefix(
  db: Database | Transaction,
  prefixes: readonly string[],
  now: number,
): Promise<ReadonlyMap<string, number>> {
  if (prefixes.length === 0) return new Map();
  const at = new Date(now);
  const rows = await db.$queryRaw<{ prefix: string; tokens: number }[]>`
    SELECT split_part(hint, '_', 1) AS prefix, count(*)::int AS tokens FROM tokens
    WHERE split_part(hint, '_', 1) = ANY(${[...prefixes]}::text[]) AND revoked_at IS NULL AND denied_at IS NULL
      AND (expires_at IS NULL OR expires_at > ${at}) AND (superseded_at IS NULL OR overlap_ends_at > ${at})
    GROUP BY 1`;
  return new Map(rows.map(({ prefix, tokens }) => [prefix, tokens]));
}
