import { z } from "zod";
import { ok, type Result, refuse } from "#lib/errors/error";
import { seal, text, unseal } from "#lib/keyset";
import { TOKEN_ORDERS, type TokenOrder } from "./filter";

const KEY = text("key");
const ENDLESS = new Set(["infinity", "-infinity"]);
const isTime = (key: string): boolean => ENDLESS.has(key) || z.iso.datetime().safeParse(key).success;
const isText = (key: string): boolean => !/\p{Cs}/u.test(key) && !key.includes("\u0000");

const FITS: Readonly<Record<TokenOrder, (key: string) => boolean>> = {
  createdAt: isTime,
  name: isText,
  owner: isText,
  access: (key) => key === "read" || key === "write",
  createdBy: isText,
  expiresAt: isTime,
  lastUsedAt: isTime,
};

type Asked = { readonly sort: string; readonly cursor?: string | undefined };

/** Where a page begins; `backwards`: it was asked for as the page before. */
export type Start = {
  readonly order: TokenOrder;
  readonly descending: boolean;
  readonly from: { readonly key: string; readonly id: string } | null;
  readonly backwards: boolean;
};

/** Reads where a page begins. @returns `invalid_input` for a cursor of another order or of nobody */
export function startOf({ sort, cursor }: Asked): Result<Start> {
  const downwards = sort.startsWith("-");
  const order = TOKEN_ORDERS.find((each) => each === (downwards ? sort.slice(1) : sort));
  if (order === undefined) throw new Error(`The schema lets ${sort} through, which is no order`);
  if (cursor === undefined) return ok({ order, descending: downwards, from: null, backwards: false });
  const found = unseal(cursor, sort, KEY);
  if (found === null || typeof found.key !== "string" || !FITS[order](found.key)) {
    const message = "This cursor belongs to no page of this list. Start again without it.";
    return refuse("invalid_input", message, [{ path: "cursor", message }]);
  }
  const { key, id, backwards } = found;
  return ok({ order, descending: downwards !== backwards, from: { key, id }, backwards });
}

type Found = { readonly id: string; readonly key: string };

/** A page in its order, with the cursors beside it, of one row more than wanted. */
export function pageOfFound(sort: string, start: Start, found: readonly Found[], limit: number) {
  const more = found.length > limit;
  const kept = found.slice(0, limit);
  if (start.backwards) kept.reverse();
  const beside = (row: Found | undefined, backwards: boolean) =>
    row === undefined ? null : seal(sort, { key: keyText(start.order, row.key), id: row.id, backwards });
  return {
    ids: kept.map(({ id }) => id),
    nextCursor: start.backwards || more ? beside(kept.at(-1), false) : null,
    previousCursor: (start.backwards ? more : start.from !== null) ? beside(kept[0], true) : null,
  };
}

/** A key as the database writes it, in the one form that a cursor may carry. */
export function keyText(order: TokenOrder, key: string): string {
  return FITS[order] !== isTime || ENDLESS.has(key) ? key : new Date(key).toISOString();
}
