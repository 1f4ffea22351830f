import { z } from "zod";
import type { Viewer } from "#lib/access/viewer";
import { now } from "#lib/clock";
import { database, type Prisma } from "#lib/db/client";
import { env } from "#lib/env";
import { ok, type Result, refuse } from "#lib/errors/error";
import { isId, name } from "#lib/fields";
import { text, time } from "#lib/keyset";
import { containing, leniently, listPage, listQuery, type Page } from "#lib/pagination";
import { readPolicies } from "#lib/policies/store";
import { foldName } from "#lib/users/name";
import { readInstallationFacts } from "#lib/verification/facts/portal";
import type { FormInputs } from "./making/form-facts";
import { holderOf } from "./row";
import { STATUSES } from "./status";
import { statusFilter } from "./status-filter";
import { activeTokens, OWNER_COLUMNS, TOKEN_COLUMNS, viewTokens, visibleTokens } from "./store";
import type { TokenView } from "./view";

const COLUMNS = { createdAt: time("createdAt"), name: text("name") };
const OWN_MOST = 1_000;

const several = <T extends z.ZodType>(each: T, most: number) =>
  z.union([each.transform((one) => [one]), z.array(each).max(most, `At most ${most}.`)]).default([]);

/** The query parameters of a list of tokens: names together are *and*, a name repeated is *or*. */
export const tokensQuery = listQuery(COLUMNS, "-createdAt").extend({
  status: several(z.enum(STATUSES, `A status is one of ${STATUSES.join(", ")}.`), STATUSES.length),
  owner: several(name(255), 20),
});

export type TokensQuery = z.output<typeof tokensQuery>;

/** Free text: name, description, hint, contact, owner; a label as a whole. */
function matching(q: string): Prisma.TokenWhereInput {
  const text = containing(q);
  const columns = [{ name: text }, { description: text }, { hint: text }, { contact: text }, { labels: { has: q } }];
  return { OR: [...columns, { owner: { username: text } }, { owner: { displayName: text } }] };
}

async function page(where: Prisma.TokenWhereInput, query: TokensQuery): Promise<Result<Page<TokenView>>> {
  const db = database();
  const at = now();
  const owners = query.owner.map(foldName);
  return listPage({
    ...{ query, columns: COLUMNS, view: (token: TokenView) => token },
    where: [
      where,
      query.q ? matching(query.q) : {},
      statusFilter(query.status, at),
      owners.length > 0 ? { owner: { usernameKey: { in: owners } } } : {},
    ],
    fetch: async (ask) => {
      const rows = await db.token.findMany({ ...ask, select: TOKEN_COLUMNS });
      return viewTokens(db, rows, await readPolicies(db), at);
    },
  });
}

/**
 * The tokens that a viewer may see: with a role all, delegates those in their scope.
 * @returns `invalid_input` for a cursor of another list
 */
export async function pageOfTokens(viewer: Viewer, query: TokensQuery): Promise<Result<Page<TokenView>>> {
  return page(await visibleTokens(database(), viewer), query);
}

/** A viewer's own tokens, page by page. @returns `forbidden` for the operator, who owns none */
export async function pageOfOwnTokens(viewer: Viewer, query: TokensQuery): Promise<Result<Page<TokenView>>> {
  if (!("userId" in viewer)) return refuse("forbidden", "Nobody's own tokens: name an owner.");
  return page({ ownerId: viewer.userId }, query);
}

/** The same for a page, whose address is typed and shared by hand. */
export const listTokens = (viewer: Viewer, asked: Readonly<Record<string, unknown>>) =>
  leniently(tokensQuery, asked, (query) => pageOfTokens(viewer, query));

/** What *New token* needs to know of the database; null for the operator, who has no tier. */
export async function readFormInputs(viewer: Viewer): Promise<FormInputs | null> {
  if (!("userId" in viewer)) return null;
  const db = database();
  const [rules, active, owner, groups] = await Promise.all([
    readInstallationFacts(db),
    activeTokens(db, viewer.userId, null, now()),
    db.user.findUnique({ where: { id: viewer.userId }, select: OWNER_COLUMNS }),
    db.group.findMany({
      where: { members: { some: { userId: viewer.userId } } },
      select: { id: true, source: true, externalId: true },
    }),
  ]);
  if (owner === null) return null;
  return { rules, active, holder: holderOf(owner), groups, address: viewer.address, portalUrl: env().url };
}

/** All tokens of one's own, newest first, ended ones included. */
export async function listOwnTokens(viewer: Viewer): Promise<TokenView[]> {
  if (!("userId" in viewer)) return [];
  const db = database();
  const rows = await db.token.findMany({
    where: { ownerId: viewer.userId },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: OWN_MOST,
    select: TOKEN_COLUMNS,
  });
  return viewTokens(db, rows, await readPolicies(db), now());
}

/** One token by id; null also for one that exists but is not for this viewer. */
export async function findToken(viewer: Viewer, id: string | undefined): Promise<TokenView | null> {
  if (!isId(id)) return null;
  const db = database();
  const where = { AND: [await visibleTokens(db, viewer), { id }] };
  const row = await db.token.findFirst({ where, select: TOKEN_COLUMNS });
  if (row === null) return null;
  const [view] = await viewTokens(db, [row], await readPolicies(db), now());
  return view ?? null;
}

/** The same as a value for REST and CLI. @returns `not_found` */
export async function tokenById(viewer: Viewer, id: string | undefined): Promise<Result<TokenView>> {
  const view = await findToken(viewer, id);
  return view === null ? refuse("not_found", "There is no such token, or none that you may see.") : ok(view);
}
