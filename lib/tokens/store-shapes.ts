import { type Database, Prisma, type Transaction } from "#lib/db/client";
import type { Rules } from "#lib/policies/rules";
import type { Alike } from "./alike";
import type { Kept } from "./making/breach";
import { UNRESTRICTED } from "./restrictions/restrictions";
import { DAY_MS } from "./status";
import { ALIKE, type AlikeRow, alikeOf, alikeOfToken, notEnded } from "./store-alike";

/** Some tokens by their ids, or those from one id on up to another (null = from the first, to the last). */
export type Which = readonly string[] | { readonly after: string | null; readonly upTo: string | null };

/**
 * Which tokens are looked at, and by what rules can tell them apart.
 * `named`: the groups that any rule names; `limits`: the lifetimes that any rule knows, in days, in ascending order.
 */
export type Look = {
  readonly which: Which;
  readonly named: readonly string[];
  readonly limits: readonly number[];
  readonly now: number;
};

/** Tokens that rules cannot tell apart, with what is known of their owners. */
export type Shape = {
  readonly key: string;
  readonly token: Kept;
  readonly owner: Alike["owner"];
};

/** Groups that any rule names: policies their members, delegations their scopes. No other decides anything here. */
export const groupsNamedIn = ({ policies, delegations }: Rules): string[] => [
  ...new Set([
    ...policies.flatMap(({ members }) => members.groupIds),
    ...[...delegations.values()].flatMap(({ scope }) => scope.groupIds),
  ]),
];

const isNamed = (which: Which): which is readonly string[] => Array.isArray(which);

/** The tokens `column` names. */
function among(which: Which, column: Prisma.Sql): Prisma.Sql {
  if (isNamed(which)) return Prisma.sql`${column} = ANY (${[...which]}::uuid[])`;
  const { after, upTo } = which;
  const begin = after === null ? Prisma.sql`true` : Prisma.sql`${column} > ${after}::uuid`;
  return upTo === null ? begin : Prisma.sql`${begin} AND ${column} <= ${upTo}::uuid`;
}

/** Owners of tokens with the named groups that they are in, in one order. For some tokens, one by one by their index. */
function owners({ which, named }: Look): Prisma.Sql {
  const groups = Prisma.sql`array_agg(m.group_id::text ORDER BY m.group_id)`;
  const inNamed = Prisma.sql`m.group_id = ANY (${[...named]}::uuid[])`;
  return isNamed(which)
    ? Prisma.sql`users o CROSS JOIN LATERAL (SELECT ${groups} AS names FROM memberships m
        WHERE m.user_id = o.id AND ${inNamed}) g`
    : Prisma.sql`users o LEFT JOIN (SELECT m.user_id, ${groups} AS names FROM memberships m
        WHERE ${inNamed} GROUP BY m.user_id) g ON g.user_id = o.id`;
}

const SHAPE = Prisma.sql`${ALIKE}, purpose, contact`;

/** Tokens that have not ended, each with all that rules look at. */
const shaped = (look: Look): Prisma.Sql => Prisma.sql`
  SELECT t.id, o.kind::text AS kind, coalesce(g.names, '{}') AS groups, ${alikeOfToken(look.limits)},
    t.description <> '' AS purpose, t.contact <> '' AS contact
  FROM ${owners(look)} JOIN tokens t ON t.owner_id = o.id
  WHERE ${among(look.which, Prisma.sql`t.id`)} AND ${notEnded(look.now)}`;

const keyed = (look: Look): Prisma.Sql =>
  Prisma.sql`SELECT *, md5(ROW(${SHAPE})::text) AS key FROM (${shaped(look)}) AS s`;

type ShapeRow = AlikeRow & { key: string; purpose: boolean; contact: boolean };

function shapeOf(row: ShapeRow): Shape {
  const { owner, rateLimit, days, ...reach } = alikeOf(row);
  return {
    key: row.key,
    owner,
    token: {
      ...reach,
      // Of what else narrows it no rule knows.
      narrowing: { ...UNRESTRICTED, rateLimit },
      // As long as it lives is all that rules ask: for them it was born at the beginning of time.
      bornAt: 0,
      expiresAt: days === null ? null : days * DAY_MS,
      // That there are such words is all that rules ask.
      description: row.purpose ? "said" : "",
      contact: row.contact ? "said" : "",
    },
  };
}

/** What kinds of tokens there are; never the tokens themselves, of which there may be a million. */
export async function readShapes(db: Database | Transaction, look: Look): Promise<Shape[]> {
  const rows = await db.$queryRaw<ShapeRow[]>`
    SELECT md5(ROW(${SHAPE})::text) AS key, ${SHAPE} FROM (${shaped(look)}) AS s GROUP BY ${SHAPE}`;
  return rows.map(shapeOf);
}

/** Remembers of the tokens that are looked at which are of these kinds, and forgets the others. */
export async function rememberBreaches(tx: Transaction, look: Look, keys: readonly string[]): Promise<void> {
  await tx.$executeRaw`DELETE FROM token_breaches WHERE ${among(look.which, Prisma.sql`token_id`)}`;
  if (keys.length === 0) return;
  await tx.$executeRaw`
    INSERT INTO token_breaches (token_id) SELECT id FROM (${keyed(look)}) AS k WHERE key = ANY (${[...keys]}::text[])`;
}

/** All tokens in pieces of so many, by their ids. */
export async function* inPieces(tx: Transaction, size: number): AsyncGenerator<Which> {
  for (let after: string | null = null; ; ) {
    const begin = among({ after, upTo: null }, Prisma.sql`id`);
    const rows = await tx.$queryRaw<{ id: string }[]>`
      SELECT id::text FROM tokens WHERE ${begin} ORDER BY id OFFSET ${size - 1} LIMIT 1`;
    const upTo = rows[0]?.id ?? null;
    yield { after, upTo };
    if (upTo === null) return;
    after = upTo;
  }
}
