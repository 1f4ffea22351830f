import type { TokenView } from "./view";

/** A new token, and its secret: the one answer that holds it. */
export type Made = { readonly token: TokenView; readonly secret: string };

/** A new token without a secret, and the link that gives it one: the one answer that holds it. */
export type Pending = {
  readonly token: TokenView;
  readonly claim: { readonly url: string; readonly expiresAt: string };
};

/** What the issuer of a token gets: the secret, where they may see it, or the link for its holder. */
export type Issued = Made | Pending;

/** What the audit log says of a token that was made. */
export type MadeDetail = Pick<TokenView, "applications" | "access" | "ipRanges" | "expiresAt" | "hint"> & {
  readonly owner: string;
  readonly grant: Pick<TokenView["grant"], "by" | "name">;
  /** Made past what is judged when tokens are made. */
  readonly override?: true;
  /** The id of its predecessor. */
  readonly rotatedFrom?: string;
};

export function madeDetail(
  { owner, grant, applications, access, ipRanges, expiresAt, hint }: TokenView,
  more: Pick<MadeDetail, "override" | "rotatedFrom"> = {},
): { readonly before: null; readonly after: MadeDetail } {
  const { by, name } = grant;
  return {
    before: null,
    after: { owner: owner.username, grant: { by, name }, applications, access, ipRanges, expiresAt, hint, ...more },
  };
}
