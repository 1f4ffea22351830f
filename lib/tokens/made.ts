import type { Json } from "#lib/audit/event";
import type { TokenView } from "./view";

/** A new token, and its secret: the one answer that holds it. */
export type Made = { readonly token: TokenView; readonly secret: string };

/** What the audit log says of a token that was made. */
export function madeDetail(
  { owner, grant, applications, access, ipRanges, expiresAt, hint }: TokenView,
  more: Record<string, Json> = {},
) {
  const { by, name } = grant;
  return {
    before: null,
    after: { owner: owner.username, grant: { by, name }, applications, access, ipRanges, expiresAt, hint, ...more },
  };
}
