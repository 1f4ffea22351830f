import { type Database, Prisma } from "#lib/db/client";
import { ok, type Result, tooSoon } from "#lib/errors/error";

/**
 * `pair`: one account from one address; `address`: all accounts from one; `account`: one from all unknown addresses;
 * `code`: codes of one account from all unknown addresses.
 */
type ThrottleKind = "pair" | "address" | "account" | "code";

// The first attempts are free, then the delay doubles up to a bound. An office behind one address mistypes often;
// the bound of an account as a whole is short, or strangers could keep its owner out.
const DELAYS: Record<ThrottleKind, { free: number; longestSeconds: number }> = {
  pair: { free: 3, longestSeconds: 300 },
  address: { free: 20, longestSeconds: 60 },
  account: { free: 10, longestSeconds: 5 },
  // Only who has given the right password comes so far, so a long wait keeps no stranger's victim out; a code has six
  // digits, and four guesses an hour never find it.
  code: { free: 5, longestSeconds: 900 },
};

/** What attempts are counted by. The account as a whole counts only for addresses unknown to it: nobody locks others out. */
export type Attempt = { readonly account: string; readonly address: string; readonly knownAddress: boolean };

function keysOf({ account, address, knownAddress }: Attempt): { kind: ThrottleKind; key: string }[] {
  const pair = { kind: "pair", key: `pair:${account}@${address}` } as const;
  const from = { kind: "address", key: `address:${address}` } as const;
  return knownAddress ? [pair, from] : [pair, from, { kind: "account", key: `account:${account}` }];
}

/** The same for a code of somebody whose password was right. From an address that they know, their own waits do. */
const codeKeys = ({ account, knownAddress }: Attempt): { kind: ThrottleKind; key: string }[] =>
  knownAddress ? [] : [{ kind: "code", key: `code:${account}` }];

/** Claims the right to one guess at a code, besides `claimAttempt`. @returns as that does */
export const claimCode = (db: Database, attempt: Attempt, now: number): Promise<Result<void>> =>
  claimAll(db, codeKeys(attempt), now);

/**
 * Claims the right to one attempt, before the password is looked at, so that attempts at the same time count too.
 * @param now epoch milliseconds
 * @returns nothing, or `too_many_requests` with the seconds to wait
 */
export async function claimAttempt(db: Database, attempt: Attempt, now: number): Promise<Result<void>> {
  return claimAll(db, keysOf(attempt), now);
}

async function claimAll(db: Database, keys: readonly { kind: ThrottleKind; key: string }[], now: number) {
  const rows = await db.signInThrottle.findMany({ where: { key: { in: keys.map((each) => each.key) } } });
  const waitMs = Math.max(0, ...rows.map((row) => row.nextAt.getTime() - now));
  if (waitMs > 0) return waitFor(waitMs);
  for (const { kind, key } of keys) {
    if (!(await claim(db, key, DELAYS[kind], now))) return waitFor(1_000);
  }
  return ok(undefined);
}

/** Counts one attempt, unless the key must still wait: judged inside the row's lock, so of several at once one claims. */
async function claim(db: Database, key: string, delay: { free: number; longestSeconds: number }, now: number) {
  const at = new Date(now);
  const forgotten = new Date(now - FORGOTTEN_AFTER_MS);
  const isForgotten = Prisma.sql`throttle.updated_at < ${forgotten}`;
  const claimed = await db.$executeRaw`
    INSERT INTO sign_in_throttles AS throttle (key, failures, next_at, updated_at) VALUES (${key}, 1, ${at}, ${at})
    ON CONFLICT (key) DO UPDATE SET
      failures = CASE WHEN ${isForgotten} THEN 1 ELSE throttle.failures + 1 END,
      next_at = ${at}::timestamptz + make_interval(secs => CASE
        WHEN ${isForgotten} OR throttle.failures + 1 < ${delay.free} THEN 0
        ELSE least(power(2, least(throttle.failures + 1 - ${delay.free}, 16)), ${delay.longestSeconds}) END),
      updated_at = ${at}
    WHERE throttle.next_at <= ${at}`;
  return claimed === 1;
}

/**
 * Takes an attempt back that was neither wrong nor the end of it: the password was right, and a code is asked for. What
 * went before stays counted, so that a known password forgives no guesses at the code.
 */
export async function takeBackAttempt(db: Database, attempt: Attempt): Promise<void> {
  const keys = keysOf(attempt).map((each) => each.key);
  await db.$executeRaw`UPDATE sign_in_throttles SET failures = greatest(failures - 1, 0) WHERE key = ANY(${keys})`;
}

const FORGOTTEN_AFTER_MS = 24 * 3600_000;

function waitFor(waitMs: number): Result<never> {
  const seconds = Math.ceil(waitMs / 1000);
  return tooSoon(seconds, `Too many attempts. Try again in ${seconds} s.`);
}

/**
 * Forgets the failures of an account, and of it from this address, after it signed in. From the address as a whole only
 * this attempt is taken back: who has an account must not be able to forgive themselves guesses at others.
 */
export async function forgiveAttempts(db: Database, attempt: Attempt, now: number): Promise<void> {
  const [pair, from, account] = keysOf({ ...attempt, knownAddress: false });
  const codes = codeKeys({ ...attempt, knownAddress: false });
  const forgiven = [pair, account, ...codes].flatMap((each) => (each === undefined ? [] : [each.key]));
  await db.signInThrottle.deleteMany({ where: { key: { in: forgiven } } });
  if (from !== undefined) {
    await db.$executeRaw`UPDATE sign_in_throttles SET failures = greatest(failures - 1, 0) WHERE key = ${from.key}`;
  }
  await db.signInThrottle.deleteMany({ where: { updatedAt: { lt: new Date(now - FORGOTTEN_AFTER_MS) } } });
}
