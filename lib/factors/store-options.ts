import type { Database } from "#lib/db/client";
import { env } from "#lib/env";
import { assertionOptions } from "./passkey";
import { type ChallengePurpose, openChallenge, passkeysOf } from "./store";

/** What the browser needs to have one of a person's passkeys sign; null options for who has none. */
export async function optionsToSign(
  db: Database,
  userId: string,
  purpose: ChallengePurpose,
  now: number,
): Promise<{ options: object | null }> {
  const has = await passkeysOf(db, userId);
  if (has.length === 0) return { options: null };
  const challenge = await openChallenge(db, userId, purpose, now);
  return { options: await assertionOptions(env().url, has, challenge) };
}
