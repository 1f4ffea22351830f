import type { TokenView } from "./view";

/**
 * What a token may know about itself, and whoever holds it: what it would find out by being used. Not who made it, what
 * for, whom to call, from where it may come, nor who used it.
 */
export type ItselfView = Pick<
  TokenView,
  "id" | "name" | "hint" | "applications" | "access" | "status" | "createdAt" | "expiresAt" | "overlapEndsAt"
> & {
  readonly owner: { readonly username: string };
  /** Whether it may rotate itself now. */
  readonly mayRotate: boolean;
};

/** A successor as the token that it replaces is shown it, and its secret: the one answer that holds it. */
export type MadeItself = { readonly token: ItselfView; readonly secret: string };

/** Shows a token to itself. */
export function itselfView(token: TokenView, mayRotate: boolean): ItselfView {
  const { id, name, hint, applications, access, status, createdAt, expiresAt, overlapEndsAt, owner } = token;
  const what = { id, name, hint, owner: { username: owner.username }, applications, access, status };
  return { ...what, createdAt, expiresAt, overlapEndsAt, mayRotate };
}
