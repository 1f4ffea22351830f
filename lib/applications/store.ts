import type { Database, Transaction } from "#lib/db/client";
import { ok, type Result, refuse } from "#lib/errors/error";
import { type ApplicationUses, limitsName } from "./uses";
import { type ApplicationView, applicationView } from "./view";

/** Locks an application that is about to change. @returns `not_found` */
export async function lockApplication(tx: Transaction, id: string): Promise<Result<ApplicationView>> {
  await tx.$executeRaw`SELECT id FROM applications WHERE id = ${id}::uuid FOR UPDATE`;
  const row = await tx.application.findUnique({ where: { id }, include: { routes: true } });
  return row === null ? refuse("not_found", "There is no such application.") : ok(applicationView(row));
}

/** What refers to an application by its key, and whether anything was recorded of it. */
export async function readApplicationUses(db: Database | Transaction, key: string): Promise<ApplicationUses> {
  const name = { select: { name: true, own: true, ceiling: true }, orderBy: { name: "asc" } } as const;
  const policies = await db.policy.findMany(name);
  const delegations = await db.delegation.findMany({ select: { name: true, issue: true }, orderBy: { name: "asc" } });
  const settings = await db.settings.findFirst({ select: { ceilingPersons: true, ceilingServiceAccounts: true } });
  const gateways = await db.gateway.findMany({
    where: { applications: { some: { application: { key } } } },
    select: { key: true },
    orderBy: { key: "asc" },
  });
  const tokens = await db.token.count({
    where: { OR: [{ applications: { has: key } }, { waiverApplications: { has: key } }] },
  });
  const usernames = await db.userName.count({ where: { application: { key } } });
  const counted = await db.verificationCount.findFirst({ where: { applicationKey: key }, select: { reason: true } });
  const sighted = await db.credentialSighting.findFirst({ where: { applicationKey: key }, select: { class: true } });
  return {
    policies: policies.filter((row) => limitsName(key, row.own, row.ceiling)).map((row) => row.name),
    delegations: delegations.filter((row) => limitsName(key, row.issue)).map((row) => row.name),
    installation: limitsName(key, settings?.ceilingPersons, settings?.ceilingServiceAccounts),
    gateways: gateways.map((row) => row.key),
    tokens,
    usernames,
    history: counted !== null || sighted !== null,
  };
}
