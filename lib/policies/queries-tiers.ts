import { can } from "#lib/access/can";
import type { Viewer } from "#lib/access/viewer";
import { now } from "#lib/clock";
import { database } from "#lib/db/client";
import { isId } from "#lib/fields";
import { refOf } from "#lib/groups/group";
import { namedGroups, readPopulations } from "#lib/impact/store-classes";
import { readInstallationFacts } from "#lib/verification/facts/portal";
import { QUESTIONS, type Question } from "./questions";
import { type Answer, answerOf, decidingFor, type Reach, reachOf } from "./tiers";
import { type PolicyView, policyView } from "./view";

const include = { groups: { select: { group: { select: { source: true, externalId: true } } } } } as const;
const EVERYBODY = { kinds: ["person", "service"], groupIds: [], delegationId: null } as const;
/** Groups that the matrix shows, and waivers that the page lists. */
const MOST_GROUPS = 50;
const MOST_WAIVERS = 10;
const SOON_DAYS = 14;

export type GroupLine = {
  readonly group: string;
  readonly deciding: readonly { readonly policyId: string | null; readonly people: number }[];
};

/** All that the page about policies says. Tiers from the top: the first that matches decides. */
export type TiersFacts = {
  readonly tiers: readonly (PolicyView & { readonly reach: Reach })[];
  readonly people: number;
  readonly serviceAccounts: number;
  readonly groups: readonly GroupLine[];
  readonly answers: readonly { readonly question: Question; readonly answer: Answer }[];
  readonly waivers: readonly {
    readonly id: string;
    readonly name: string;
    readonly owner: string;
    readonly until: string;
  }[];
};

async function endingWaivers(at: number): Promise<TiersFacts["waivers"]> {
  const rows = await database().token.findMany({
    where: {
      waiverUntil: { gt: new Date(at), lt: new Date(at + SOON_DAYS * 86_400_000) },
      revokedAt: null,
      OR: [{ expiresAt: null }, { expiresAt: { gt: new Date(at) } }],
    },
    orderBy: [{ waiverUntil: "asc" }, { id: "asc" }],
    take: MOST_WAIVERS,
    select: { id: true, name: true, waiverUntil: true, owner: { select: { username: true } } },
  });
  return rows.flatMap(({ id, name, owner, waiverUntil }) =>
    waiverUntil === null ? [] : [{ id, name, owner: owner.username, until: waiverUntil.toISOString() }],
  );
}

/** What the tiers are and for whom they decide. @returns null for who may not look at policies */
export async function readTiers(viewer: Viewer): Promise<TiersFacts | null> {
  if (!can(viewer, "policies.read")) return null;
  const db = database();
  const [rules, rows] = await Promise.all([
    readInstallationFacts(db),
    db.policy.findMany({ orderBy: { priority: "desc" }, include }),
  ]);
  const named = namedGroups(rules);
  const delegates = [...rules.delegations.values()].flatMap(({ delegateGroupIds }) => delegateGroupIds);
  const [populations, groups, waivers] = await Promise.all([
    readPopulations(db, EVERYBODY, [...new Set([...named, ...delegates])]),
    db.group.findMany({ where: { id: { in: named } }, orderBy: { name: "asc" }, take: MOST_GROUPS }),
    endingWaivers(now()),
  ]);
  const reach = reachOf(rules.policies, populations);
  const count = (kind: "person" | "service") =>
    populations.reduce((total, { member, people }) => total + (member.kind === kind ? people : 0), 0);
  const questions = Object.keys(QUESTIONS).filter((key): key is Question => key in QUESTIONS);
  return {
    tiers: rows.map((row) => ({ ...policyView(row), reach: reach.get(row.id) ?? { applies: 0, members: 0 } })),
    people: count("person"),
    serviceAccounts: count("service"),
    groups: groups.map((group) => ({
      group: refOf(group),
      deciding: decidingFor(group.id, rules.policies, populations),
    })),
    answers: questions.map((question) => ({ question, answer: answerOf(question, rules, populations) })),
    waivers,
  };
}

/** What a form for limits offers: applications by key and name. */
export type LimitsFormFacts = { readonly applications: readonly { readonly key: string; readonly name: string }[] };

/** @returns null for who may not look at policies */
export async function readLimitsForm(viewer: Viewer): Promise<LimitsFormFacts | null> {
  if (!can(viewer, "policies.read")) return null;
  const applications = await database().application.findMany({
    orderBy: { name: "asc" },
    select: { key: true, name: true },
  });
  return { applications };
}

/** One tier with what its form offers; null for everybody else, and for what is no tier. */
export async function findTier(
  viewer: Viewer,
  id: string | undefined,
): Promise<{ policy: PolicyView; offered: LimitsFormFacts } | null> {
  const offered = await readLimitsForm(viewer);
  if (offered === null || !isId(id)) return null;
  const row = await database().policy.findUnique({ where: { id }, include });
  return row === null ? null : { policy: policyView(row), offered };
}
