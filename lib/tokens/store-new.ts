import type { Prisma, Transaction } from "#lib/db/client";
import type { TokenRow } from "./row";
import { digestOf, hintOf, newSecret } from "./secret";
import { TOKEN_COLUMNS } from "./store";

type Data = Omit<Prisma.TokenUncheckedCreateInput, "id" | "digest" | "hint" | "createdAt" | "secretBornAt">;

/**
 * Writes a token with a new secret. The secret is in this answer and nowhere else.
 * @param prefix of the installation's secrets
 * @param now epoch milliseconds: birth of token and secret
 */
export async function insertToken(
  tx: Transaction,
  data: Data,
  prefix: string,
  now: number,
): Promise<{ row: TokenRow; secret: string }> {
  const secret = newSecret(prefix);
  const at = new Date(now);
  const row = await tx.token.create({
    data: {
      ...data,
      digest: new Uint8Array(Buffer.from(digestOf(secret), "hex")),
      hint: hintOf(secret),
      createdAt: at,
      secretBornAt: at,
    },
    select: TOKEN_COLUMNS,
  });
  return { row, secret };
}
