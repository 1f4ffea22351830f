import type { OfferedToken, TokenAction } from "#lib/tokens/acting/actions-on";
import type { TokenView } from "#lib/tokens/view";

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

/** Which buttons stand beside a token. */
export type Actions = Readonly<Record<TokenAction, boolean>>;

export const NO_ACTIONS: Actions = {
  rotate: false,
  suspend: false,
  resume: false,
  revoke: false,
  edit: false,
  link: false,
};

/** What the server would do is offered, and nothing else: it has decided already. */
export function actionsOf({ may }: Pick<OfferedToken, "may">): Actions {
  const { rotate, suspend, resume, revoke, edit, link } = may;
  return {
    rotate: rotate.allowed,
    suspend: suspend.allowed,
    resume: resume.allowed,
    revoke: revoke.allowed,
    edit: edit.allowed,
    link: link.allowed,
  };
}

/** Picks what the dialogs need. */
export function actionFacts(token: TokenView, where: string): ActionFacts {
  const { id, name, hint, owner, access, expiresAt, lastUsedAt, lastUsedIp, status, rotatedFrom } = token;
  const pair = status === "rotating" ? "old" : rotatedFrom === null ? null : "new";
  return { id, name, hint, owner, access, expiresAt, lastUsedAt, lastUsedIp, status, pair, where };
}
