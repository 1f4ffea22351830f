import { DAY_MS, EXPIRING_DAYS, STATUSES, type Status } from "./status";

type Condition = { readonly [field: string]: unknown };

/** What holds for a status by itself, and what holds without it. `NOT` would also drop rows where a date is null. */
function conditions(now: number): Readonly<Record<Status, { is: Condition; isNot: Condition }>> {
  const at = new Date(now);
  const soon = new Date(now + EXPIRING_DAYS * DAY_MS);
  const fact = (field: string) => ({ is: { [field]: { not: null } }, isNot: { [field]: null } });
  return {
    revoked: {
      is: { OR: [{ revokedAt: { not: null } }, { supersededAt: { not: null }, overlapEndsAt: { lte: at } }] },
      isNot: { revokedAt: null, OR: [{ supersededAt: null }, { overlapEndsAt: { gt: at } }] },
    },
    denied: fact("deniedAt"),
    expired: { is: { expiresAt: { lte: at } }, isNot: { OR: [{ expiresAt: null }, { expiresAt: { gt: at } }] } },
    orphaned: { is: { owner: { deactivatedAt: { not: null } } }, isNot: { owner: { deactivatedAt: null } } },
    suspended: fact("suspendedAt"),
    pending: { is: { secretBornAt: null }, isNot: { secretBornAt: { not: null } } },
    rotating: fact("supersededAt"),
    expiring: { is: { expiresAt: { lte: soon } }, isNot: { OR: [{ expiresAt: null }, { expiresAt: { gt: soon } }] } },
    active: { is: {}, isNot: {} },
  };
}

/**
 * `statusOf` as a condition of the database: the first that holds, in the same order.
 * @param statuses which are wanted; none = all
 * @param now epoch milliseconds
 */
export function statusFilter(statuses: readonly Status[], now: number): Condition {
  if (statuses.length === 0) return {};
  const by = conditions(now);
  const earlier = (status: Status) => STATUSES.slice(0, STATUSES.indexOf(status)).map((each) => by[each].isNot);
  return { OR: statuses.map((status) => ({ AND: [...earlier(status), by[status].is] })) };
}
