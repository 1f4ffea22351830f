import { createHash } from "node:crypto";
import { compare, hash } from "bcrypt";
import { ok, type Result, refuse } from "#lib/errors/error";
import { judgePassword, normalisePassword } from "./password-rules";

/** bcrypt's cost: 2^12 rounds, about 0.2 s of one core. */
const COST = 12;

// A hash of nothing that anybody knows: unknown users cost as much time as known ones.
const NOBODYS_HASH = "$2b$12$CwTycUXWue0Thq9StjUM0uJ8q8V4cC6mCjLBCF7PfLrI9pZ5Xz1lK";

// bcrypt runs on libuv's threads; two at a time leave room for everything else. The rest wait, and beyond that are sent away.
const AT_ONCE = 2;
const MOST_WAITING = 40;
let running = 0;
const waiting: (() => void)[] = [];

/** What somebody is told for whom there is no room. */
export const crowded = (): Result<never> =>
  refuse("too_many_requests", "Too many people are signing in at this moment. Try again in a few seconds.");

async function inTurn<T>(work: () => Promise<T>): Promise<Result<T>> {
  if (running >= AT_ONCE) {
    if (waiting.length >= MOST_WAITING) {
      return crowded();
    }
    await new Promise<void>((resolve) => waiting.push(resolve));
  }
  running += 1;
  try {
    return ok(await work());
  } finally {
    running -= 1;
    waiting.shift()?.();
  }
}

/** bcrypt ignores everything after byte 72 and stops at a NUL: it gets base64 of SHA-384 (64 characters) instead. */
function prehash(password: string): string {
  return createHash("sha384").update(normalisePassword(password), "utf8").digest("base64");
}

/**
 * Judges and hashes a new password; slow, so before any transaction.
 * @param ownWords username, e-mail, display name
 * @returns the hash to store, or `invalid_input` / `too_many_requests`
 */
export async function preparePassword(
  password: string,
  ownWords: readonly string[],
): Promise<Result<{ hash: string }>> {
  const judged = await judgePassword(password, ownWords);
  if (!judged.ok) return judged;
  const hashed = await inTurn(() => hash(prehash(password), COST));
  return hashed.ok ? ok({ hash: hashed.value }) : hashed;
}

/**
 * Whether this is the password; takes the same time when there is no stored hash.
 * @param stored bcrypt hash, or null for an unknown user or one without a password
 */
export async function verifyPassword(password: string, stored: string | null): Promise<Result<boolean>> {
  const same = await inTurn(() => compare(prehash(password), stored ?? NOBODYS_HASH));
  return same.ok ? ok(same.value && stored !== null) : same;
}
