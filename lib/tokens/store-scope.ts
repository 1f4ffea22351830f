import { can } from "#lib/access/can";
import type { Viewer } from "#lib/access/viewer";
import { type Database, Prisma, type Transaction } from "#lib/db/client";
import { delegatedScope } from "#lib/delegations/store";

/**
 * The tokens `t` that somebody manages, as `managedTokens` says it: those of accounts they maintain or have power over;
 * with a role all.
 */
export async function managedScope(db: Database | Transaction, viewer: Viewer): Promise<Prisma.Sql> {
  if (can(viewer, "tokens.read-all") || !("userId" in viewer)) return Prisma.sql`true`;
  const scope = await delegatedScope(db, viewer);
  const own = Prisma.sql`${[...viewer.groupIds]}::uuid[]`;
  const owners = [
    Prisma.sql`s.kind = 'service' AND s.id IN (SELECT m.account_id FROM maintainers m
      WHERE m.user_id = ${viewer.userId}::uuid OR m.group_id = ANY (${own}))`,
    scope?.everyone && Prisma.sql`s.kind = 'person'`,
    scope?.serviceAccounts && Prisma.sql`s.kind = 'service'`,
    scope !== null &&
      Prisma.sql`s.id IN (SELECT m.user_id FROM memberships m WHERE m.group_id = ANY (${[...scope.groupIds]}::uuid[]))`,
  ].filter((each) => typeof each === "object");
  return Prisma.sql`t.owner_id IN (SELECT s.id FROM users s WHERE ${Prisma.join(
    owners.map((each) => Prisma.sql`(${each})`),
    " OR ",
  )})`;
}
