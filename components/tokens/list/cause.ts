import type { OfferedToken } from "#lib/tokens/acting/actions-on";
import { ago, DAY_MS, dayOf, onDay, type Reader, until } from "../../ui/time-words";
import { hasEnded, refusedLately } from "./grouping";

/** Why a token needs somebody, in one sentence, and which button stands beside it. */
export type Cause = {
  readonly tone: "warning" | "pending" | "waiting" | "suspended" | "refused";
  readonly sentence: string;
  readonly remedy: "rotate" | "resume" | "link" | "see-why" | null;
};

const QUIET_DAYS = 30;

const UNREADABLE =
  "What narrows it cannot be read here, so its requests are refused. Revoke it and make another one, or ask an administrator.";

/**
 * What is the matter with a token that needs attention.
 * @param username of whoever looks; the remedy is one that they may use
 */
export function causeOf(token: OfferedToken, username: string, reader: Reader): Cause | null {
  if (token.restrictionsUnreadable && !hasEnded(token)) return { tone: "refused", sentence: UNREADABLE, remedy: null };
  if (token.status === "expiring" && token.expiresAt) return expiring(token, Date.parse(token.expiresAt), reader);
  if (token.status === "suspended") return suspended(token, username, reader);
  if (token.status === "pending") return waiting(token, username, reader);
  if (token.status === "rotating") return rotating(token, reader);
  if (token.status === "orphaned")
    return { tone: "suspended", sentence: "Its owner is deactivated, so its requests are refused.", remedy: null };
  return refusedLately(token, reader.now) ? refused(token, reader) : null;
}

function expiring(token: OfferedToken, endsAt: number, reader: Reader): Cause {
  const ends = `Ends ${onDay(endsAt, reader)}`;
  const { allowed, reason } = token.may.rotate;
  const remedy = allowed ? "rotate" : null;
  const usedAt = token.lastUsedAt === null ? null : Date.parse(token.lastUsedAt);
  if (usedAt === null) {
    return { tone: "warning", sentence: `${ends} and was never used. If nothing needs it, let it end.`, remedy };
  }
  if (reader.now - usedAt > QUIET_DAYS * DAY_MS) {
    const used = ago(usedAt, reader);
    return { tone: "warning", sentence: `${ends} and was last used ${used}. If nothing needs it, let it end.`, remedy };
  }
  const rotate = allowed
    ? "Rotate it and the old secret keeps working until the new one is first used."
    : `It cannot be rotated: ${reason}`;
  return { tone: "warning", sentence: `${ends} and is still in use. ${rotate}`, remedy };
}

function suspended({ suspension, may }: OfferedToken, username: string, reader: Reader): Cause {
  const remedy = may.resume.allowed ? "resume" : null;
  if (!suspension) return { tone: "suspended", sentence: "Suspended: its requests are refused.", remedy };
  const note = suspension.note ? ` “${suspension.note}”` : "";
  const when = ago(Date.parse(suspension.at), reader);
  const who = suspension.by === username ? "You" : suspension.by;
  const until = remedy ? "you resume it" : suspension.byOwner ? "they resume it" : "an administrator resumes it";
  const sentence = `${who} suspended it ${when}.${note} Its requests are refused until ${until}.`;
  return { tone: "suspended", sentence, remedy };
}

function refused({ lastRefusal }: OfferedToken, reader: Reader): Cause | null {
  if (lastRefusal === null) return null;
  const { at, address, meaning, remedy } = lastRefusal;
  const where = address === null ? "" : `, from ${address}`;
  const sentence = `Refused ${ago(Date.parse(at), reader)}${where}. ${meaning} ${remedy}`;
  return { tone: "refused", sentence, remedy: "see-why" };
}

/** It waits to be claimed, or for a new link. */
function waiting({ claim, may, owner, createdBy }: OfferedToken, username: string, reader: Reader): Cause {
  const remedy = may.link.allowed ? "link" : null;
  const over = claim === null ? "was made void" : Date.parse(claim.expiresAt) <= reader.now ? "has expired" : null;
  if (over !== null) {
    const then = remedy ? "make a new one" : `ask ${claim?.madeBy ?? createdBy} for a new one`;
    return { tone: "warning", sentence: `It has no secret yet, and its claim link ${over}: ${then}.`, remedy };
  }
  const until = dayOf(Date.parse(claim?.expiresAt ?? ""), reader);
  const mine = owner.username === username;
  const sentence = mine
    ? `It waits for you: open the link that ${claim?.madeBy} sent you, until ${until}. The secret is made then, and shown once.`
    : `Its secret is made when ${owner.username} opens the claim link, until ${until}; of a service account, a maintainer does.`;
  return { tone: "waiting", sentence, remedy };
}

function rotating(token: OfferedToken, reader: Reader): Cause {
  const end = token.overlapEndsAt === null ? "soon" : until(Date.parse(token.overlapEndsAt), reader);
  const stops = token.overlapUntilFirstUse ? `as soon as the new one is used, ${end} at the latest` : end;
  const from = token.lastUsedIp === null ? "" : ` from ${token.lastUsedIp}`;
  const used =
    token.lastUsedAt === null ? "It was never used." : `Last used ${ago(Date.parse(token.lastUsedAt), reader)}${from}.`;
  return { tone: "pending", sentence: `Replaced by a new secret; this old one stops ${stops}. ${used}`, remedy: null };
}
