import type { Transaction } from "#lib/db/client";
import type { Write } from "./acting/acts";

/** Writes what an act does to all that it touches, in one statement: the change head moves once for all of them. */
export async function writeTo(
  tx: Transaction,
  { columns, touched }: Pick<Write, "columns" | "touched">,
): Promise<void> {
  await tx.token.updateMany({
    where: { id: { in: touched.map(({ id }) => id) } },
    data: { ...columns, version: { increment: 1 } },
  });
}
