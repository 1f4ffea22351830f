import type { Viewer } from "#lib/access/viewer";
import { database } from "#lib/db/client";
import type { Result } from "#lib/errors/error";
import { text } from "#lib/keyset";
import { type ListQuery, leniently, listPage, listQuery, type Page } from "#lib/pagination";
import { matching } from "#lib/users/store-filter";
import { groupById } from "./queries";
import type { MemberView } from "./view";

const COLUMNS = { username: text("usernameKey"), displayName: text("displayName") };
export const membersQuery = listQuery(COLUMNS, "username");

/**
 * The members of a group that the viewer may see, page by page; `q` looks in username, display name and e-mail.
 * @returns `not_found` also for a group that exists but is not for this viewer
 */
export async function listMembers(
  viewer: Viewer,
  id: string | undefined,
  query: ListQuery,
): Promise<Result<Page<MemberView>>> {
  const group = await groupById(viewer, id);
  if (!group.ok) return group;
  const member = { groupId: group.value.id };
  const select = {
    ...{ id: true, username: true, usernameKey: true, displayName: true, kind: true, deactivatedAt: true },
    memberships: { where: member, select: { addedAt: true, addedBy: true } },
  } as const;
  return listPage({
    ...{ query, columns: COLUMNS },
    where: [{ memberships: { some: member } }, ...matching(query.q)],
    fetch: (ask) => database().user.findMany({ ...ask, select }),
    view: ({ id: userId, username, displayName, kind, deactivatedAt, memberships: [link] }): MemberView => ({
      ...{ id: userId, username, displayName, kind },
      deactivatedAt: deactivatedAt?.toISOString() ?? null,
      addedAt: (link?.addedAt ?? new Date(0)).toISOString(),
      addedBy: link?.addedBy ?? "",
    }),
  });
}

/** The same for a page, whose address is typed and shared by hand. */
export const pageOfMembers = (viewer: Viewer, id: string, asked: Readonly<Record<string, unknown>>) =>
  leniently(membersQuery, asked, (query) => listMembers(viewer, id, query));
