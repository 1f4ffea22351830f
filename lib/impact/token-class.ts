import type { Alike } from "#lib/tokens/alike";
import type { Judged } from "./effect";

/** Tokens that every rule treats alike, and how many there are. */
export type TokenClass = {
  readonly key: string;
  readonly token: Judged;
  readonly owner: Alike["owner"];
  readonly tokens: number;
};
