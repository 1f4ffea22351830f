import type { Viewer } from "#lib/access/viewer";
import { now } from "#lib/clock";
import { database } from "#lib/db/client";
import { TOKENS_CSV } from "./search/csv";
import type { TokenFilter } from "./search/filter";
import { readied } from "./store-breaches";
import { managedScope } from "./store-scope";
import { countTokens, findTokenIds } from "./store-search";
import { plainly, rowsOf } from "./store-shown";

const AT_ONCE = 500;

/**
 * The tokens that somebody manages and a filter asks for as CSV, newest first, piece by piece: however many there are,
 * no more than a few hundred are held. Each piece is read when it is wanted; what is made meanwhile is not in it.
 */
export async function* exportedTokens(viewer: Viewer, filter: TokenFilter): AsyncGenerator<string> {
  const db = database();
  const search = { scope: await managedScope(db, viewer), filter, now: now() };
  await readied(db, filter, search.now);
  const counted = await countTokens(db, search);
  yield TOKENS_CSV.head;
  for (let from = null as { id: string; key: string } | null; ; ) {
    const seek = { order: "createdAt", descending: true, from, take: AT_ONCE } as const;
    const found = await findTokenIds(db, search, seek, counted);
    const rows = await rowsOf(
      db,
      found.map(({ id }) => id),
    );
    yield (await plainly(viewer, rows, search.now)).map(TOKENS_CSV.line).join("");
    from = found.at(-1) ?? null;
    if (found.length < AT_ONCE || from === null) return;
  }
}
