import type { TokenView } from "#lib/tokens/view";

export type FirstUse = { readonly state: "waiting" | "works" | "ended"; readonly address: string | null };

const USABLE = new Set<TokenView["status"]>(["active", "expiring", "rotating"]);

/** What a token's answer says about its first request. */
export function firstUseOf(token: Pick<TokenView, "status" | "lastUsedAt" | "lastUsedIp">): FirstUse {
  if (token.lastUsedAt !== null) return { state: "works", address: token.lastUsedIp };
  return { state: USABLE.has(token.status) ? "waiting" : "ended", address: null };
}

const ASKS_FOR_SECONDS = 600;

/**
 * Whether the page still asks by itself. Each question counts as use of the session: a page that nobody looks at any
 * more would keep it from ever ending for idleness.
 * @param seconds how long it has waited
 */
export function stillAsks({ state }: FirstUse, seconds: number): boolean {
  return state === "waiting" && seconds < ASKS_FOR_SECONDS;
}
