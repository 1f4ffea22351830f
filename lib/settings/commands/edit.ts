import { isDeepStrictEqual } from "node:util";
import { defineCommand } from "#lib/commands/command";
import { VIEWERS } from "#lib/commands/door";
import { byRole, inTurn, notStale } from "#lib/commands/rules";
import { Prisma, type Transaction } from "#lib/db/client";
import { ok, type Result, refuse } from "#lib/errors/error";
import { carryOut, foresee } from "#lib/impact/store-ahead";
import { ifFresh } from "#lib/impact/store-fresh";
import type { Ceiling } from "#lib/policies/limits";
import type { RateLimit } from "#lib/tokens/restrictions/restrictions";
import type { Prefixes } from "#lib/tokens/secret";
import { changedPrefixes, type PrefixesWished, samePrefixes } from "../prefixes";
import { editSettingsInput, MOST_RETIRED } from "../settings-schema";
import {
  ceilingsEdited,
  countByPrefix,
  lockPrefixes,
  lockSettings,
  rangesKnown,
  readSettingsView,
} from "../store-change";
import { type SettingsView, settingsView } from "../view";

const WHY = "the installation's ceiling was changed";

const stored = (document: Ceiling | RateLimit | null) => (document === null ? Prisma.DbNull : document);

const WHAT = "installation's settings";

/** Prefixes that nobody is kept from using: enough to refuse early what is refused again under the lock. */
const unheld = async () => {};

/**
 * The prefixes as they shall be.
 * @param hold keeps tokens from being made with one that is to go
 * @returns `in_use` while a token bears one that was to go, `invalid_input`
 */
async function prefixesAfter(
  tx: Transaction,
  view: SettingsView,
  wished: PrefixesWished,
  now: number,
  hold: (tx: Transaction) => Promise<void>,
): Promise<Result<Prefixes>> {
  const before = { prefix: view.tokenPrefix, retiredPrefixes: view.retiredPrefixes };
  const after = changedPrefixes(before, wished);
  if (samePrefixes(before, after) && after.unknown.length === 0) return ok(before);
  const refused = (code: "invalid_input" | "in_use", message: string) =>
    refuse(code, message, [{ path: "retiredPrefixes", message }]);
  if (after.unknown.length > 0) {
    return refused(
      "invalid_input",
      `${after.unknown[0]} was never the prefix here. Choose it, and the old one retires.`,
    );
  }
  if (after.retiredPrefixes.length > MOST_RETIRED) {
    return refused("invalid_input", `At most ${MOST_RETIRED} retired prefixes. Remove one that no token bears first.`);
  }
  await hold(tx);
  const bearing = await countByPrefix(tx, after.removed, now);
  const [held] = after.removed.flatMap((prefix) =>
    bearing.has(prefix) ? [{ prefix, tokens: bearing.get(prefix) }] : [],
  );
  if (held === undefined) return ok(after);
  const tokens = held.tokens === 1 ? "1 token that has" : `${held.tokens} tokens that have`;
  return refused("in_use", `${tokens} not ended begin with ${held.prefix}_. Rotate or end them first.`);
}

/**
 * Changes the settings of the installation. What a ceiling breaks must have been looked at, and it must be said what
 * happens to it. Refuses `forbidden`, `stale`, `invalid_input`, `not_enforced_yet`, `in_use`, `last_admin`.
 */
export const editSettings = defineCommand({
  input: editSettingsInput,
  door: VIEWERS,
  stepUp: true,
  administration: "may change",
  prepare: async (context, { version, ceiling, affected, fingerprint, ...wished }) => {
    if (ceiling === undefined) return ok(null);
    const change = ifFresh(WHAT, version, readSettingsView, async (db, before) => {
      const prefixes = await prefixesAfter(db, before, wished, context.now, unheld);
      return prefixes.ok ? ceilingsEdited(db, ceiling) : prefixes;
    });
    return foresee(context, "settings.write", { affected, fingerprint }, WHY, change);
  },
  subject: ({ tx }) => lockSettings(tx),
  allows: inTurn(byRole("settings.write", "Only administrators change the settings."), notStale(WHAT)),
  perform: async (context, before, { ceiling = {}, affected, ...wished }) => {
    const { tx, prepared, now } = context;
    const change = await ceilingsEdited(tx, ceiling);
    if (!change.ok) return change;
    const prefixes = await prefixesAfter(tx, before, wished, now, lockPrefixes);
    if (!prefixes.ok) return prefixes;
    const { ranges = before.ranges, ownerRate = before.ownerRate, failureRate = before.failureRate } = wished;
    const known = await rangesKnown(tx, ranges);
    if (!known.ok) return known;
    const { persons, serviceAccounts } = change.value.after;
    const { prefix: tokenPrefix, retiredPrefixes } = prefixes.value;
    const own = { ranges, ownerRate, failureRate };
    const same = { ...before, ...own, ceiling: { persons, serviceAccounts }, tokenPrefix, retiredPrefixes };
    if (isDeepStrictEqual(same, before)) return ok({ output: before, repeated: true });
    const treated = await carryOut(context, prepared, { affected }, WHY, change.value);
    if (!treated.ok) return treated;
    const row = await tx.settings.update({
      where: { id: 1 },
      data: {
        ceilingPersons: stored(persons),
        ceilingServiceAccounts: stored(serviceAccounts),
        ...{ ranges: [...ranges], ownerRate: stored(ownerRate), failureRate: stored(failureRate) },
        ...{ tokenPrefix, retiredPrefixes: [...retiredPrefixes], version: { increment: 1 } },
      },
    });
    const after = settingsView(row);
    const subject = { id: row.installationId, name: row.boundUrl };
    return ok({
      output: after,
      events: [{ action: "installation.edited", subject, detail: { before, after } }, ...treated.value],
    });
  },
  conflicts: {},
});
