import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from "@simplewebauthn/server";
import { z } from "zod";

/** Who asks: the portal, by its address (WebAuthn §5.1.3: RP ID and origin). */
const party = (portalUrl: string) => ({ id: new URL(portalUrl).hostname, origin: new URL(portalUrl).origin });

/** How long a challenge waits for its answer. */
export const CHALLENGE_MS = 3 * 60_000;

/** What a passkey is known by. `publicKey` is a COSE key. */
export type Passkey = {
  readonly credentialId: string;
  readonly publicKey: Uint8Array<ArrayBuffer>;
  readonly counter: number;
  readonly transports: readonly string[];
};

const base64url = (most: number) =>
  z
    .string()
    .max(most)
    .regex(/^[A-Za-z0-9_-]+$/, "This is not base64url.");
const envelope = { id: base64url(1400), rawId: base64url(1400), type: z.literal("public-key") };

/** What the browser answers when a passkey signs (AuthenticationResponseJSON, without extensions). */
export const assertionInput = z.strictObject({
  ...envelope,
  response: z.strictObject({
    clientDataJSON: base64url(4096),
    authenticatorData: base64url(4096),
    signature: base64url(2048),
    userHandle: base64url(128).optional(),
  }),
});

/** What the browser answers when a passkey is made (RegistrationResponseJSON, without extensions). */
export const registrationInput = z.strictObject({
  ...envelope,
  response: z.strictObject({
    clientDataJSON: base64url(4096),
    attestationObject: base64url(24_000),
    transports: z
      .array(z.string().regex(/^[a-z-]{1,20}$/))
      .max(10)
      .optional(),
  }),
});

export type Assertion = z.output<typeof assertionInput>;
export type Registration = z.output<typeof registrationInput>;

/** The challenge that an answer says it signs; null for what is no client data. */
export function challengeIn({ response }: Assertion | Registration): string | null {
  const text = Buffer.from(response.clientDataJSON, "base64url").toString("utf8");
  const found = /"challenge"\s*:\s*"([A-Za-z0-9_-]{16,200})"/.exec(text);
  return found?.[1] ?? null;
}

type Person = { readonly userId: string; readonly username: string; readonly displayName: string };

/** What the browser needs to make a passkey. One that the person has already is not made twice. */
export const registrationOptions = (portalUrl: string, who: Person, has: readonly Passkey[], challenge: Buffer) =>
  generateRegistrationOptions({
    rpName: "Latchkey",
    rpID: party(portalUrl).id,
    userID: new Uint8Array(Buffer.from(who.userId)),
    userName: who.username,
    userDisplayName: who.displayName,
    challenge: new Uint8Array(challenge),
    attestationType: "none",
    excludeCredentials: has.map(({ credentialId, transports }) => ({ id: credentialId, transports: [...transports] })),
    authenticatorSelection: { residentKey: "preferred", userVerification: "required" },
    timeout: CHALLENGE_MS,
  });

/** What the browser needs to have one of these passkeys sign. */
export const assertionOptions = (portalUrl: string, has: readonly Passkey[], challenge: Buffer) =>
  generateAuthenticationOptions({
    rpID: party(portalUrl).id,
    allowCredentials: has.map(({ credentialId, transports }) => ({ id: credentialId, transports: [...transports] })),
    challenge: new Uint8Array(challenge),
    userVerification: "required",
    timeout: CHALLENGE_MS,
  });

/**
 * Judges a new passkey: its challenge, origin, RP ID, and that it verified its user (PIN, fingerprint).
 * @returns null for what does not fit; the library says so by throwing
 */
export async function madePasskey(portalUrl: string, made: Registration, challenge: string): Promise<Passkey | null> {
  const { id, origin } = party(portalUrl);
  const response = { ...made, clientExtensionResults: {} } as RegistrationResponseJSON; // transports are of an open list
  const judged = await verifyRegistrationResponse({
    response,
    expectedChallenge: challenge,
    expectedOrigin: origin,
    expectedRPID: id,
    requireUserVerification: true,
  }).catch(() => null);
  if (judged === null || !judged.verified) return null;
  const { id: credentialId, publicKey, counter } = judged.registrationInfo.credential;
  return { credentialId, publicKey: new Uint8Array(publicKey), counter, transports: made.response.transports ?? [] };
}

/**
 * Judges what a passkey signed: challenge, origin, RP ID, user verification, signature, and that its counter went on
 * (WebAuthn §7.2 step 22: one that did not is a copy).
 * @returns the new counter, or null
 */
export async function signedBy(
  portalUrl: string,
  { credentialId, publicKey, counter, transports }: Passkey,
  assertion: Assertion,
  challenge: string,
): Promise<number | null> {
  const { id, origin } = party(portalUrl);
  const { userHandle, ...signed } = assertion.response;
  const response: AuthenticationResponseJSON = {
    ...assertion,
    response: { ...signed, ...(userHandle === undefined ? {} : { userHandle }) },
    clientExtensionResults: {},
  };
  const judged = await verifyAuthenticationResponse({
    response,
    expectedChallenge: challenge,
    expectedOrigin: origin,
    expectedRPID: id,
    credential: { id: credentialId, publicKey, counter, transports: [...transports] },
    requireUserVerification: true,
  }).catch(() => null);
  return judged?.verified ? judged.authenticationInfo.newCounter : null;
}
