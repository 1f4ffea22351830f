import type { TokenView } from "#lib/tokens/view";
import type { Role } from "#lib/users/user";
import { hasEnded } from "../list/grouping";

/** What the dialogs say about a token: little, because it travels to the browser with every row. */
export type ActionFacts = Pick<
  TokenView,
  "id" | "name" | "hint" | "owner" | "access" | "expiresAt" | "lastUsedAt" | "lastUsedIp" | "status"
> & {
  /** Of a rotated token: is this the old secret or the new one? Null if it was not rotated. */
  readonly pair: "old" | "new" | null;
  /** In words: *Jira and Confluence*. */
  readonly where: string;
};

export type Actions = {
  readonly rotate: boolean;
  readonly suspend: boolean;
  readonly resume: boolean;
  readonly revoke: boolean;
};

export const NO_ACTIONS: Actions = { rotate: false, suspend: false, resume: false, revoke: false };

type Acting = { readonly userId: string; readonly role: Role };

/**
 * Which buttons stand beside a token. The server decides about each again; a button that can never work is not shown.
 * Owners do everything with their own, but resume only what they suspended; administrators end and hold those of others.
 */
export function actionsFor(token: Pick<TokenView, "status" | "owner" | "suspension">, viewer: Acting): Actions {
  const own = token.owner.id === viewer.userId;
  if (hasEnded(token) || (!own && viewer.role !== "admin")) return NO_ACTIONS;
  const suspended = token.status === "suspended";
  return {
    rotate: own && (token.status === "active" || token.status === "expiring"),
    suspend: !suspended,
    resume: suspended && (viewer.role === "admin" || token.suspension?.byOwner === true),
    revoke: true,
  };
}

/** Picks what the dialogs need. */
export function actionFacts(token: TokenView, where: string): ActionFacts {
  const { id, name, hint, owner, access, expiresAt, lastUsedAt, lastUsedIp, status, rotatedFrom } = token;
  const pair = status === "rotating" ? "old" : rotatedFrom === null ? null : "new";
  return { id, name, hint, owner, access, expiresAt, lastUsedAt, lastUsedIp, status, pair, where };
}
