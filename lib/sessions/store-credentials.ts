import { crowded, verifyPassword } from "#lib/auth/password";
import { type Attempt, claimAttempt, claimCode, forgiveAttempts, takeBackAttempt } from "#lib/auth/throttle";
import type { Database } from "#lib/db/client";
import { ok, type Result, refuse } from "#lib/errors/error";
import { provableBy } from "#lib/factors/factor";
import { factorsOf } from "#lib/factors/store";
import { type Proof, proofOf, type Shown } from "#lib/factors/store-proof";
import { foldName } from "#lib/users/name";

// One text for an unknown user, a wrong password, a service account and a deactivated one (OWASP ASVS 6.3.8).
export const WRONG = "Username or password is wrong.";
const WRONG_CODE = "This code is wrong or was used before. Wait for the next one.";
const WRONG_PASSKEY = "This passkey was not accepted. Try again, or use another way.";

/** What is said of a second factor that does not fit. */
export function wrongProof({ passkey }: Shown): Result<never> {
  const [path, message] = passkey === undefined ? ["code", WRONG_CODE] : ["passkey", WRONG_PASSKEY];
  return refuse("invalid_input", message, [{ path, message }]);
}

async function findAccount(db: Database, key: string) {
  const select = { id: true, kind: true, deactivatedAt: true, password: { select: { hash: true } } } as const;
  const byName = await db.user.findUnique({ where: { usernameKey: key }, select });
  if (byName !== null) return byName;
  const alias = await db.userAlias.findUnique({ where: { key }, select: { user: { select } } });
  return alias?.user ?? null;
}

/** More are sent away before anything of them is looked up: what they would wait for has room for fewer, and pages need the database, too. */
const MOST_AT_ONCE = 60;
let underWay = 0;

/**
 * Whose password it is; counted as an attempt, which is forgiven or taken back by who asked.
 * @returns `too_many_requests` also where too many sign in at this moment; that is no attempt
 */
export async function verifyName(
  ...given: Parameters<typeof verifyNameInTurn>
): Promise<Result<{ userId: string; attempt: Attempt }>> {
  if (underWay >= MOST_AT_ONCE) return crowded();
  underWay += 1;
  try {
    return await verifyNameInTurn(...given);
  } finally {
    underWay -= 1;
  }
}

async function verifyNameInTurn(
  db: Database,
  { username, password }: { username: string; password: string },
  address: string,
  now: number,
): Promise<Result<{ userId: string; attempt: Attempt }>> {
  const key = foldName(username);
  const user = await findAccount(db, key);
  // Throttled by what was typed when nobody has that name: the answer must not tell who exists.
  const known = user === null ? 0 : await db.session.count({ where: { userId: user.id, address }, take: 1 });
  const attempt = { account: user?.id ?? key, address, knownAddress: known > 0 };
  const claimed = await claimAttempt(db, attempt, now);
  if (!claimed.ok) return claimed;
  const mayEnter = user !== null && user.kind === "person" && user.deactivatedAt === null;
  const right = await verifyPassword(password, mayEnter ? (user.password?.hash ?? null) : null);
  if (!right.ok) return right;
  return !right.value || user === null ? refuse("unauthenticated", WRONG) : ok({ userId: user.id, attempt });
}

/**
 * The second factor of somebody whose password was right. It is asked for in a second step, so that only who knows the
 * password can guess at it at all, and so that nobody without one sees a field for it. That the step comes tells that
 * the password was right: it opens nothing by itself, and every guess at it was counted as before.
 * @returns the proof; null for who has no second factor; `second_factor_required`, `invalid_input`, `too_many_requests`
 */
export async function verifyFactor(
  db: Database,
  userId: string,
  attempt: Attempt,
  shown: Shown,
  now: number,
): Promise<Result<Proof | null>> {
  const factors = await factorsOf(db, userId);
  if (factors.length === 0) return ok(null);
  if (shown.code === undefined && shown.passkey === undefined) {
    await takeBackAttempt(db, attempt);
    const message = "Now show your second factor: a code of your app, or your passkey.";
    const path = provableBy(factors).passkey ? "passkey" : "code";
    return refuse("second_factor_required", message, [{ path, message }]);
  }
  if (shown.code !== undefined) {
    const claimed = await claimCode(db, attempt, now);
    if (!claimed.ok) return claimed;
  }
  const proof = await proofOf(db, userId, shown, "sign-in", now);
  return proof === null ? wrongProof(shown) : ok(proof);
}

/** All of it. Who came through is forgiven their failures, only now: a known password forgives no guesses at codes. */
export async function verifyPerson(
  db: Database,
  given: { username: string; password: string } & Shown,
  address: string,
  now: number,
): Promise<Result<{ userId: string; proof: Proof | null }>> {
  const named = await verifyName(db, given, address, now);
  if (!named.ok) return named;
  const { userId, attempt } = named.value;
  const proof = await verifyFactor(db, userId, attempt, given, now);
  if (!proof.ok) return proof;
  await forgiveAttempts(db, attempt, now);
  return ok({ userId, proof: proof.value });
}
