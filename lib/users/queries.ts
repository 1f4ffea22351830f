import type { Viewer } from "#lib/access/viewer";
import { database, type Prisma } from "#lib/db/client";
import { ok, type Result, refuse } from "#lib/errors/error";
import { isId } from "#lib/fields";
import { text, time } from "#lib/keyset";
import { type ListQuery, listPage, listQuery, type Page } from "#lib/pagination";
import { readPolicies } from "#lib/policies/store";
import { type UserFilter, userFilter } from "./filter";
import { foldName } from "./name";
import { USER_COLUMNS, USER_NOT_FOUND, visibleUsers } from "./store";
import { conditionsOf, matching } from "./store-filter";
import { type UserView, userView } from "./view";

const COLUMNS = {
  username: text("usernameKey"),
  displayName: text("displayName"),
  createdAt: time("createdAt"),
  lastSignInAt: time("lastSignInAt", "nullable"),
};
export const usersQuery = listQuery(COLUMNS, "username").extend(userFilter);

export type UsersQuery = ListQuery & UserFilter;

/**
 * Lists users: `q` looks in username, display name and e-mail.
 * @returns `forbidden` for who may see none
 */
export async function listUsers(viewer: Viewer, query: UsersQuery): Promise<Result<Page<UserView>>> {
  const where = await visibleUsers(database(), viewer);
  if (where === null) return refuse("forbidden", "Only administrators, auditors and delegates may look at users.");
  const policies = await readPolicies(database());
  const conditions = [where, ...matching(query.q), ...conditionsOf(query)];
  const listing = { query, columns: COLUMNS };
  return query.sort.endsWith("lastSignInAt")
    ? listPage({
        ...listing,
        // From the table that has the order, so that its index is walked: who signed in when stands apart from users.
        where: [{ user: { AND: conditions } }],
        fetch: (ask) => database().userActivity.findMany({ ...ask, include: { user: { select: USER_COLUMNS } } }),
        view: ({ user }) => userView(user, policies),
      })
    : listPage({
        ...listing,
        where: conditions,
        fetch: (ask) => database().user.findMany({ ...ask, select: { ...USER_COLUMNS, usernameKey: true } }),
        view: (row) => userView(row, policies),
      });
}

async function readUser(viewer: Viewer, which: Prisma.UserWhereInput): Promise<Result<UserView>> {
  const where = await visibleUsers(database(), viewer);
  if (where === null) return USER_NOT_FOUND;
  const row = await database().user.findFirst({ where: { AND: [where, which] }, select: USER_COLUMNS });
  return row === null ? USER_NOT_FOUND : ok(userView(row, await readPolicies(database())));
}

/** One user by id. @returns `not_found` also for who exists but is not for this viewer */
export async function userById(viewer: Viewer, id: string | undefined): Promise<Result<UserView>> {
  return isId(id) ? readUser(viewer, { id }) : USER_NOT_FOUND;
}

/** One user by username, whatever its case. */
export async function userByName(viewer: Viewer, username: string): Promise<Result<UserView>> {
  return readUser(viewer, { usernameKey: foldName(username) });
}

/** Who asks, as a user object: everybody may see themselves. The operator at the command line is no user. */
export async function findMe(viewer: Viewer): Promise<Result<UserView>> {
  if (viewer.kind === "cli" || viewer.kind === "system") return refuse("not_found", "You are no user of the portal.");
  const row = await database().user.findUnique({ where: { id: viewer.userId }, select: USER_COLUMNS });
  if (row === null) return refuse("not_found", "You are no user of the portal (any more).");
  return ok(userView(row, await readPolicies(database())));
}
