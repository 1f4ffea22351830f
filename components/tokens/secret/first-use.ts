import type { TokenView } from "#lib/tokens/view";

/** `refused`: a request came and was refused, in `said` why and what to do; the next may be allowed. */
export type FirstUse = {
  readonly state: "waiting" | "refused" | "works" | "ended";
  readonly address: string | null;
  readonly said: string;
};

export const WAITING: FirstUse = { state: "waiting", address: null, said: "" };

const USABLE = new Set<TokenView["status"]>(["active", "expiring", "rotating"]);

/** What a token's answer says about its first request. */
export function firstUseOf(token: Pick<TokenView, "status" | "lastUsedAt" | "lastUsedIp" | "lastRefusal">): FirstUse {
  const { lastUsedAt, lastUsedIp: address, lastRefusal } = token;
  if (lastUsedAt !== null) return { state: "works", address, said: "" };
  if (!USABLE.has(token.status)) return { ...WAITING, state: "ended" };
  if (lastRefusal === null) return WAITING;
  return { ...WAITING, state: "refused", said: `${lastRefusal.meaning} ${lastRefusal.remedy}` };
}

const ASKS_FOR_SECONDS = 600;

/**
 * Whether the page still asks by itself. Each question counts as use of the session: a page that nobody looks at any
 * more would keep it from ever ending for idleness.
 * @param seconds how long it has waited
 */
export function stillAsks({ state }: Pick<FirstUse, "state">, seconds: number): boolean {
  return (state === "waiting" || state === "refused") && seconds < ASKS_FOR_SECONDS;
}
