import { generateSecret, generateURI, verifySync } from "otplib";

/** RFC 6238 with what every authenticator app knows: SHA-1, six digits, thirty seconds. */
export const STEP_MS = 30_000;

/** 160 random bits (RFC 4226 §4 R6), as base32. */
export const newTotpSecret = (): string => generateSecret({ length: 20 });

/** What an authenticator app reads from the QR code. @param host of the portal, so that two installations differ */
export const totpUri = (secret: string, username: string, host: string): string =>
  generateURI({ issuer: `Latchkey ${host}`, label: username, secret });

export const isTotpCode = (code: string): boolean => /^\d{6}$/.test(code);

/**
 * Which time step this code belongs to. One step of clock skew either way is allowed (RFC 6238 §6).
 * @param secret base32
 * @param lastStep of the code that was accepted last: it and older ones are good no more (RFC 6238 §5.2)
 * @param now epoch milliseconds
 * @returns the step, to be kept as the last one; null for a wrong or used code
 */
export function matchingStep(secret: string, code: string, lastStep: number | null, now: number): number | null {
  if (!isTotpCode(code)) return null;
  const epoch = Math.floor(now / 1000);
  const result = verifySync({ secret, token: code, epoch, epochTolerance: STEP_MS / 1000, strategy: "totp" });
  if (!result.valid || !("timeStep" in result)) return null;
  return lastStep !== null && result.timeStep <= lastStep ? null : result.timeStep;
}
