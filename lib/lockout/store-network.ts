import { type Database, Prisma } from "#lib/db/client";
import type { Policy } from "#lib/policies/policy";
import type { Whose } from "./naming";
import { livingAt, TOKENS_SEEN } from "./store";

/** Different lists of tokens that are looked at. */
const MOST_LISTS = 500;

const texts = (values: readonly string[]) => Prisma.sql`${[...values]}::text[]`;
const any = (conditions: readonly Prisma.Sql[]): Prisma.Sql =>
  conditions.length === 0 ? Prisma.sql`false` : Prisma.sql`(${Prisma.join([...conditions], " OR ")})`;

/** Of a token: these lists of its own hold it, each for what came from these addresses. */
export type OwnList = { readonly ranges: readonly string[]; readonly addresses: readonly string[] };

/** The lists of living tokens that name a network, each once. @param now epoch milliseconds */
export async function readListsNaming(db: Database, network: string, now: number): Promise<string[][]> {
  const rows = await db.$queryRaw<{ ranges: string[] }[]>`
    SELECT t.ip_ranges AS ranges FROM tokens t
    WHERE t.ip_ranges && ${texts([network])} AND ${livingAt(now)} GROUP BY 1 ORDER BY 1 LIMIT ${MOST_LISTS}`;
  return rows.map(({ ranges }) => ranges);
}

/** Whom a tier names, whether or not another one decides for them. */
const members = ({ members: { groupIds, everyone, serviceAccounts } }: Policy): Prisma.Sql =>
  any([
    Prisma.sql`o.id IN (SELECT user_id FROM memberships WHERE group_id = ANY(${[...groupIds]}::uuid[]))`,
    ...(everyone ? [Prisma.sql`o.kind = 'person'`] : []),
    ...(serviceAccounts ? [Prisma.sql`o.kind = 'service'`] : []),
  ]);

function held(whose: Whose, policies: readonly Policy[]): Prisma.Sql {
  if (whose.by === "delegation") return Prisma.sql`t.delegation_id = ${whose.id}::uuid`;
  if (whose.by === "kind") return Prisma.sql`o.kind = ${whose.kind}::user_kind`;
  const tier = policies.find(({ id }) => id === whose.id);
  if (tier === undefined) return Prisma.sql`false`;
  const above = policies.filter(({ priority }) => priority > tier.priority).map(members);
  const own = whose.ownOnly ? Prisma.sql`t.delegation_id IS NULL` : Prisma.sql`true`;
  return Prisma.sql`(${own} AND ${members(tier)} AND NOT ${any(above)})`;
}

/** Tokens that a rule holds, or that name the network themselves, as far as they came from these addresses. */
export type Held =
  | { readonly whose: Whose; readonly addresses: readonly string[] }
  | { readonly lists: readonly OwnList[] };

const from = (addresses: readonly string[]) => Prisma.sql`s.address = ANY(${texts(addresses)})`;

function condition(each: Held, policies: readonly Policy[], now: number): Prisma.Sql {
  if ("lists" in each)
    return any(
      each.lists.map(({ ranges, addresses }) => Prisma.sql`(t.ip_ranges = ${texts(ranges)} AND ${from(addresses)})`),
    );
  // While a waiver lasts, the rule that it waives turns nobody away.
  const waived = Prisma.sql`coalesce(t.waiver_until > ${new Date(now)}, false)`;
  return Prisma.sql`(${from(each.addresses)} AND NOT ${waived} AND ${held(each.whose, policies)})`;
}

type Asked = { readonly since: Date; readonly now: number; readonly policies: readonly Policy[] };
type Count = { readonly tokens: number; readonly owners: number };

/**
 * How many tokens that have not ended came from where, each in one pass over what was recorded.
 * @param asked `now` epoch milliseconds
 * @returns a count for each that was asked for, in its order
 */
export async function countHeld(db: Database, all: readonly Held[], asked: Asked): Promise<Count[]> {
  if (all.length === 0) return [];
  const conditions = all.map((each) => condition(each, asked.policies, asked.now));
  const counts = (column: Prisma.Sql) =>
    Prisma.join(conditions.map((where) => Prisma.sql`(count(DISTINCT ${column}) FILTER (WHERE ${where}))::int`));
  const [row] = await db.$queryRaw<{ tokens: number[]; owners: number[] }[]>`
    SELECT ARRAY[${counts(Prisma.sql`t.id`)}] AS tokens, ARRAY[${counts(Prisma.sql`t.owner_id`)}] AS owners
    FROM (${TOKENS_SEEN(asked.since)}) AS s JOIN tokens t ON t.id = s.token_id JOIN users o ON o.id = t.owner_id
    WHERE ${livingAt(asked.now)}`;
  return all.map((_each, n) => ({ tokens: row?.tokens[n] ?? 0, owners: row?.owners[n] ?? 0 }));
}
