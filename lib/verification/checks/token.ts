import { type Status, statusOf } from "#lib/tokens/status";
import { type Check, finding } from "../check";
import type { TokenFacts } from "../facts/model";
import type { RefusalCode } from "../reasons";

/** Step 9: whether a token has this secret. Throws where its facts are not whole. */
export const tokenCheck: Check = {
  step: 9,
  name: "token",
  judge(c) {
    if (c.found === undefined) throw new Error("the look-up has not answered");
    if (c.found === null) return finding("token_unknown");
    requireWhole(c.found);
    return null;
  },
  alone: "as ever",
  remark: (c) => ({ detail: `It is the token ${c.facts.token.name}.` }),
};

const ENDED: Partial<Record<Status, RefusalCode>> = {
  revoked: "token_revoked",
  denied: "token_denied",
  expired: "token_expired",
  suspended: "token_suspended",
  pending: "token_pending",
};

const isTime = (time: unknown) => time === null || (typeof time === "number" && Number.isFinite(time));
const isList = (list: unknown) => Array.isArray(list);

/** Facts never change: what was found whole stays so. */
const WHOLE = new WeakSet<TokenFacts>();

/**
 * Facts come out of a cache and a database: what has another type than it went in with compares as false with
 * everything, and a missing restriction would read as none. On such facts nothing is decided.
 */
function requireWhole(facts: TokenFacts): void {
  if (WHOLE.has(facts)) return;
  const { token, owner } = facts;
  const times = [
    token.secretBornAt,
    token.revokedAt,
    token.deniedAt,
    token.expiresAt,
    token.suspendedAt,
    token.supersededAt,
    token.overlapEndsAt,
  ];
  const whole =
    times.every(isTime) &&
    isTime(owner.deactivatedAt) &&
    (token.access === "read" || token.access === "write") &&
    (token.applications === "all" || isList(token.applications)) &&
    isList(token.ipRanges) &&
    isList(token.restrictions) &&
    isList(owner.groups);
  if (!whole) throw new Error("the facts of the token are not whole");
  WHOLE.add(facts);
}

/** Step 10: not revoked, suspended, pending or expired (exclusive), nor superseded beyond its overlap. */
export const stateCheck: Check = {
  step: 10,
  name: "state",
  judge(c) {
    const { token } = c.facts;
    const status = statusOf(token, { deactivatedAt: null }, c.now);
    const code = ENDED[status];
    if (code === undefined) return null;
    return finding(code === "token_revoked" && token.revokedAt === null ? "token_superseded" : code);
  },
  alone: "as ever",
  remark: (c) => ({
    detail: c.facts.token.supersededAt === null ? "It is active." : "It was rotated; its overlap still runs.",
  }),
};
