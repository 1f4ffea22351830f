import type { Viewer } from "#lib/access/viewer";
import { now } from "#lib/clock";
import { database } from "#lib/db/client";
import { ok, type Result, refuse } from "#lib/errors/error";
import { MOST_AT_ONCE } from "#lib/operations/operation";
import { planBulk } from "./bulk/plan";
import { type BulkPreview, previewOf, type Sighted } from "./bulk/preview";
import { BULK_ACTIONS, type BulkAction, type BulkInput, CHUNK, wishOf } from "./bulk/schema";
import { countedRight } from "./bulk/size";
import { visibleTokens } from "./store";
import { readied } from "./store-breaches";
import { readMany } from "./store-bulk";
import { actsOnSome, chosenIds } from "./store-choice";

/**
 * What doing something to many tokens would do, token by token by the rules that it will go by: whom it concerns, what
 * would be refused and why. Nothing is locked: what changes until then is judged anew.
 * @returns `forbidden`, `invalid_input`, `stale` with the new count
 */
export async function previewBulk(viewer: Viewer, input: BulkInput): Promise<Result<BulkPreview>> {
  const [db, at] = [database(), now()];
  if (!(await actsOnSome(db, viewer, input.action)))
    return refuse("forbidden", "No delegation lets you do this to tokens of others.");
  await readied(db, input.filter ?? {}, at);
  const ids = await chosenIds(db, viewer, input, at);
  const right = countedRight(ids.length, input.expected, MOST_AT_ONCE);
  if (!right.ok) return right;
  const wish = wishOf(input);
  const seen: Sighted[] = [];
  for (let from = 0; from < ids.length; from += CHUNK) {
    const chunk = ids.slice(from, from + CHUNK);
    const many = await readMany(db, viewer, chunk);
    const uses = await db.tokenUsage.findMany({
      where: { tokenId: { in: [...chunk] } },
      select: { tokenId: true, lastUsedAt: true },
    });
    const usedAt = new Map(uses.map(({ tokenId, lastUsedAt }) => [tokenId, lastUsedAt?.getTime() ?? null]));
    const { changed, refused } = planBulk(wish, many, at);
    const owners = [...many.found].map(([id, { owner }]) => [id, owner.username] as const);
    seen.push({ changed, refused, owners: new Map(owners), usedAt });
  }
  return ok(previewOf(input.action, ids.length, seen, at));
}

/** What somebody could do to tokens of others, many at a time. */
export async function bulkActionsOf(viewer: Viewer): Promise<readonly BulkAction[]> {
  const may = await Promise.all(BULK_ACTIONS.map((action) => actsOnSome(database(), viewer, action)));
  return BULK_ACTIONS.filter((_action, index) => may[index]);
}

/** Names and owners of some tokens, of those that a viewer sees. */
export async function namesOfTokens(
  viewer: Viewer,
  ids: readonly string[],
): Promise<Readonly<Record<string, { readonly name: string; readonly owner: string }>>> {
  if (ids.length === 0) return {};
  const db = database();
  const rows = await db.token.findMany({
    where: { AND: [await visibleTokens(db, viewer), { id: { in: [...ids] } }] },
    select: { id: true, name: true, owner: { select: { username: true } } },
  });
  return Object.fromEntries(rows.map(({ id, name, owner }) => [id, { name, owner: owner.username }]));
}
