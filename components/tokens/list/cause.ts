import type { TokenView } from "#lib/tokens/view";
import { ago, DAY_MS, onDay, type Reader, until } from "../../ui/time-words";

/** Why a token needs somebody, in one sentence, and which button stands beside it. */
export type Cause = {
  readonly tone: "warning" | "pending" | "suspended";
  readonly sentence: string;
  readonly remedy: "rotate" | "resume" | null;
};

const QUIET_DAYS = 30;

/**
 * What is the matter with a token that needs attention, for its owner: only what they suspended they resume.
 */
export function causeOf(token: TokenView, reader: Reader): Cause | null {
  if (token.status === "expiring" && token.expiresAt) return expiring(token, Date.parse(token.expiresAt), reader);
  if (token.status === "suspended") return suspended(token, reader);
  if (token.status === "rotating") return rotating(token, reader);
  if (token.status === "orphaned")
    return { tone: "suspended", sentence: "Its owner is deactivated, so its requests are refused.", remedy: null };
  return null;
}

function expiring(token: TokenView, endsAt: number, reader: Reader): Cause {
  const ends = `Ends ${onDay(endsAt, reader)}`;
  const usedAt = token.lastUsedAt === null ? null : Date.parse(token.lastUsedAt);
  if (usedAt === null)
    return {
      tone: "warning",
      sentence: `${ends} and was never used. If nothing needs it, let it end.`,
      remedy: "rotate",
    };
  if (reader.now - usedAt > QUIET_DAYS * DAY_MS) {
    return {
      tone: "warning",
      sentence: `${ends} and was last used ${ago(usedAt, reader)}. If nothing needs it, let it end.`,
      remedy: "rotate",
    };
  }
  const rotate = "Rotate it and the old secret keeps working until the new one is first used.";
  return { tone: "warning", sentence: `${ends} and is still in use. ${rotate}`, remedy: "rotate" };
}

function suspended({ suspension }: TokenView, reader: Reader): Cause {
  if (!suspension) return { tone: "suspended", sentence: "Suspended: its requests are refused.", remedy: null };
  const note = suspension.note ? ` “${suspension.note}”` : "";
  const when = ago(Date.parse(suspension.at), reader);
  if (suspension.byOwner) {
    const sentence = `You suspended it ${when}.${note} Its requests are refused until you resume it.`;
    return { tone: "suspended", sentence, remedy: "resume" };
  }
  const sentence = `${suspension.by} suspended it ${when}.${note} Its requests are refused until an administrator resumes it.`;
  return { tone: "suspended", sentence, remedy: null };
}

function rotating(token: TokenView, reader: Reader): Cause {
  const end = token.overlapEndsAt === null ? "soon" : until(Date.parse(token.overlapEndsAt), reader);
  const stops = token.overlapUntilFirstUse ? `as soon as the new one is used, ${end} at the latest` : end;
  const from = token.lastUsedIp === null ? "" : ` from ${token.lastUsedIp}`;
  const used =
    token.lastUsedAt === null ? "It was never used." : `Last used ${ago(Date.parse(token.lastUsedAt), reader)}${from}.`;
  return { tone: "pending", sentence: `Replaced by a new secret; this old one stops ${stops}. ${used}`, remedy: null };
}
