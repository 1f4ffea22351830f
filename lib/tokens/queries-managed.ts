import type { Viewer } from "#lib/access/viewer";
import { database } from "#lib/db/client";
import { type Result, refuse } from "#lib/errors/error";
import { leniently, type Page } from "#lib/pagination";
import type { OfferedToken } from "./acting/actions-on";
import { plainly, readTokens, type TokensQuery, tokensQuery } from "./queries";
import { managedTokens, managesSome } from "./store";
import { offerTokens } from "./store-offered";
import type { TokenView } from "./view";

const NOTHING = refuse("forbidden", "You manage nobody's tokens. Your own are at /api/v1/tokens.");

/**
 * Whether somebody has tokens of others to look at: with a role all, delegates those in their scope, maintainers those
 * of their accounts. Who does not finds neither list nor page.
 */
export async function managesTokens(viewer: Viewer): Promise<boolean> {
  return managesSome(database(), viewer);
}

/** Lists tokens for who manages them. @returns `forbidden` for everybody else: one's own are another list */
export async function pageOfManagedTokens(viewer: Viewer, query: TokensQuery): Promise<Result<Page<TokenView>>> {
  if (!(await managesTokens(viewer))) return NOTHING;
  return readTokens(await managedTokens(database(), viewer), query, plainly);
}

/** The same for a page, whose address is typed and shared by hand: with what the viewer may do to each. */
export const listManagedTokens = (viewer: Viewer, asked: Readonly<Record<string, unknown>>) =>
  leniently(tokensQuery, asked, async (query): Promise<Result<Page<OfferedToken>>> => {
    if (!(await managesTokens(viewer))) return NOTHING;
    const db = database();
    return readTokens(await managedTokens(db, viewer), query, (rows, at) => offerTokens(db, viewer, rows, at));
  });
