import { Buffer } from "node:buffer";
import type { Application } from "#lib/applications/application";
import { newSecret } from "#lib/tokens/secret";

type Named = Readonly<Record<string, string | string[]>>;

/** The first place where an application takes tokens, as `Kept` names places; of an unknown one Bearer. */
export function placeIn(credentials: Application["credentials"] | undefined): string {
  if (credentials === undefined || credentials.bearer) return "Bearer";
  if (credentials.basic) return "Basic";
  return credentials.header === null ? "Bearer" : `header ${credentials.header}`;
}

/**
 * What the token's own client would send, with a secret that is nobody's: who asks about a token that they see need not
 * have its secret, and nothing that leaves here opens a door.
 * @param place where it would stand: `Basic`, `Bearer`, `header NAME` or `query NAME`
 * @param prefix of this installation's secrets
 * @returns headers, and a query without its question mark; empty where the secret stands in a header
 */
export function standIn(place: string, prefix: string): { headers: Record<string, string>; query: string } {
  const secret = newSecret(prefix);
  const [kind, name = ""] = place.split(" ");
  switch (kind) {
    case "Basic":
      return {
        headers: { Authorization: `Basic ${Buffer.from(`token:${secret}`).toString("base64")}` },
        query: "",
      };
    case "header":
      return { headers: { [name]: secret }, query: "" };
    case "query":
      return { headers: {}, query: `${encodeURIComponent(name)}=${secret}` };
    default:
      return { headers: { Authorization: `Bearer ${secret}` }, query: "" };
  }
}

/** Names of headers among these that carry a credential: beside a token that was picked there must be none. */
export const carriesCredential = (headers: Named, custom: string | null | undefined): boolean =>
  Object.keys(headers).some((name) => ["authorization", custom?.toLowerCase()].includes(name.toLowerCase()));
