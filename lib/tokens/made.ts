import type { Json } from "#lib/audit/event";
import type { Applications } from "#lib/policies/limits";
import type { Wish } from "./making/wish";
import type { TokenWished } from "./schema";
import type { TokenView } from "./view";

/** A new token, and its secret: the one answer that holds it. */
export type Made = { readonly token: TokenView; readonly secret: string };

/** Applications as the columns hold them. */
export function applicationColumns(applications: Applications): { allApplications: boolean; applications: string[] } {
  return applications === "all"
    ? { allApplications: true, applications: [] }
    : { allApplications: false, applications: [...applications] };
}

/** What is wished, judged or not yet, as the columns hold it. */
export function wishColumns(wished: Pick<TokenWished, "name" | "labels">, wish: Wish) {
  const { description, contact, applications, access, ipRanges, expiresAt } = wish;
  return {
    name: wished.name,
    labels: wished.labels,
    ...{ description, contact, access },
    ...applicationColumns(applications),
    ipRanges: [...ipRanges],
    expiresAt: expiresAt === null ? null : new Date(expiresAt),
  };
}

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
