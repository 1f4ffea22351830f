import { can } from "#lib/access/can";
import type { Viewer } from "#lib/access/viewer";
import { database } from "#lib/db/client";
import { delegatedScope } from "#lib/delegations/store";
import { type Result, refuse } from "#lib/errors/error";
import type { Page } from "#lib/pagination";
import { pageOfTokens, type TokensQuery } from "./queries";
import type { TokenView } from "./view";

/**
 * Lists tokens for who manages them: administrators and auditors all, delegates those in their scope.
 * @returns `forbidden` for everybody else: one's own are another list
 */
export async function pageOfManagedTokens(viewer: Viewer, query: TokensQuery): Promise<Result<Page<TokenView>>> {
  const manages = can(viewer, "tokens.read-all") || (await delegatedScope(database(), viewer)) !== null;
  if (!manages) return refuse("forbidden", "You manage nobody's tokens. Your own are at /api/v1/tokens.");
  return pageOfTokens(viewer, query);
}
