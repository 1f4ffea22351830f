import { z } from "zod";
import { STEP_UP_MS } from "#lib/access/step-up";
import type { SessionViewer } from "#lib/access/viewer";
import { verifyPassword } from "#lib/auth/password";
import { claimAttempt, claimCode, forgiveAttempts } from "#lib/auth/throttle";
import { defineCommand, nothingToFind, whoeverCame } from "#lib/commands/command";
import type { Database } from "#lib/db/client";
import { ok, type Result, refuse } from "#lib/errors/error";
import { shownFields } from "#lib/factors/shown";
import { type Proof, proofOf, type Shown, spend } from "#lib/factors/store-proof";
import { wrongProof } from "../store-credentials";

const ONE = "Type your password or a code, or use your passkey.";

const input = z
  .strictObject({
    password: z
      .string("Type your password.")
      .min(1, "Type your password.")
      .max(1024, "This is too long for a password.")
      .optional(),
    ...shownFields,
  })
  .refine((given) => Object.values(given).filter((each) => each !== undefined).length === 1, {
    path: ["password"],
    message: ONE,
  });

async function rightPassword(db: Database, userId: string, password: string): Promise<Result<void>> {
  const stored = await db.passwordCredential.findUnique({ where: { userId }, select: { hash: true } });
  const right = await verifyPassword(password, stored?.hash ?? null);
  if (!right.ok) return right;
  if (right.value) return ok(undefined);
  const message = "This is not your password.";
  return refuse("invalid_input", message, [{ path: "password", message }]);
}

/** @returns what is to be spent; null for a password, which is not */
async function verified(
  db: Database,
  viewer: SessionViewer,
  { password, ...shown }: Shown & { password?: string | undefined },
  now: number,
): Promise<Result<Proof | null>> {
  // Codes are guessed at from here like at sign-in: a stolen session is no known address.
  const attempt = { account: viewer.userId, address: viewer.address, knownAddress: true };
  const claimed = await claimAttempt(db, attempt, now);
  if (!claimed.ok) return claimed;
  const code = shown.code === undefined ? ok(undefined) : await claimCode(db, { ...attempt, knownAddress: false }, now);
  if (!code.ok) return code;
  const proof = password === undefined ? await proofOf(db, viewer.userId, shown, "confirm", now) : null;
  const right = password === undefined ? ok(undefined) : await rightPassword(db, viewer.userId, password);
  if (!right.ok) return right;
  if (password === undefined && proof === null) return wrongProof(shown);
  await forgiveAttempts(db, attempt, now);
  return ok(proof);
}

/** Step-up: the person at this session proves again, by password, code or passkey, that it is them. For ten minutes. */
export const confirmPresence = defineCommand({
  input,
  door: ["session", "unproven"],
  whileRestored: "open",
  stepUp: false,
  administration: "untouched",
  prepare: async ({ db, actor, now }, given) => verified(db, actor, given, now),
  subject: nothingToFind,
  allows: whoeverCame,
  perform: async ({ tx, actor: { sessionId, userId, username }, now, prepared: proof }, _subject, given) => {
    if (proof !== null && !(await spend(tx, proof, now))) return wrongProof(given);
    const at = new Date(now);
    const proved = proof === null ? {} : { secondFactorAt: at };
    await tx.session.updateMany({ where: { id: sessionId, endedAt: null }, data: { stepUpAt: at, ...proved } });
    const detail = { before: null, after: { session: sessionId, by: proof?.by ?? ("password" as const) } };
    return ok({
      output: { until: new Date(now + STEP_UP_MS).toISOString() },
      events: [{ action: "user.confirmed", subject: { id: userId, name: username }, detail }],
    });
  },
  conflicts: {},
});
