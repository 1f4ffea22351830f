import type { Transaction } from "#lib/db/client";
import { ok, type Result, refuse } from "#lib/errors/error";
import { LOCAL } from "#lib/groups/group";
import { readPolicies } from "#lib/policies/store";
import { closeSetup } from "#lib/settings/store";
import { type Administration, hasAdministrator, keepsAdministrator } from "./administrators";

const ACTIVE_PERSON = { kind: "person", deactivatedAt: null } as const;

async function readAdministration(tx: Transaction): Promise<Administration> {
  const people = await tx.user.findMany({
    where: { ...ACTIVE_PERSON, memberships: { some: { group: { role: { role: "admin" } } } } },
    select: {
      id: true,
      source: true,
      password: { select: { userId: true } },
      memberships: { select: { groupId: true } },
    },
  });
  const administrators = people.map(({ id, source, password, memberships }) => ({
    id,
    canSignIn: password !== null || source !== LOCAL,
    groupIds: memberships.map((each) => each.groupId),
  }));
  const over = { powers: { has: "end" as const }, scopeEveryone: true, scopeServiceAccounts: true };
  const held = { delegates: { some: { group: { members: { some: { user: ACTIVE_PERSON } } } } } };
  const endsAll = (await tx.delegation.findFirst({ where: { ...over, ...held }, select: { id: true } })) !== null;
  return { administrators, policies: await readPolicies(tx), endsAll };
}

/**
 * Reads who administers, and lets nobody else do so until the transaction ends: of two commands that each would take
 * one of the last two administrators away, the second sees what the first did. The lock is the row of the set-up, which
 * is always there, so that completing it waits as well.
 */
export async function lockAdministration(tx: Transaction): Promise<Administration> {
  await tx.$executeRaw`SELECT id FROM setup WHERE id = 1 FOR UPDATE`;
  return readAdministration(tx);
}

/**
 * Whether anything can be changed from afar. After a backup was restored whoever comes may be somebody whom it brought
 * back, and what they change or make would outlive its quarantine: until that has ended, only the command line does.
 * @returns `forbidden`
 */
export async function openFromAfar(tx: Transaction): Promise<Result<void>> {
  const row = await tx.settings.findUnique({ where: { id: 1 }, select: { quarantinedAt: true, quarantineWhy: true } });
  if (row === null || row.quarantinedAt === null || row.quarantineWhy === "elsewhere") return ok(undefined);
  return refuse(
    "forbidden",
    "A backup was restored. Until its quarantine ends, tokens and sessions can be ended here, and nothing else can be changed: the command line does that, on the machine of the portal.",
  );
}

/**
 * Looks at what a change has made of who administers: nobody may be locked out, and a set-up that now has its first
 * administrator is closed for ever.
 * @param before what `lockAdministration` read in this transaction
 * @returns `last_admin`; then the transaction must not commit
 */
export async function settleAdministration(
  tx: Transaction,
  before: Administration,
  now: number,
): Promise<Result<void>> {
  const after = await readAdministration(tx);
  if (hasAdministrator(after)) await closeSetup(tx, now);
  return keepsAdministrator(before, after);
}
