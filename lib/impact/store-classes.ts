import type { Database, Transaction } from "#lib/db/client";
import { Prisma } from "#lib/db/generated/client";
import type { Rules } from "#lib/policies/rules";
import { ALIKE, type AlikeRow, alikeOf, alikeOfToken, notEnded } from "#lib/tokens/store-alike";
import type { UserKind } from "#lib/users/user";
import type { Concerned } from "./change";
import type { Population } from "./people";
import type { TokenClass } from "./token-class";

/** Active users whom a change can concern, and which groups of those that any policy names they are in. */
function members({ kinds, groupIds }: Concerned, named: readonly string[]): Prisma.Sql {
  return Prisma.sql`
    SELECT u.id, u.username, u.kind::text AS kind, coalesce((
      SELECT array_agg(m.group_id::text ORDER BY m.group_id) FROM memberships m
      WHERE m.user_id = u.id AND m.group_id = ANY(${[...named]}::uuid[])), '{}') AS groups
    FROM users u
    WHERE u.deactivated_at IS NULL AND (u.kind::text = ANY(${[...kinds]}::text[])
      OR u.id IN (SELECT user_id FROM memberships WHERE group_id = ANY(${[...groupIds]}::uuid[])))`;
}

/** Groups that any policy names: no other decides anybody's tier. */
export const namedGroups = (...all: readonly Rules[]): string[] => [
  ...new Set(all.flatMap(({ policies }) => policies.flatMap((policy) => policy.members.groupIds))),
];

/**
 * Tokens that a change can concern and that have not ended, each with the key of its class: what rules can tell apart.
 */
function living(concerned: Concerned, named: readonly string[], limits: readonly number[], now: number): Prisma.Sql {
  const { delegationId } = concerned;
  return Prisma.sql`
    SELECT *, md5(ROW(${ALIKE})::text) AS class
    FROM (SELECT t.id, t.name, t.owner_id, o.username, o.kind, o.groups, ${alikeOfToken(limits)}
      FROM tokens t JOIN (${members(concerned, named)}) o ON o.id = t.owner_id
      WHERE ${notEnded(now)}
        AND (${delegationId}::uuid IS NULL OR t.delegation_id = ${delegationId}::uuid)) AS judged`;
}

/** Which tokens a look at the database is about. */
export type Scope = {
  readonly concerned: Concerned;
  readonly named: readonly string[];
  readonly limits: readonly number[];
  readonly now: number;
};

type ClassRow = AlikeRow & { class: string; tokens: number };

/** The classes of all tokens in a scope; never the tokens themselves, of which there may be a million. */
export async function readClasses(db: Database | Transaction, scope: Scope): Promise<TokenClass[]> {
  const all = living(scope.concerned, scope.named, scope.limits, scope.now);
  const rows = await db.$queryRaw<ClassRow[]>`
    SELECT class, ${ALIKE}, count(*)::int AS tokens FROM (${all}) AS living GROUP BY class, ${ALIKE}`;
  return rows.map((row) => {
    const { owner, ...token } = alikeOf(row);
    return { key: row.class, owner, tokens: row.tokens, token: { ...token, name: "", waiver: null } };
  });
}

/** People whom a change can concern, counted by the groups they are in. */
export async function readPopulations(
  db: Database | Transaction,
  concerned: Concerned,
  named: readonly string[],
): Promise<Population[]> {
  const rows = await db.$queryRaw<{ kind: UserKind; groups: string[]; people: number }[]>`
    SELECT kind, groups, count(*)::int AS people FROM (${members(concerned, named)}) AS m GROUP BY kind, groups`;
  return rows.map(({ kind, groups, people }) => ({ member: { kind, groupIds: groups }, people }));
}

/** One of the tokens of some classes, as a page lists it. */
export type ListedRow = {
  id: string;
  name: string;
  username: string;
  last_used_at: Date | null;
  class: string;
};

/** The tokens of some classes: how many, whose, how much used; and the first of them, last used first. */
export async function readTokensOf(
  db: Database | Transaction,
  { concerned, named, limits, now }: Scope,
  classes: readonly string[],
  first: number,
) {
  const all = living(concerned, named, limits, now);
  const yesterday = new Date(now - 86_400_000);
  const [counted] = await db.$queryRaw<
    { tokens: number; owners: number; used: number; never: number; digest: string }[]
  >`
    SELECT count(*)::int AS tokens, count(DISTINCT owner_id)::int AS owners,
      count(*) FILTER (WHERE g.last_used_at > ${yesterday})::int AS used,
      count(*) FILTER (WHERE g.last_used_at IS NULL)::int AS never,
      coalesce(md5(string_agg(id::text || class, '' ORDER BY id)), '') AS digest
    FROM (${all}) AS living LEFT JOIN token_usage g ON g.token_id = living.id
    WHERE class = ANY(${[...classes]}::text[])`;
  const rows = await db.$queryRaw<ListedRow[]>`
    SELECT id, name, username, g.last_used_at, class
    FROM (${all}) AS living LEFT JOIN token_usage g ON g.token_id = living.id
    WHERE class = ANY(${[...classes]}::text[])
    ORDER BY g.last_used_at DESC NULLS LAST, id LIMIT ${first}`;
  return { counted: counted ?? { tokens: 0, owners: 0, used: 0, never: 0, digest: "" }, rows };
}

/** Ids of the tokens of some classes, in order, beyond one of them. */
export async function readIdsOf(
  db: Database | Transaction,
  { concerned, named, limits, now }: Scope,
  classes: readonly string[],
  beyond: string | null,
  most: number,
): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT id FROM (${living(concerned, named, limits, now)}) AS living
    WHERE class = ANY(${[...classes]}::text[]) AND (${beyond}::uuid IS NULL OR id > ${beyond}::uuid)
    ORDER BY id LIMIT ${most}`;
  return rows.map(({ id }) => id);
}
