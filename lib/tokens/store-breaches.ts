import { setImmediate } from "node:timers/promises";
import { type Database, Prisma, type Transaction } from "#lib/db/client";
import { lifetimesIn } from "#lib/impact/impact";
import { rulesDigest } from "#lib/impact/store";
import { readInstallationFacts } from "#lib/verification/facts/portal";
import { breachesOf, type Kept } from "./making/breach";
import { UNRESTRICTED } from "./restrictions/restrictions";
import { rateIn } from "./restrictions/restrictions-schema";
import { applicationsOf, datedOf, holderOf, type TokenRow } from "./row";
import type { TokenFilter } from "./search/filter";
import { hasEnded } from "./status";
import { groupsNamedIn, inPieces, readShapes, rememberBreaches, type Shape } from "./store-shapes";

/** Two portals never work them out at once. */
const LOCK = 7_200_101;
/** Of more changes or tokens than this all are looked at anew, which is quicker then. */
const MOST_CHANGES = 5_000;
const MOST_TOKENS = 20_000;
/**
 * So many are looked at in one statement, each of which reads anew who is in which group; should no two be alike, they
 * are judged in a second or two.
 */
const PIECE = 60_000;
/** After so many judgements, of some twenty microseconds each, others have their turn. */
const TURN = 200;
/** All of a million tokens take some seconds. */
const PATIENT = { maxWait: 10_000, timeout: 60_000 } as const;

type State = { readonly seq: bigint; readonly rules: string; readonly head: bigint; readonly unborn: boolean };

/** Tokens without a secret that may still get one; what has ended is found by no search, whatever is remembered of it. */
const unborn = (now: number): Prisma.Sql => Prisma.sql`secret_born_at IS NULL AND revoked_at IS NULL
  AND denied_at IS NULL AND (expires_at IS NULL OR expires_at > ${new Date(now).toISOString()}::timestamptz)`;

async function readState(db: Database | Transaction, now: number): Promise<State> {
  const [state] = await db.$queryRaw<State[]>`
    SELECT s.seq, s.rules, h.seq AS head, EXISTS (SELECT 1 FROM tokens WHERE ${unborn(now)}) AS unborn
    FROM breach_state s, change_head h WHERE s.id = 1 AND h.id = 1`;
  if (state === undefined) throw new Error("breach_state has no row");
  return state;
}

// A token without a secret is no fact of verification, so that no change tells of it: it is looked at each time.
const isCurrent = ({ seq, head, unborn }: State): boolean => seq === head && !unborn;

type Changed = { readonly kind: string; readonly key: string };

const keptOf = (row: TokenRow): Kept => ({
  grant: row.delegationId === null ? { by: "tier" } : { by: "delegation", delegationId: row.delegationId },
  bornAt: (row.secretBornAt ?? row.createdAt).getTime(),
  expiresAt: row.expiresAt?.getTime() ?? null,
  ...{ description: row.description, contact: row.contact },
  ...{ applications: applicationsOf(row), access: row.access, ipRanges: row.ipRanges },
  // Of what else narrows it no rule knows, whether or not it can be read.
  narrowing: { ...UNRESTRICTED, rateLimit: rateIn(row.rateLimit) },
});

/** What has changed beyond a sequence; null where it cannot be told one by one. */
async function changesSince(tx: Transaction, { seq, head }: State): Promise<readonly Changed[] | null> {
  if (seq > head) return null;
  const rows = await tx.$queryRaw<(Changed & { seq: bigint })[]>`
    SELECT seq, kind, key FROM changes WHERE seq > ${seq} AND seq <= ${head} ORDER BY seq LIMIT ${MOST_CHANGES + 1}`;
  // The oldest are taken away in time.
  const whole = seq === head || rows[0]?.seq === seq + 1n;
  return whole && rows.length <= MOST_CHANGES && !rows.some(({ kind }) => kind === "all") ? rows : null;
}

/** The tokens that changes are about, and those without a secret; null = too many to name. */
async function idsOf(tx: Transaction, changes: readonly Changed[], now: number): Promise<readonly string[] | null> {
  const keys = (kind: string) => changes.flatMap((change) => (change.kind === kind ? [change.key] : []));
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT id::text FROM tokens WHERE digest IN (SELECT decode(key, 'hex') FROM unnest(${keys("token")}::text[]) AS key)
    UNION SELECT id::text FROM tokens WHERE owner_id = ANY (${keys("user")}::uuid[])
    UNION SELECT id::text FROM tokens WHERE ${unborn(now)} LIMIT ${MOST_TOKENS + 1}`;
  return rows.length > MOST_TOKENS ? null : rows.map(({ id }) => id);
}

/** The keys of those that break the rules. Thousands are judged without holding up whatever else the process does. */
async function brokenAmong(shapes: readonly Shape[], rules: Parameters<typeof breachesOf>[2]): Promise<string[]> {
  const broken: string[] = [];
  for (const [at, { key, token, owner }] of shapes.entries()) {
    if (at % TURN === TURN - 1) await setImmediate();
    if (breachesOf(token, owner, rules).length > 0) broken.push(key);
  }
  return broken;
}

/** One step: judges anew whatever may have become different since the last. */
async function catchUp(tx: Transaction, now: number): Promise<void> {
  await tx.$executeRaw`SELECT set_config('lock_timeout', '30s', true), set_config('work_mem', '32MB', true)`;
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${LOCK})`;
  // The head first: what changes while the rest is read is read too, and looked at once more the next time.
  const state = await readState(tx, now);
  if (isCurrent(state)) return;
  const rules = await readInstallationFacts(tx);
  const digest = rulesDigest(rules);
  const changes = digest === state.rules ? await changesSince(tx, state) : null;
  const ids = changes === null ? null : await idsOf(tx, changes, now);
  const [named, limits] = [groupsNamedIn(rules), lifetimesIn(rules)];
  for await (const which of ids === null ? inPieces(tx, PIECE) : [ids]) {
    const look = { which, named, limits, now };
    const shapes = await readShapes(tx, look);
    await rememberBreaches(tx, look, await brokenAmong(shapes, rules));
  }
  await tx.$executeRaw`UPDATE breach_state SET seq = ${state.head}, rules = ${digest} WHERE id = 1`;
}

/** How tokens go beyond what today's rules allow, by their ids; those that keep to them, or have ended, are left out. */
export async function breachesAmong(
  db: Database,
  rows: readonly TokenRow[],
  now: number,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const rules = await readInstallationFacts(db);
  const said = rows.map(
    (row) => [row.id, hasEnded(datedOf(row), now) ? [] : breachesOf(keptOf(row), holderOf(row.owner), rules)] as const,
  );
  return new Map(said.filter(([, breaches]) => breaches.length > 0));
}

// The server's bundle and Next's each load this module once: one step at a time for the process.
const holder = globalThis as typeof globalThis & { latchkeyBreaches?: WeakMap<Database, Promise<void>> };

/**
 * Whatever a search by this filter reads that is worked out beforehand. To be called before it, and not inside a
 * transaction, whose locks it would hold.
 * @param now epoch milliseconds
 */
export async function readied(db: Database, filter: Pick<TokenFilter, "breaksPolicy">, now: number): Promise<void> {
  if (filter.breaksPolicy !== undefined) await rememberedBreaches(db, now);
}

/**
 * Brings up to date which tokens go beyond what today's rules allow (`token_breaches`): judged by `breachesOf`, kind by
 * kind, and after that only what changed. Right after a change of rules it takes seconds over a million tokens, otherwise
 * milliseconds.
 * @param now epoch milliseconds
 */
export async function rememberedBreaches(db: Database, now: number): Promise<void> {
  holder.latchkeyBreaches ??= new WeakMap();
  const steps = holder.latchkeyBreaches;
  const running = steps.get(db);
  if (isCurrent(await readState(db, now))) return;
  // Whoever comes while it goes on waits, and then looks for themselves: it may have begun before the change they know of.
  if (running !== undefined) {
    await running.catch(() => undefined);
    if (isCurrent(await readState(db, now))) return;
  }
  // Any other has begun since they came: all who waited share it, and with it one connection.
  let step = steps.get(db);
  if (step === undefined || step === running) {
    step = db.$transaction((tx) => catchUp(tx, now), PATIENT);
    steps.set(db, step);
  }
  await step;
}
