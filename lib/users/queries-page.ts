import type { Viewer } from "#lib/access/viewer";
import { now } from "#lib/clock";
import { database } from "#lib/db/client";
import { ok, type Result } from "#lib/errors/error";
import { leniently, type Page } from "#lib/pagination";
import { listUsers, usersQuery } from "./queries";
import type { ListedUser, UserView } from "./view";

async function withTokens(page: Page<UserView>): Promise<Result<Page<ListedUser>>> {
  const at = new Date(now());
  const counts = await database().token.groupBy({
    by: ["ownerId"],
    where: {
      ownerId: { in: page.items.map(({ id }) => id) },
      ...{ revokedAt: null, deniedAt: null },
      AND: [
        { OR: [{ expiresAt: null }, { expiresAt: { gt: at } }] },
        { OR: [{ supersededAt: null }, { overlapEndsAt: { gt: at } }] },
      ],
    },
    _count: true,
  });
  const byOwner = new Map(counts.map(({ ownerId, _count }) => [ownerId, _count]));
  return ok({ ...page, items: page.items.map((user) => ({ user, tokens: byOwner.get(user.id) ?? 0 })) });
}

/** Users with their tokens, for a page of who may see them; its address is typed and shared by hand. */
export const pageOfUsers = (viewer: Viewer, asked: Readonly<Record<string, unknown>>) =>
  leniently(usersQuery, asked, async (query) => {
    const found = await listUsers(viewer, query);
    return found.ok ? withTokens(found.value) : found;
  });
