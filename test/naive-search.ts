import type { Database } from "#lib/db/client";
import { parseRef } from "#lib/groups/group";
import { datedOf } from "#lib/tokens/row";
import type { TokenFilter, TokenOrder } from "#lib/tokens/search/filter";
import { DAY_MS, hasEnded, statusOf } from "#lib/tokens/status";
import { TOKEN_COLUMNS } from "#lib/tokens/store";

/** Everything that a search looks at, read whole: what tests compare the search of the database with. */
export async function readCrowd(db: Database) {
  const tokens = await db.token.findMany({
    select: {
      ...TOKEN_COLUMNS,
      owner: { include: { memberships: { include: { group: { include: { role: true } } } } } },
    },
  });
  const usages = new Map((await db.tokenUsage.findMany()).map((usage) => [usage.tokenId, usage]));
  return tokens.map((token) => {
    const usage = usages.get(token.id);
    if (usage === undefined) throw new Error(`${token.name} has no usage`);
    return { ...token, usage };
  });
}

export type Member = Awaited<ReturnType<typeof readCrowd>>[number];

const ms = (date: Date | null, missing: number): number => date?.getTime() ?? missing;

function knocks(token: Member, now: number): boolean {
  const over = token.supersededAt === null ? null : (token.overlapEndsAt ?? token.supersededAt);
  const end = Math.min(...[token.revokedAt, token.deniedAt, token.expiresAt, over].map((at) => ms(at, Infinity)));
  return token.usage.lastRefusedAt !== null && end <= now && token.usage.lastRefusedAt.getTime() >= end;
}

function holdsText(token: Member, q: string): boolean {
  const text = q.toLowerCase();
  if ([...text].length < 3) {
    return token.name.toLowerCase().startsWith(text) || token.owner.usernameKey.startsWith(text);
  }
  const { username, displayName, email } = token.owner;
  const own = [token.name, token.description, token.hint ?? "", token.contact, ...token.labels];
  return [own.join("\n"), [username, displayName, email ?? ""].join("\n")].some((each) =>
    each.toLowerCase().includes(text),
  );
}

/** Whether a token passes a filter: the plainest way to say it. */
export function passes(token: Member, filter: TokenFilter, now: number): boolean {
  const { owner, usage } = token;
  const [ends, used] = [ms(token.expiresAt, Infinity), ms(usage.lastUsedAt, -Infinity)];
  const status = statusOf(datedOf(token), { deactivatedAt: owner.deactivatedAt?.getTime() ?? null }, now);
  const given = <T>(value: T | undefined, holds: (value: T) => boolean) => value === undefined || holds(value);
  const some = <T>(values: readonly T[], holds: (value: T) => boolean) => values.length === 0 || values.some(holds);
  const isIn = (ref: string) => {
    const { source, externalId } = parseRef(ref);
    return owner.memberships.some(({ group }) => group.source === source && group.externalId === externalId);
  };
  const idle = (days: number) => now - days * DAY_MS;
  return [
    given(filter.q, (q) => q === "" || holdsText(token, q)),
    some(filter.status, (each) => each === status),
    some(filter.owner, (each) => each.toLowerCase() === owner.usernameKey),
    some(filter.group, isIn),
    some(filter.application, (each) => token.allApplications || token.applications.includes(each)),
    given(filter.access, (each) => token.access === each),
    some(filter.createdBy, (each) => token.createdBy === each),
    some(filter.delegation, (each) => token.delegationName === each),
    some(filter.network, (each) => token.ipRanges.includes(each)),
    given(filter.createdFrom, (at) => token.createdAt.getTime() >= at),
    given(filter.createdTo, (at) => token.createdAt.getTime() < at),
    given(filter.expiresFrom, (at) => ends >= at),
    given(filter.expiresTo, (at) => ends < at),
    given(filter.expiresWithinDays, (days) => ends > now && ends <= now + days * DAY_MS),
    given(filter.lastUsedFrom, (at) => used >= at),
    given(filter.lastUsedTo, (at) => used > -Infinity && used < at),
    given(filter.neverUsed, (never) => (used === -Infinity) === never),
    given(filter.unusedDays, (days) => used < idle(days) && token.createdAt.getTime() < idle(days)),
    given(filter.noRanges, (none) => (token.ipRanges.length === 0) === none),
    given(filter.neverExpires, (never) => (ends === Infinity) === never),
    given(filter.issued, (issued) => (token.grantBy === "delegation") === issued),
    given(filter.knocking, (knocking) => knocks(token, now) === knocking),
    hasEnded(datedOf(token), now) === ["revoked", "denied", "expired"].includes(status),
  ].every(Boolean);
}

const KEYS: Readonly<Record<TokenOrder, (token: Member) => number | string>> = {
  createdAt: (token) => token.createdAt.getTime(),
  name: (token) => token.name.toLowerCase(),
  owner: (token) => token.owner.usernameKey,
  access: (token) => token.access,
  createdBy: (token) => token.createdBy,
  expiresAt: (token) => ms(token.expiresAt, Infinity),
  lastUsedAt: (token) => ms(token.usage.lastUsedAt, -Infinity),
};

/** In the order of the database: texts by their bytes, what never ends last, what was never used first. */
export function inOrder(tokens: readonly Member[], order: TokenOrder, descending: boolean): string[] {
  const keyOf = KEYS[order];
  const compare = (a: number | string, b: number | string) =>
    typeof a === "string" && typeof b === "string"
      ? Buffer.compare(Buffer.from(a), Buffer.from(b))
      : Number(a > b) - Number(a < b);
  const sorted = tokens.toSorted((a, b) => compare(keyOf(a), keyOf(b)) || compare(a.id, b.id));
  return (descending ? sorted.toReversed() : sorted).map(({ id }) => id);
}
