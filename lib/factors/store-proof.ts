import type { Database, Transaction } from "#lib/db/client";
import { env } from "#lib/env";
import { type Assertion, challengeIn, signedBy } from "./passkey";
import { isRecoveryCode, recoveryDigest } from "./recovery";
import { type ChallengePurpose, passkeysOf, takeChallenge, totpsOf } from "./store";
import { matchingStep } from "./totp";

/** What somebody shows: a code of their app or a recovery code, or what a passkey signed. */
export type Shown = { readonly code?: string | undefined; readonly passkey?: Assertion | undefined };

/** What was shown and is right, before it is spent. */
export type Proof =
  | { readonly by: "totp"; readonly factorId: string; readonly step: number }
  | { readonly by: "passkey"; readonly factorId: string; readonly counter: number }
  | { readonly by: "recovery"; readonly digest: Uint8Array<ArrayBuffer> };

async function ofPasskey(
  db: Database,
  userId: string,
  assertion: Assertion,
  purpose: ChallengePurpose,
  now: number,
): Promise<Proof | null> {
  const challenge = challengeIn(assertion);
  if (challenge === null || !(await takeChallenge(db, userId, purpose, challenge, now))) return null;
  // Among this person's only: somebody else's passkey is none.
  const key = (await passkeysOf(db, userId)).find(({ credentialId }) => credentialId === assertion.id);
  if (key === undefined) return null;
  const counter = await signedBy(env().url, key, assertion, challenge);
  return counter === null ? null : { by: "passkey", factorId: key.id, counter };
}

async function ofCode(db: Database, userId: string, code: string, now: number): Promise<Proof | null> {
  if (isRecoveryCode(code)) {
    const digest = recoveryDigest(userId, code);
    const kept = await db.recoveryCode.count({ where: { digest, userId, usedAt: null } });
    return kept === 1 ? { by: "recovery", digest } : null;
  }
  for (const { id, secret, lastStep } of await totpsOf(db, userId, true, now)) {
    const step = matchingStep(secret, code.replace(/\s/g, ""), lastStep, now);
    if (step !== null) return { by: "totp", factorId: id, step };
  }
  return null;
}

/**
 * Judges what a person shows as their second factor; spends nothing but a passkey's challenge.
 * @param now epoch milliseconds
 * @returns null for what is wrong, used before, or somebody else's
 */
export async function proofOf(
  db: Database,
  userId: string,
  { code, passkey }: Shown,
  purpose: ChallengePurpose,
  now: number,
): Promise<Proof | null> {
  if (passkey !== undefined) return ofPasskey(db, userId, passkey, purpose, now);
  return code === undefined ? null : ofCode(db, userId, code, now);
}

/**
 * Spends a proof in the transaction of what it is for. Of two at once with one code, one wins: the row's lock decides.
 * @returns false for the other
 */
export async function spend(tx: Transaction, proof: Proof, now: number): Promise<boolean> {
  const at = new Date(now);
  if (proof.by === "recovery") {
    const where = { digest: proof.digest, usedAt: null };
    return (await tx.recoveryCode.updateMany({ where, data: { usedAt: at } })).count === 1;
  }
  const { factorId: id } = proof;
  if (proof.by === "totp") {
    const where = { id, OR: [{ lastStep: null }, { lastStep: { lt: proof.step } }] };
    return (await tx.secondFactor.updateMany({ where, data: { lastStep: proof.step, lastUsedAt: at } })).count === 1;
  }
  // A passkey without a counter says 0 for ever (WebAuthn §6.1.1); its challenge was good once.
  const where = { id, OR: [{ counter: { lt: proof.counter } }, { counter: 0 }] };
  return (await tx.secondFactor.updateMany({ where, data: { counter: proof.counter, lastUsedAt: at } })).count === 1;
}
