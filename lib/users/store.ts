import { can } from "#lib/access/can";
import type { Caller } from "#lib/access/viewer";
import type { Database, Prisma, Transaction } from "#lib/db/client";
import { delegatedScope, usersIn } from "#lib/delegations/store";
import { ok, refuse } from "#lib/errors/error";
import { readPolicies } from "#lib/policies/store";
import { type UserView, userView } from "./view";

/** What a user's view is made of. */
export const USER_COLUMNS = {
  id: true,
  username: true,
  displayName: true,
  email: true,
  kind: true,
  source: true,
  externalId: true,
  createdAt: true,
  deactivatedAt: true,
  version: true,
  aliases: { select: { alias: true } },
  names: { select: { name: true, application: { select: { key: true } } } },
  memberships: {
    select: { group: { select: { id: true, source: true, externalId: true, role: { select: { role: true } } } } },
  },
  maintainers: {
    select: { user: { select: { username: true } }, group: { select: { source: true, externalId: true } } },
  },
  activity: { select: { lastSignInAt: true } },
} as const;

/** Reads one user as shown. @throws when there is none of that id */
export async function viewUser(db: Database | Transaction, id: string): Promise<UserView> {
  const row = await db.user.findUniqueOrThrow({ where: { id }, select: USER_COLUMNS });
  return userView(row, await readPolicies(db));
}

/** The users that somebody may see; null for nobody. Admins and auditors all, delegates those in their scope. */
export async function visibleUsers(db: Database | Transaction, viewer: Caller): Promise<Prisma.UserWhereInput | null> {
  if (viewer.kind === "visitor") return null;
  if (can(viewer, "users.read")) return {};
  const scope = await delegatedScope(db, viewer);
  return scope && usersIn(scope);
}

export const USER_NOT_FOUND = refuse("not_found", "There is no such user, or none that you may see.");

/** Locks a user's row, if the actor may see it. */
export async function lockUser(tx: Transaction, actor: Caller, id: string) {
  const where = await visibleUsers(tx, actor);
  if (where === null) return USER_NOT_FOUND;
  await tx.$executeRaw`SELECT id FROM users WHERE id = ${id}::uuid FOR UPDATE`;
  const select = { id: true, username: true, deactivatedAt: true } as const;
  const user = await tx.user.findFirst({ where: { AND: [where, { id }] }, select });
  return user === null ? USER_NOT_FOUND : ok(user);
}
