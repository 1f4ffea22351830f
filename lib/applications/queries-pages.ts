import { can } from "#lib/access/can";
import type { Viewer } from "#lib/access/viewer";
import { database } from "#lib/db/client";
import { type Result, refuse } from "#lib/errors/error";
import { isId } from "#lib/fields";
import { containing, type ListQuery, leniently, listPage, type Page } from "#lib/pagination";
import { APPLICATION_COLUMNS, applicationsQuery } from "./queries";
import { readApplicationUses } from "./store";
import type { ApplicationUses } from "./uses";
import { type ApplicationView, applicationView } from "./view";

/** An application in the list of who may see all of it. */
export type ListedApplication = ApplicationView & { readonly gateways: readonly string[] };

const include = { routes: true, gateways: { select: { gateway: { select: { key: true } } } } } as const;

async function readPage(query: ListQuery): Promise<Result<Page<ListedApplication>>> {
  const text = query.q ? containing(query.q) : null;
  return listPage({
    ...{ query, columns: APPLICATION_COLUMNS },
    where: text === null ? [] : [{ OR: [{ key: text }, { name: text }] }],
    fetch: (ask) => database().application.findMany({ ...ask, include }),
    view: ({ gateways, ...row }) => ({
      ...applicationView(row),
      gateways: gateways.map(({ gateway }) => gateway.key).sort(),
    }),
  });
}

/** Applications with their routes and gateways, for a page of who may see them. */
export const pageOfApplications = (viewer: Viewer, asked: Readonly<Record<string, unknown>>) =>
  leniently(applicationsQuery, asked, async (query) =>
    can(viewer, "applications.read") ? readPage(query) : refuse("forbidden", "Not for you."),
  );

/** A credential that is not ours, as it was seen at an application: the name is claimed, not verified. */
export type CredentialSeen = {
  readonly class: string;
  readonly allowed: boolean;
  readonly claimedName: string;
  readonly address: string;
  readonly client: string;
  readonly lastSeenAt: string;
  readonly calls: number;
};

/** How many are shown: who used something else most recently. */
const MOST_SEEN = 50;

async function seenAt(applicationKey: string): Promise<CredentialSeen[]> {
  const rows = await database().credentialSighting.findMany({
    where: { applicationKey, class: { not: "none" } },
    orderBy: { lastSeenAt: "desc" },
    take: MOST_SEEN,
  });
  return rows.map((row) => ({
    class: row.class,
    allowed: row.outcome === "allowed",
    claimedName: row.claimedName,
    address: row.address,
    client: row.client,
    lastSeenAt: row.lastSeenAt.toISOString(),
    calls: Number(row.calls),
  }));
}

/** Requests that a filter rule recognised and let pass. `token` is null for what is not ours, or where there are too many. */
export type PathSeen = {
  readonly rule: string;
  /** `token`, or the class of what is not ours. */
  readonly auth: string;
  readonly token: { readonly id: string; readonly name: string } | null;
  /** As it was noted: what it names may be gone. */
  readonly tokenId: string;
  readonly lastRequest: string | null;
  readonly lastSeenAt: string;
  readonly calls: number;
};

async function pathsSeenAt(applicationKey: string): Promise<PathSeen[]> {
  const rows = await database().pathSighting.findMany({
    where: { applicationKey },
    orderBy: { lastSeenAt: "desc" },
    take: MOST_SEEN,
  });
  const ids = rows.map((row) => row.tokenId).filter(isId);
  const tokens = await database().token.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } });
  return rows.map(({ rule, auth, tokenId, lastRequest, lastSeenAt, calls }) => ({
    ...{ rule, auth, tokenId, lastRequest, lastSeenAt: lastSeenAt.toISOString(), calls: Number(calls) },
    token: tokens.find(({ id }) => id === tokenId) ?? null,
  }));
}

export type FoundApplication = {
  readonly application: ApplicationView;
  readonly uses: ApplicationUses;
  readonly seen: readonly CredentialSeen[];
  readonly paths: readonly PathSeen[];
};

/**
 * One application, what uses it, who still comes with other credentials, and what filter rules observed, for who may see all of it.
 * @returns null for everybody else, and for what is no application
 */
export async function findApplication(viewer: Viewer, id: string | undefined): Promise<FoundApplication | null> {
  if (!can(viewer, "applications.read") || !isId(id)) return null;
  const row = await database().application.findUnique({ where: { id }, include: { routes: true } });
  if (row === null) return null;
  const { key } = row;
  const [uses, seen, paths] = await Promise.all([readApplicationUses(database(), key), seenAt(key), pathsSeenAt(key)]);
  return { application: applicationView(row), uses, seen, paths };
}
