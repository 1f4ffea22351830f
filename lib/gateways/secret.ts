import { createHash, randomBytes } from "node:crypto";

/** How long a gateway's previous secret keeps working after a rotation. */
export const PREVIOUS_MS = 24 * 3600_000;

/**
 * Makes a gateway's secret: 256 random bits. No underscore in it, so that it can never be taken for a token, whatever
 * prefix tokens have.
 */
export const newGatewaySecret = (): string => `gateway-${randomBytes(32).toString("hex")}`;

/** SHA-256: what the database keeps. Random bits need no slow hash. */
export const gatewaySecretDigest = (secret: string): Buffer => createHash("sha256").update(secret).digest();
