import { Prisma } from "#lib/db/client";
import { parseRef } from "#lib/groups/group";
import { foldName } from "#lib/users/name";
import type { TokenFilter } from "./search/filter";
import { DAY_MS, EXPIRING_DAYS, STATUSES, type Status } from "./status";

type Sql = Prisma.Sql;

/** As the indexes say it: what never ends, ends after everything, and what was never used, before everything. */
export const ENDS = Prisma.sql`coalesce(t.expires_at, 'infinity'::timestamptz)`;
export const LAST_USED = Prisma.sql`coalesce(u.last_used_at, '-infinity'::timestamptz)`;

/** Those made under a delegation have indexes of their own. */
const ISSUED = Prisma.sql`t.delegation_id IS NOT NULL`;

/** The shortest text that trigrams find; shorter ones are looked for at the beginning of names. */
const TRIGRAM = 3;

const time = (ms: number): Sql => Prisma.sql`${new Date(ms).toISOString()}::timestamptz`;
const texts = (values: readonly string[]): Sql => Prisma.sql`${[...values]}::text[]`;

const ENDED: readonly Status[] = ["revoked", "denied", "expired"];
const LIVING = STATUSES.filter((status) => !ENDED.includes(status));

/** What holds for a status by itself, and its opposite: of the database's three truths neither is *unknown*. */
function facts(now: number): Readonly<Record<Status, { is: Sql; isNot: Sql }>> {
  const at = time(now);
  const soon = time(now + EXPIRING_DAYS * DAY_MS);
  const left = Prisma.sql`SELECT 1 FROM users WHERE id = t.owner_id AND deactivated_at IS NOT NULL`;
  const over = Prisma.sql`t.superseded_at IS NOT NULL AND coalesce(t.overlap_ends_at, t.superseded_at) <= ${at}`;
  const dated = (column: Sql) => ({
    is: Prisma.sql`${column} IS NOT NULL`,
    isNot: Prisma.sql`${column} IS NULL`,
  });
  return {
    revoked: {
      is: Prisma.sql`(t.revoked_at IS NOT NULL OR (${over}))`,
      isNot: Prisma.sql`(t.revoked_at IS NULL AND NOT (${over}))`,
    },
    denied: dated(Prisma.sql`t.denied_at`),
    expired: { is: Prisma.sql`${ENDS} <= ${at}`, isNot: Prisma.sql`${ENDS} > ${at}` },
    // IS keeps both a question to each token: where very many have left, a list of them would be too long to hash.
    orphaned: {
      is: Prisma.sql`t.owner_id IN (SELECT id FROM users WHERE deactivated_at IS NOT NULL)`,
      isNot: Prisma.sql`(EXISTS (${left}) IS FALSE)`,
    },
    suspended: dated(Prisma.sql`t.suspended_at`),
    pending: { is: Prisma.sql`t.secret_born_at IS NULL`, isNot: Prisma.sql`t.secret_born_at IS NOT NULL` },
    rotating: dated(Prisma.sql`t.superseded_at`),
    expiring: { is: Prisma.sql`${ENDS} <= ${soon}`, isNot: Prisma.sql`${ENDS} > ${soon}` },
    active: { is: Prisma.sql`true`, isNot: Prisma.sql`false` },
  };
}

const all = (conditions: readonly Sql[]): Sql =>
  conditions.length === 0 ? Prisma.sql`true` : Prisma.join([...conditions], " AND ");

/**
 * `statusOf` as a condition: the first that holds, in the same order.
 * @param statuses which are wanted; none = all
 */
export function statusCondition(statuses: readonly Status[], now: number): Sql {
  const by = facts(now);
  const wanted = STATUSES.filter((status) => statuses.includes(status));
  const first = STATUSES.indexOf(wanted[0] ?? "revoked");
  const before = (status: Status) => STATUSES.slice(0, STATUSES.indexOf(status)).map((each) => by[each].isNot);
  // Everything from one status on is what none of the earlier ones holds for: *not ended* is the commonest of all.
  if (wanted.length === 0 || wanted.length === STATUSES.length - first)
    return all(before(STATUSES[first] ?? "revoked"));
  return Prisma.sql`(${Prisma.join(
    wanted.map((status) => Prisma.sql`(${all([...before(status), by[status].is])})`),
    " OR ",
  )})`;
}

const literally = (q: string): string => q.replace(/[\\%_]/g, "\\$&");

/** Where free text may stand: in the names of its owner; in name, description, hint, contact and labels of the token. */
export const PLACES = ["owner", "token"] as const;
export type Place = (typeof PLACES)[number];

/**
 * Free text, whatever its case, as two conditions of which one must hold. Two, because each has its own index.
 * `owners`: who is meant by the first.
 */
export function textConditions(q: string): Readonly<Record<Place | "owners", Sql>> {
  const text = literally(q.toLowerCase());
  const short = [...q].length < TRIGRAM;
  const like = short ? `${text}%` : `%${text}%`;
  const user = short ? Prisma.sql`username_key COLLATE "C" LIKE ${like}` : Prisma.sql`search_text LIKE ${like}`;
  const owners = Prisma.sql`(SELECT id FROM users WHERE ${user})`;
  return {
    owners,
    owner: Prisma.sql`t.owner_id IN ${owners}`,
    token: short ? Prisma.sql`lower(t.name) COLLATE "C" LIKE ${like}` : Prisma.sql`t.search_text LIKE ${like}`,
  };
}

function inGroups(refs: readonly string[]): Sql {
  const groups = refs.map((ref) => {
    const { source, externalId } = parseRef(ref);
    return Prisma.sql`(${source}, ${externalId})`;
  });
  return Prisma.sql`t.owner_id IN (SELECT m.user_id FROM memberships m JOIN groups g ON g.id = m.group_id
    WHERE (g.source, g.external_id) IN (${Prisma.join(groups)}))`;
}

/** What a filter asks of the column that an order goes by: an index walk begins and ends there. */
export type Bounded = "createdAt" | "expiresAt" | "lastUsedAt" | "access" | "createdBy" | "owner";

/**
 * What a filter asks of a token `t` and its usage `u`, its free text left out.
 * @param now epoch milliseconds
 */
export function conditionsOf(filter: TokenFilter, now: number): Sql {
  const { owner, group, application, createdBy, delegation, network, noRanges, issued } = filter;
  const bounds = boundsOf(filter, now);
  const found: (Sql | false)[] = [
    filter.status.length > 0 && statusCondition(filter.status, now),
    owner.length > 0 &&
      Prisma.sql`t.owner_id IN (SELECT id FROM users WHERE username_key = ANY (${texts(owner.map(foldName))}))`,
    group.length > 0 && inGroups(group),
    application.length > 0 && Prisma.sql`(t.all_applications OR t.applications && ${texts(application)})`,
    createdBy.length > 0 && Prisma.sql`t.created_by COLLATE "C" = ANY (${texts(createdBy)})`,
    delegation.length > 0 && Prisma.sql`(${ISSUED} AND t.delegation_name COLLATE "C" = ANY (${texts(delegation)}))`,
    network.length > 0 && Prisma.sql`t.ip_ranges && ${texts(network)}`,
    noRanges !== undefined && (noRanges ? Prisma.sql`t.ip_ranges = '{}'` : Prisma.sql`t.ip_ranges <> '{}'`),
    issued !== undefined && (issued ? ISSUED : Prisma.sql`t.delegation_id IS NULL`),
    filter.knocking !== undefined && knocks(filter.knocking, now),
    filter.breaksPolicy !== undefined && breaks(filter.breaksPolicy, now),
    bounds.createdAt,
    bounds.expiresAt,
    bounds.lastUsedAt,
    bounds.access,
  ];
  return all(found.filter((each) => each !== false));
}

/** Whether a filter looks at how a token was used; otherwise its usage need not be read. */
export function asksForUsage(filter: TokenFilter): boolean {
  const { lastUsedFrom, lastUsedTo, neverUsed, unusedDays, knocking } = filter;
  return [lastUsedFrom, lastUsedTo, neverUsed, unusedDays, knocking].some((each) => each !== undefined);
}

/**
 * Whether a token is remembered as one that breaks its policy. Not IN: where half of all do, their list is too long for
 * the planner's hash, and would be read from its beginning for each token.
 */
export const remembered = (id: Sql): Sql =>
  Prisma.sql`EXISTS (SELECT 1 FROM token_breaches b WHERE b.token_id = ${id})`;

/** Beyond what today's rules allow, as far as `rememberedBreaches` was asked before; what has ended breaks nothing. */
function breaks(wanted: boolean, now: number): Sql {
  const broken = remembered(Prisma.sql`t.id`);
  const living = statusCondition(LIVING, now);
  return wanted ? Prisma.sql`(${broken} AND ${living})` : Prisma.sql`NOT (${broken} AND ${living})`;
}

/** Refused after it had ended, whichever end came first. */
export function knocks(wanted: boolean, now: number): Sql {
  const end = Prisma.sql`least(t.revoked_at, t.denied_at, t.expires_at,
    CASE WHEN t.superseded_at IS NOT NULL THEN coalesce(t.overlap_ends_at, t.superseded_at) END)`;
  const knocking = Prisma.sql`u.last_refused_at IS NOT NULL AND ${end} <= ${time(now)} AND u.last_refused_at >= ${end}`;
  return wanted ? knocking : Prisma.sql`(${knocking}) IS NOT TRUE`;
}

/** From the first to the last of some names, as an index of them is read; everything where none is asked for. */
function between(column: Sql, names: readonly string[]): Sql {
  if (names.length === 0) return Prisma.sql`true`;
  const end = (which: Sql) => Prisma.sql`(SELECT ${which}(name COLLATE "C") FROM unnest(${texts(names)}) AS name)`;
  const [first, last] = [end(Prisma.sql`min`), end(Prisma.sql`max`)];
  return Prisma.sql`${column} COLLATE "C" >= ${first} AND ${column} COLLATE "C" <= ${last}`;
}

/**
 * What a filter asks of each column that tokens are sorted by. That of names says no more than where an index walk
 * begins and ends; what the filter asks of them is said elsewhere.
 */
export function boundsOf(filter: TokenFilter, now: number): Readonly<Record<Bounded, Sql>> {
  const { createdFrom, createdTo, expiresFrom, expiresTo, lastUsedFrom, lastUsedTo, neverExpires, neverUsed } = filter;
  const within = filter.expiresWithinDays;
  // A token younger than that has had no chance yet.
  const idle = filter.unusedDays !== undefined && time(now - filter.unusedDays * DAY_MS);
  const only = (...some: readonly Status[]) =>
    filter.status.length > 0 && filter.status.every((each) => some.includes(each));
  const lives =
    filter.breaksPolicy === true ||
    (filter.status.length > 0 && filter.status.every((status) => !ENDED.includes(status)));
  const each = (...asked: (Sql | false)[]) => all(asked.filter((one) => one !== false));
  return {
    createdAt: each(
      createdFrom !== undefined && Prisma.sql`t.created_at >= ${time(createdFrom)}`,
      createdTo !== undefined && Prisma.sql`t.created_at < ${time(createdTo)}`,
      idle && Prisma.sql`t.created_at < ${idle}`,
    ),
    expiresAt: each(
      lives && Prisma.sql`${ENDS} > ${time(now)}`,
      only("expired") && Prisma.sql`${ENDS} <= ${time(now)}`,
      only("active") && Prisma.sql`${ENDS} > ${time(now + EXPIRING_DAYS * DAY_MS)}`,
      only("expired", "expiring") && Prisma.sql`${ENDS} <= ${time(now + EXPIRING_DAYS * DAY_MS)}`,
      expiresFrom !== undefined && Prisma.sql`${ENDS} >= ${time(expiresFrom)}`,
      expiresTo !== undefined && Prisma.sql`${ENDS} < ${time(expiresTo)}`,
      within !== undefined && Prisma.sql`${ENDS} > ${time(now)} AND ${ENDS} <= ${time(now + within * DAY_MS)}`,
      neverExpires !== undefined &&
        (neverExpires ? Prisma.sql`${ENDS} = 'infinity'` : Prisma.sql`${ENDS} < 'infinity'`),
    ),
    lastUsedAt: each(
      lastUsedFrom !== undefined && Prisma.sql`${LAST_USED} >= ${time(lastUsedFrom)}`,
      lastUsedTo !== undefined && Prisma.sql`${LAST_USED} < ${time(lastUsedTo)} AND ${LAST_USED} > '-infinity'`,
      neverUsed !== undefined &&
        (neverUsed ? Prisma.sql`${LAST_USED} = '-infinity'` : Prisma.sql`${LAST_USED} > '-infinity'`),
      idle && Prisma.sql`${LAST_USED} < ${idle}`,
    ),
    createdBy: each(
      (filter.issued === true || filter.delegation.length > 0) && ISSUED,
      between(Prisma.sql`t.created_by`, filter.createdBy),
    ),
    owner: between(Prisma.sql`o.username_key`, filter.owner.map(foldName)),
    access: each(filter.access !== undefined && Prisma.sql`t.access = ${filter.access}::access`),
  };
}
