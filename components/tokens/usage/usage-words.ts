import type { Usage } from "#lib/tokens/usage";

/** *1 call*, *5,077 calls*. */
export const callWords = (count: number): string => (count === 1 ? "1 call" : `${count.toLocaleString("en")} calls`);

/** *It is in use: 196 calls in the last 24 hours, 5,077 in 30 days.* Null where nobody called. */
export function sentenceOfUse({ calls24h, calls30d }: Pick<Usage, "calls24h" | "calls30d">): string | null {
  if (calls30d === 0) return null;
  return `It is in use: ${callWords(calls24h)} in the last 24 hours, ${calls30d.toLocaleString("en")} in 30 days.`;
}
