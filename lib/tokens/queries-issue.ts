import type { Viewer } from "#lib/access/viewer";
import { now } from "#lib/clock";
import { type Database, database } from "#lib/db/client";
import { makerOf } from "#lib/delegations/power";
import { env } from "#lib/env";
import { isId } from "#lib/fields";
import { limitsFor } from "#lib/policies/limits-for";
import { visibleUsers } from "#lib/users/store";
import { activeMaintainer } from "#lib/users/store-filter";
import { readInstallationFacts } from "#lib/verification/facts/portal";
import { type IssueWay, issueWays } from "./making/issue-ways";
import { holderOf } from "./row";
import { activeTokens, OWNER_COLUMNS } from "./store";

/** For whom a token is to be issued, as the form names them. */
export type Recipient = {
  readonly id: string;
  readonly username: string;
  readonly displayName: string;
  readonly kind: "person" | "service";
};

/** What the form needs to issue a token for somebody: the ways, or why there is none. */
export type IssueFacts = {
  readonly recipient: Recipient;
  /** A service account that nobody active maintains: nobody could open its link. */
  readonly unmaintained: boolean;
  readonly ways: readonly IssueWay[];
  readonly reason: string | null;
};

/** Whether somebody issues tokens for others: by a delegation with that power, whatever their role. */
export async function issuesTokens(viewer: Viewer): Promise<boolean> {
  if (!("userId" in viewer)) return false;
  const delegates = { some: { groupId: { in: [...viewer.groupIds] } } };
  const where = { powers: { has: "issue" as const }, delegates };
  return (await database().delegation.findFirst({ where, select: { id: true } })) !== null;
}

/** Why somebody may issue no token for each of these users; null where they may. By id; who is not seen is left out. */
export async function whyNotFor(viewer: Viewer, ids: readonly string[]): Promise<ReadonlyMap<string, string | null>> {
  const db = database();
  const visible = await visibleUsers(db, viewer);
  if (visible === null) return new Map();
  const where = { AND: [visible, { id: { in: [...ids] } }] };
  const [rules, rows] = await Promise.all([
    readInstallationFacts(db),
    db.user.findMany({ where, select: OWNER_COLUMNS }),
  ]);
  const verdicts = rows.map((row) => {
    const allowed = limitsFor(makerOf(viewer), holderOf(row), "issue", rules);
    return [row.id, allowed.ok ? null : allowed.refusal.detail] as const;
  });
  return new Map(verdicts);
}

async function countedFor(db: Database, ownerId: string, delegationIds: Iterable<string>) {
  const at = now();
  const each = [...delegationIds].map(async (id) => [id, await activeTokens(db, ownerId, id, at)] as const);
  return new Map(await Promise.all(each));
}

/** What there is to choose from when a token is issued for somebody; null for whom the viewer does not see. */
export async function issueFacts(viewer: Viewer, ownerId: string | undefined): Promise<IssueFacts | null> {
  const maker = makerOf(viewer);
  if (maker === "operator" || !("userId" in viewer) || !isId(ownerId)) return null;
  const db = database();
  const visible = await visibleUsers(db, viewer);
  if (visible === null) return null;
  const row = await db.user.findFirst({
    where: { AND: [visible, { id: ownerId }] },
    select: { ...OWNER_COLUMNS, displayName: true },
  });
  if (row === null) return null;
  const { id, username, displayName, kind } = row;
  const rules = await readInstallationFacts(db);
  const [active, unmaintained] = await Promise.all([
    countedFor(db, id, rules.delegations.keys()),
    kind === "service" &&
      db.user.findFirst({ where: { id, maintainers: { none: activeMaintainer() } }, select: { id: true } }),
  ]);
  const member = { kind: "person" as const, groupIds: viewer.groupIds };
  const { address } = viewer;
  const ways = issueWays({ maker, member, holder: holderOf(row), rules, active, address, portalUrl: env().url });
  return {
    recipient: { id, username, displayName, kind },
    unmaintained: unmaintained !== false && unmaintained !== null,
    ...(ways.ok ? { ways: ways.value, reason: null } : { ways: [], reason: ways.refusal.detail }),
  };
}
