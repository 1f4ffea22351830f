import { env } from "#lib/env";
import { type KeyPurpose, wrappingKey, wrappingKeys } from "./key";

/** What may have wrapped a key of this purpose in this installation: LATCHKEY_SECRET, or the one before while it changes. */
export function acceptedWrappingKeys(purpose: KeyPurpose): readonly Buffer[] {
  const { secret, previousSecret } = env();
  return wrappingKeys(
    purpose,
    [secret, previousSecret].filter((each) => each !== undefined),
  );
}

/** What wraps keys of this purpose from now on. */
export const currentWrappingKey = (purpose: KeyPurpose): Buffer => wrappingKey(env().secret, purpose);
