import type { Viewer } from "#lib/access/viewer";
import { type Database, database } from "#lib/db/client";
import { readPolicies } from "#lib/policies/store";
import type { TokenRow } from "./row";
import { TOKEN_COLUMNS, viewTokens } from "./store";
import type { TokenView } from "./view";

/** The rows of ids, in their order; one that is gone meanwhile is left out. */
export async function rowsOf(db: Database, ids: readonly string[]): Promise<TokenRow[]> {
  const rows = await db.token.findMany({ where: { id: { in: [...ids] } }, select: TOKEN_COLUMNS });
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** Tokens as REST and the command line show them. @param now epoch milliseconds */
export async function plainly(viewer: Viewer, rows: readonly TokenRow[], now: number): Promise<TokenView[]> {
  return viewTokens(database(), viewer, rows, await readPolicies(database()), now);
}
