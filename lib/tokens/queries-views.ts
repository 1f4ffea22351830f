import type { Viewer } from "#lib/access/viewer";
import { now } from "#lib/clock";
import { database } from "#lib/db/client";
import { tokenFilter } from "./search/filter";
import { TOKEN_VIEWS } from "./search/views";
import { managedScope } from "./store-scope";
import { COUNTED, countTokens } from "./store-search";

/** How many tokens each built-in view has for a viewer, in words: `1,284`, and `10,000+` where nobody counts on. */
export async function countViews(viewer: Viewer): Promise<Readonly<Record<string, string>>> {
  const [db, at] = [database(), now()];
  const scope = await managedScope(db, viewer);
  const counts = await Promise.all(
    TOKEN_VIEWS.map(async ({ key, filter }) => {
      const { total: count } = await countTokens(db, { scope, filter: tokenFilter.parse(filter), now: at });
      const words = Math.min(count, COUNTED).toLocaleString("en");
      return [key, count > COUNTED ? `${words}+` : words] as const;
    }),
  );
  return Object.fromEntries(counts);
}
