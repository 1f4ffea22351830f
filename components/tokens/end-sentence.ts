import type { TokenView } from "#lib/tokens/view";
import { reasonWords } from "./token-words";

type Ended = Pick<TokenView, "status" | "revocation" | "overlapEndsAt" | "expiresAt">;

/** When it ended, as far as that is known. */
export const endOf = (token: Ended): string | null => token.revocation?.at ?? token.overlapEndsAt ?? token.expiresAt;

/** How it ended: *Revoked by aino.saarinen: no longer needed. “Replaced by CI”*. */
export function endSentence(token: Ended): string {
  const { revocation } = token;
  if (revocation) {
    const note = revocation.note ? ` “${revocation.note}”` : "";
    return `Revoked by ${revocation.by}: ${reasonWords(revocation.reason)}.${note}`;
  }
  if (token.status === "denied") return "The request for it was denied.";
  return token.overlapEndsAt ? "Replaced by a new secret." : "Reached its end.";
}
