import { type Status, statusOf } from "#lib/tokens/status";
import type { Token } from "#lib/tokens/token";
import { type Check, finding } from "../check";
import type { RefusalCode } from "../reasons";

export const tokenCheck: Check = {
  step: 9,
  name: "token",
  judge(c) {
    if (c.found === undefined) throw new Error("the look-up has not answered");
    return c.found === null ? finding("token_unknown") : null;
  },
  remark: (c) => ({ detail: `It is the token ${c.facts.token.name}.` }),
};

const ENDED: Partial<Record<Status, RefusalCode>> = {
  revoked: "token_revoked",
  denied: "token_denied",
  expired: "token_expired",
  suspended: "token_suspended",
  pending: "token_pending",
};

/** A time that is no number compares as false with everything, which would read as *not yet*. */
function needsTimes(...times: readonly (number | null)[]): void {
  for (const time of times) if (time !== null && !Number.isFinite(time)) throw new Error("a time is not a number");
}

const hasUnknownTimes = ({ expiresAt, supersededAt, overlapEndsAt }: Token) =>
  needsTimes(expiresAt, supersededAt, overlapEndsAt);

export const stateCheck: Check = {
  step: 10,
  name: "state",
  judge(c) {
    const { token } = c.facts;
    hasUnknownTimes(token);
    const status = statusOf(token, { deactivatedAt: null }, c.now);
    const code = ENDED[status];
    if (code === undefined) return null;
    return finding(code === "token_revoked" && token.revokedAt === null ? "token_superseded" : code);
  },
  remark: (c) => ({
    detail: c.facts.token.supersededAt === null ? "It is active." : "It was rotated; its overlap still runs.",
  }),
};
