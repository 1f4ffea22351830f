import { Buffer } from "node:buffer";
import type { Application } from "#lib/applications/application";
import { newSecret } from "#lib/tokens/secret";

type Named = Readonly<Record<string, string | string[]>>;

/**
 * Headers as the token's own client would send them, with a secret that is nobody's: who asks about a token that they
 * see need not have its secret, and nothing that leaves here opens a door.
 * @param credentials how the application takes tokens; the first way that it takes is used
 * @param prefix of this installation's secrets
 */
export function standInHeaders(
  credentials: Application["credentials"] | undefined,
  prefix: string,
): Record<string, string> {
  const secret = newSecret(prefix);
  if (credentials === undefined || credentials.bearer) return { Authorization: `Bearer ${secret}` };
  if (credentials.basic) return { Authorization: `Basic ${Buffer.from(`token:${secret}`).toString("base64")}` };
  return credentials.header === null ? { Authorization: `Bearer ${secret}` } : { [credentials.header]: secret };
}

/** Names of headers among these that carry a credential: beside a token that was picked there must be none. */
export const carriesCredential = (headers: Named, custom: string | null | undefined): boolean =>
  Object.keys(headers).some((name) => ["authorization", custom?.toLowerCase()].includes(name.toLowerCase()));
