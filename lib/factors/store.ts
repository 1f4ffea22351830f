import { createHash, randomBytes } from "node:crypto";
import type { Database, Transaction } from "#lib/db/client";
import { keyRing } from "#lib/keys/ring";
import { seal, unseal } from "#lib/keys/sealed";
import { CHALLENGE_MS, type Passkey } from "./passkey";
import { newRecoveryCodes, recoveryDigest } from "./recovery";

const VIEW = { id: true, kind: true, name: true, createdAt: true, lastUsedAt: true } as const;

/** A person's factors that are set up, oldest first. */
export const factorsOf = (db: Database | Transaction, userId: string) =>
  db.secondFactor.findMany({
    where: { userId, confirmedAt: { not: null } },
    select: VIEW,
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });

/** Locks a person's row: of two that change their factors at once, the second sees what the first did. */
export async function lockFactorsOf(tx: Transaction, userId: string) {
  await tx.$executeRaw`SELECT id FROM users WHERE id = ${userId}::uuid FOR NO KEY UPDATE`;
  return factorsOf(tx, userId);
}

const placeOf = (userId: string, id: string) => `second_factors/${userId}/${id}/sealed`;

/** Seals the secret of an authenticator app for its row, and no other. @param secret base32 */
export async function sealTotp(db: Database, userId: string, id: string, secret: string, now: number) {
  const { active } = await keyRing(db, "vault", now);
  const sealed = new Uint8Array(seal(active.secret, Buffer.from(secret, "utf8"), placeOf(userId, id)));
  return { kid: active.kid, sealed };
}

/** The authenticator apps of a person with their secrets. @param confirmed false for those being set up */
export async function totpsOf(db: Database, userId: string, confirmed: boolean, now: number) {
  const rows = await db.secondFactor.findMany({
    where: { userId, kind: "totp", confirmedAt: confirmed ? { not: null } : null },
    select: { id: true, kid: true, sealed: true, lastStep: true, createdAt: true },
  });
  const { all } = await keyRing(db, "vault", now);
  return rows.flatMap(({ id, kid, sealed, lastStep, createdAt }) => {
    const key = all.get(kid ?? "");
    const secret = key && sealed && unseal(key.secret, sealed, placeOf(userId, id));
    return secret ? [{ id, secret: secret.toString("utf8"), lastStep, createdAt }] : [];
  });
}

/** The passkeys of a person, to ask for one of them or to judge what it signed. */
export async function passkeysOf(db: Database, userId: string): Promise<(Passkey & { id: string })[]> {
  const rows = await db.secondFactor.findMany({ where: { userId, kind: "passkey" } });
  return rows.flatMap(({ id, credentialId, publicKey, counter, transports }) =>
    credentialId === null || publicKey === null
      ? []
      : [{ id, credentialId, publicKey: new Uint8Array(publicKey), counter: Number(counter ?? 0), transports }],
  );
}

/** What a challenge is for: an answer to one is none to another. */
export type ChallengePurpose = "make" | "sign-in" | "confirm";

const challengeDigest = (challenge: string) => new Uint8Array(createHash("sha256").update(challenge).digest());

/** Makes a challenge (256 random bits) that waits a few minutes for one answer. No change of anything: not audited. */
export async function openChallenge(db: Database, userId: string, purpose: ChallengePurpose, now: number) {
  const challenge = randomBytes(32);
  const digest = challengeDigest(challenge.toString("base64url"));
  await db.passkeyChallenge.deleteMany({ where: { expiresAt: { lte: new Date(now) } } });
  await db.passkeyChallenge.create({ data: { digest, userId, purpose, expiresAt: new Date(now + CHALLENGE_MS) } });
  return challenge;
}

/** Takes a challenge, right or wrong answer: there is no second one. @returns whether it was there for this */
export async function takeChallenge(
  db: Database,
  userId: string,
  purpose: ChallengePurpose,
  challenge: string,
  now: number,
): Promise<boolean> {
  const digest = challengeDigest(challenge);
  const where = { digest, userId, purpose, expiresAt: { gt: new Date(now) } };
  return (await db.passkeyChallenge.deleteMany({ where })).count === 1;
}

/** Replaces a person's recovery codes. @returns the new ones, which are nowhere else */
export async function renewRecoveryCodes(tx: Transaction, userId: string, now: number): Promise<string[]> {
  const codes = newRecoveryCodes();
  await tx.recoveryCode.deleteMany({ where: { userId } });
  const createdAt = new Date(now);
  await tx.recoveryCode.createMany({
    data: codes.map((code) => ({ digest: recoveryDigest(userId, code), userId, createdAt })),
  });
  return codes;
}

export const recoveryCodesLeft = (db: Database | Transaction, userId: string): Promise<number> =>
  db.recoveryCode.count({ where: { userId, usedAt: null } });
