import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

/** How long a set-up link works. */
export const SETUP_CODE_MS = 3600_000;

/** 128 random bits; goes into the link's fragment, which browsers never send. */
export const newSetupCode = (): string => randomBytes(16).toString("base64url");

/** SHA-256: what the database keeps of the code. */
export const setupCodeDigest = (code: string): Buffer => createHash("sha256").update(code).digest();

/** The set-up row, times in epoch milliseconds. */
export type SetupState = {
  readonly codeDigest: Uint8Array | null;
  readonly codeExpiresAt: number | null;
  readonly completedAt: number | null;
};

/** Whether this code opens the set-up now. Never again once the first admin exists. */
export function opensSetup(state: SetupState, code: string, now: number): boolean {
  const { codeDigest, codeExpiresAt, completedAt } = state;
  if (completedAt !== null || codeDigest === null || codeExpiresAt === null || now >= codeExpiresAt) return false;
  return timingSafeEqual(Buffer.from(codeDigest), setupCodeDigest(code));
}
