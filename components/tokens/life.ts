import type { TokenView } from "#lib/tokens/view";
import { DAY_MS, dayOf, type Reader, until } from "../ui/time-words";

/** From here on the bar is amber. */
const NEARLY_OVER_DAYS = 14;

export type Life = {
  /** *26 Nov*, *Never*. */
  readonly ends: string;
  /** *in 6 days*; empty where nothing is coming. */
  readonly left: string;
  /** Share of its life that is over; null without an end. */
  readonly share: number | null;
  readonly tone: "fresh" | "nearly-over" | "over";
  /** The instant itself, for hovering. */
  readonly at: string | null;
};

type Facts = Pick<TokenView, "status" | "createdAt" | "expiresAt" | "overlapEndsAt" | "revocation">;

/** When a token ends, or did, as its row shows it. A superseded secret ends with its overlap. */
export function lifeOf(token: Facts, reader: Reader): Life {
  const endedAt = token.revocation?.at ?? null;
  const at = endedAt ?? (token.status === "rotating" ? token.overlapEndsAt : null) ?? token.expiresAt;
  if (at === null) return { ends: "Never", left: "", share: null, tone: "fresh", at: null };
  const end = Date.parse(at);
  const born = Date.parse(token.createdAt);
  const over = endedAt !== null || end <= reader.now;
  const share = over ? 1 : Math.min(1, Math.max(0, (reader.now - born) / Math.max(1, end - born)));
  const tone = over ? "over" : end - reader.now <= NEARLY_OVER_DAYS * DAY_MS ? "nearly-over" : "fresh";
  return { ends: dayOf(end, reader), left: over ? "over" : until(end, reader), share, tone, at };
}
