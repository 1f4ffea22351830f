import type { Database, Transaction } from "#lib/db/client";
import { ok, type Result, refuse } from "#lib/errors/error";
import { limitsHold, type NetworkUses } from "./uses";
import { type NetworkView, networkView } from "./view";

/**
 * Holds networks as they are until the transaction ends, so that none is renamed or deleted while something comes to
 * refer to it.
 * @param names of networks; addresses among them stand for themselves and are no trouble
 * @returns the names that exist
 */
export async function holdNetworks(tx: Transaction, names: readonly string[]): Promise<Set<string>> {
  if (names.length === 0) return new Set();
  const rows = await tx.$queryRaw<{ name: string }[]>`
    SELECT name FROM networks WHERE name = ANY(${[...names]}::text[]) ORDER BY name FOR SHARE`;
  return new Set(rows.map((row) => row.name));
}

/** Locks a network that is about to change. @returns `not_found` */
export async function lockNetwork(tx: Transaction, id: string): Promise<Result<NetworkView>> {
  await tx.$executeRaw`SELECT id FROM networks WHERE id = ${id}::uuid FOR UPDATE`;
  const row = await tx.network.findUnique({ where: { id } });
  return row === null ? refuse("not_found", "There is no such network.") : ok(networkView(row));
}

/** What refers to a network by its name: tiers, delegations, the installation's own ranges and ceilings, tokens that have not ended. */
export async function readNetworkUses(db: Database | Transaction, name: string, now: number): Promise<NetworkUses> {
  const at = new Date(now);
  const policies = await db.policy.findMany({
    select: { name: true, own: true, ceiling: true },
    orderBy: { name: "asc" },
  });
  const delegations = await db.delegation.findMany({ select: { name: true, issue: true }, orderBy: { name: "asc" } });
  const settings = await db.settings.findFirst({
    select: { ranges: true, ceilingPersons: true, ceilingServiceAccounts: true },
  });
  const tokens = await db.token.count({
    where: {
      revokedAt: null,
      deniedAt: null,
      AND: [
        { OR: [{ expiresAt: null }, { expiresAt: { gt: at } }] },
        { OR: [{ ipRanges: { has: name } }, { waiverIpRanges: { has: name } }] },
      ],
    },
  });
  return {
    policies: policies.filter((row) => limitsHold(name, row.own, row.ceiling)).map((row) => row.name),
    delegations: delegations.filter((row) => limitsHold(name, row.issue)).map((row) => row.name),
    installation:
      settings !== null &&
      (settings.ranges.includes(name) || limitsHold(name, settings.ceilingPersons, settings.ceilingServiceAccounts)),
    tokens,
  };
}
