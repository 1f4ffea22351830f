import { Prisma } from "#lib/db/client";
import type { TokenOrder } from "./search/filter";
import { ENDS, LAST_USED } from "./store-conditions";

type Sql = Prisma.Sql;

/** What an order sorts by, as its index says it. `walk`: the tables its index is walked along, `id` and `key` in them. */
export type Order = {
  readonly key: Sql;
  readonly walk: { readonly from: Sql; readonly id: Sql };
  /** What `tokens t` must be joined with to have the key. */
  readonly needs: "usage" | "owner" | "nothing";
  readonly holds: "time" | "text" | "access";
};

export const USAGE = Prisma.sql`JOIN token_usage u ON u.token_id = t.id`;
export const OWNER = Prisma.sql`JOIN users o ON o.id = t.owner_id`;

const ALONG_TOKENS = { from: Prisma.sql`tokens t`, id: Prisma.sql`t.id` };
const plain = (key: Sql, holds: Order["holds"]): Order => ({ key, walk: ALONG_TOKENS, needs: "nothing", holds });

export const ORDERS: Readonly<Record<TokenOrder, Order>> = {
  createdAt: plain(Prisma.sql`t.created_at`, "time"),
  name: plain(Prisma.sql`lower(t.name) COLLATE "C"`, "text"),
  owner: {
    key: Prisma.sql`o.username_key COLLATE "C"`,
    walk: { from: Prisma.sql`tokens t ${OWNER}`, id: Prisma.sql`t.id` },
    needs: "owner",
    holds: "text",
  },
  access: plain(Prisma.sql`t.access`, "access"),
  createdBy: plain(Prisma.sql`t.created_by COLLATE "C"`, "text"),
  expiresAt: plain(ENDS, "time"),
  lastUsedAt: {
    key: LAST_USED,
    walk: { from: Prisma.sql`token_usage u`, id: Prisma.sql`u.token_id` },
    needs: "usage",
    holds: "time",
  },
};

/** A cursor's text as a value of the key again. */
export function keyFrom({ holds }: Order, text: string): Sql {
  if (holds === "text") return Prisma.sql`${text}`;
  return holds === "time" ? Prisma.sql`${text}::timestamptz` : Prisma.sql`${text}::access`;
}
