import type { UserKind } from "#lib/users/user";
import type { Judged } from "./effect";

/** Tokens that every rule treats alike, and how many there are. */
export type TokenClass = {
  readonly key: string;
  readonly token: Judged;
  readonly owner: { readonly kind: UserKind; readonly groupIds: readonly string[] };
  readonly tokens: number;
};
