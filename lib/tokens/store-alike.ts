import { Prisma } from "#lib/db/client";
import type { Access } from "#lib/policies/limits";
import type { UserKind } from "#lib/users/user";
import type { Alike } from "./alike";
import { rateIn } from "./restrictions/restrictions-schema";
import { applicationsOf } from "./row";

/**
 * What any rule looks at of a token and its owner, by the names of the columns: tokens alike in all of it are judged once.
 * A new kind of limit needs its column here.
 */
export const ALIKE = Prisma.raw(
  "kind, groups, delegation_id, all_applications, applications, access, ip_ranges, rate_limit, days",
);

/**
 * How long a token `t` lives, in whole days rounded up, and then up to the next limit that any rule knows; null = for
 * ever. Rules cannot tell lives apart that lie between the same limits, and each limit is allowed itself.
 * @param limits in ascending order
 */
function lifeInDays(limits: readonly number[]): Prisma.Sql {
  const known = [...limits, 100_000];
  const beyond = known.map((days) => `${days} days 0.000001 seconds`);
  return Prisma.sql`(${known}::int[])[1 + width_bucket(
    t.expires_at - coalesce(t.secret_born_at, t.created_at), ${beyond}::interval[])]`;
}

/** The columns of `ALIKE` that a token `t` has itself. @param limits the lifetimes that any rule knows, in days, ascending */
export const alikeOfToken = (limits: readonly number[]): Prisma.Sql => Prisma.sql`t.delegation_id, t.all_applications,
  t.applications, t.access::text AS access, t.ip_ranges, t.rate_limit, ${lifeInDays(limits)} AS days`;

/** Tokens `t` that have not ended, of whatever owner. @param now epoch milliseconds */
export function notEnded(now: number): Prisma.Sql {
  const at = Prisma.sql`${new Date(now).toISOString()}::timestamptz`;
  return Prisma.sql`t.revoked_at IS NULL AND t.denied_at IS NULL AND (t.expires_at IS NULL OR t.expires_at > ${at})
    AND (t.superseded_at IS NULL OR t.overlap_ends_at > ${at})`;
}

/** `ALIKE` as the database answers it. */
export type AlikeRow = {
  kind: UserKind;
  groups: string[];
  delegation_id: string | null;
  all_applications: boolean;
  applications: string[];
  access: Access;
  ip_ranges: string[];
  rate_limit: unknown;
  days: number | null;
};

/** What rules see in tokens that are alike. */
export const alikeOf = (row: AlikeRow): Alike => ({
  owner: { kind: row.kind, groupIds: row.groups },
  grant: row.delegation_id === null ? { by: "tier" } : { by: "delegation", delegationId: row.delegation_id },
  applications: applicationsOf({ allApplications: row.all_applications, applications: row.applications }),
  access: row.access,
  ipRanges: row.ip_ranges,
  rateLimit: rateIn(row.rate_limit),
  days: row.days,
});
