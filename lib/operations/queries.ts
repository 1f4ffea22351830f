import { can } from "#lib/access/can";
import type { Viewer } from "#lib/access/viewer";
import { database, Prisma } from "#lib/db/client";
import { ok, type Result, refuse } from "#lib/errors/error";
import { isId } from "#lib/fields";
import { enforcementOf } from "#lib/propagation/standing";
import { type OperationRow, type OperationView, type OperationWithRefused, operationView } from "./operation";
import { readOperations } from "./store";

const LISTED = 20;
/** Refused ones that a page names; an answer of the API has all of them. */
const NAMED = 100;

/** Whoever began it sees it; administrators and auditors see all. */
function mayRead(viewer: Viewer): Prisma.Sql {
  if (can(viewer, "tokens.read-all")) return Prisma.sql`true`;
  return "userId" in viewer ? Prisma.sql`o.maker_id = ${viewer.userId}::uuid` : Prisma.sql`false`;
}

async function shown(row: OperationRow): Promise<OperationView> {
  const { headSeq, finishedAt } = row;
  const holds = headSeq === null || finishedAt === null ? null : await enforcementOf(database(), headSeq, finishedAt);
  return operationView(row, holds);
}

/** One operation, for a page; null also for one that exists but is not for this viewer. */
export async function findOperation(viewer: Viewer, id: string | undefined): Promise<OperationView | null> {
  if (!isId(id)) return null;
  const [row] = await readOperations(database(), Prisma.sql`o.id = ${id}::uuid AND ${mayRead(viewer)}`, 1);
  return row === undefined ? null : shown(row);
}

/** The same for REST, with the id of each that was refused. @returns `not_found` */
export async function showOperation(viewer: Viewer, id: string | undefined): Promise<Result<OperationWithRefused>> {
  const operation = await findOperation(viewer, id);
  if (operation === null) return refuse("not_found", "There is no such operation, or none that you may see.");
  const rows = await database().operationRefusal.findMany({
    where: { operationId: operation.id },
    select: { tokenId: true, code: true },
    orderBy: { tokenId: "asc" },
  });
  return ok({ ...operation, refused: rows.map(({ tokenId, code }) => ({ id: tokenId, code })) });
}

/** What the viewer began lately, newest first: what goes on can be come back to. */
export async function listOwnOperations(viewer: Viewer): Promise<readonly OperationView[]> {
  if (!("userId" in viewer)) return [];
  const rows = await readOperations(database(), Prisma.sql`o.maker_id = ${viewer.userId}::uuid`, LISTED);
  return rows.map((row) => operationView(row, null));
}

/** Why some were refused: each sentence with how many got it, the most frequent first. */
export type RefusedFor = { readonly code: string; readonly detail: string; readonly count: number };
/** One that was refused, as a page names it; `name` is null for a token that this viewer does not see. */
export type RefusedOne = { readonly id: string; readonly detail: string };

/** What was refused in an operation, counted by reason, and the first of them by id. Nothing for who may not see it. */
export async function refusalsOf(
  viewer: Viewer,
  id: string,
): Promise<{ readonly reasons: readonly RefusedFor[]; readonly first: readonly RefusedOne[] }> {
  const operation = await findOperation(viewer, id);
  if (operation === null || operation.refusedCount === 0) return { reasons: [], first: [] };
  const db = database();
  const [reasons, first] = await Promise.all([
    db.operationRefusal.groupBy({
      by: ["code", "detail"],
      where: { operationId: id },
      _count: true,
      orderBy: { _count: { detail: "desc" } },
      take: LISTED,
    }),
    db.operationRefusal.findMany({
      where: { operationId: id },
      select: { tokenId: true, detail: true },
      orderBy: { tokenId: "asc" },
      take: NAMED,
    }),
  ]);
  return {
    reasons: reasons.map(({ code, detail, _count }) => ({ code, detail, count: _count })),
    first: first.map(({ tokenId, detail }) => ({ id: tokenId, detail })),
  };
}
