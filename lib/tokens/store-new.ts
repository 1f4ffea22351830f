import { Prisma, type Transaction } from "#lib/db/client";
import type { Applications } from "#lib/policies/limits";
import type { Settled } from "./claims/claim";
import type { Wish } from "./making/wish";
import type { RateLimit } from "./restrictions/restrictions";
import type { TokenRow } from "./row";
import type { TokenWished } from "./schema";
import { digestOf, hintOf, newSecret } from "./secret";
import { TOKEN_COLUMNS } from "./store";
import { type JudgedColumn, KEPT_COLUMNS, type KeptColumn, type RestrictionColumn } from "./store-columns";

type Create = Prisma.TokenUncheckedCreateInput;
type Born = "id" | "digest" | "hint" | "createdAt" | "secretBornAt" | "restrictions";
/** Restrictions are said even where there are none: left out, they would be none without a word. */
export type NewToken = Omit<Create, Born | RestrictionColumn> & Required<Pick<Create, RestrictionColumn>>;

/** Applications as the columns hold them. */
function applicationColumns(applications: Applications): { allApplications: boolean; applications: string[] } {
  return applications === "all"
    ? { allApplications: true, applications: [] }
    : { allApplications: false, applications: [...applications] };
}

const rateColumn = (rate: RateLimit | null) => (rate === null ? Prisma.DbNull : { ...rate });

/** What was judged, as the columns hold it. */
export function judgedColumns({ description, contact, applications, access, ipRanges, expiresAt, narrowing }: Wish) {
  const { headerConditions, pathRules, timeWindow, rateLimit } = narrowing;
  return {
    ...{ description, contact, access },
    ...applicationColumns(applications),
    ipRanges: [...ipRanges],
    headerConditions: headerConditions.map(({ name, value }) => ({ name, value })),
    pathRules: [...pathRules],
    timeWindow: timeWindow === null ? Prisma.DbNull : { ...timeWindow, days: [...timeWindow.days] },
    rateLimit: rateColumn(rateLimit),
    expiresAt: expiresAt === null ? null : new Date(expiresAt),
  } satisfies Required<Pick<Create, JudgedColumn>>;
}

/** What is wished of a new token, as the columns hold it. */
export const wishColumns = ({ name, labels }: TokenWished, wish: Wish) => ({ ...judgedColumns(wish), name, labels });

/** What a successor keeps of a token, as it stands, all of it. */
export async function keptColumns(tx: Transaction, id: string) {
  const row = await tx.token.findUniqueOrThrow({ where: { id }, select: KEPT_COLUMNS });
  return row satisfies Required<Pick<Create, KeptColumn>>;
}

/** The prefix of new secrets; held until the transaction ends, so that it cannot be retired and taken away meanwhile. */
export async function holdPrefix(tx: Transaction): Promise<string> {
  const [row] = await tx.$queryRaw<{ prefix: string }[]>`
    SELECT token_prefix AS prefix FROM settings WHERE id = 1 FOR KEY SHARE`;
  if (row === undefined) throw new Error("There is no installation yet.");
  return row.prefix;
}

/** A new secret, as the columns hold it. */
async function newborn(tx: Transaction, at: Date) {
  const secret = newSecret(await holdPrefix(tx));
  const digest = new Uint8Array(Buffer.from(digestOf(secret), "hex"));
  return { secret, columns: { digest, hint: hintOf(secret), secretBornAt: at } };
}

/** Writes a token whose secret is made when its claim link is opened. @param now epoch milliseconds */
export async function insertPending(tx: Transaction, data: NewToken, now: number): Promise<TokenRow> {
  return tx.token.create({ data: { ...data, createdAt: new Date(now) }, select: TOKEN_COLUMNS });
}

/**
 * Gives a pending token its secret, which is in this answer and nowhere else.
 * @param born when it ends from now on, and how often it may be used
 * @param now epoch milliseconds: birth of the secret
 */
export async function bearSecret(
  tx: Transaction,
  id: string,
  { expiresAt, rateLimit }: Settled,
  now: number,
): Promise<{ row: TokenRow; secret: string }> {
  const { secret, columns } = await newborn(tx, new Date(now));
  const ends = expiresAt === null ? null : new Date(expiresAt);
  const row = await tx.token.update({
    where: { id },
    data: { ...columns, expiresAt: ends, rateLimit: rateColumn(rateLimit), version: { increment: 1 } },
    select: TOKEN_COLUMNS,
  });
  return { row, secret };
}

/**
 * Writes a token with a new secret. The secret is in this answer and nowhere else.
 * @param now epoch milliseconds: birth of token and secret
 */
export async function insertToken(
  tx: Transaction,
  data: NewToken,
  now: number,
): Promise<{ row: TokenRow; secret: string }> {
  const at = new Date(now);
  const { secret, columns } = await newborn(tx, at);
  const row = await tx.token.create({ data: { ...data, ...columns, createdAt: at }, select: TOKEN_COLUMNS });
  return { row, secret };
}
