import type { SessionViewer, TokenViewer } from "#lib/access/viewer";
import type { ApplicationView } from "#lib/applications/view";
import { now } from "#lib/clock";
import { execute } from "#lib/commands/execute";
import type { Database } from "#lib/db/client";
import { log } from "#lib/log";
import { TOKEN_LIFE_MS } from "#lib/probes/probe";
import { createToken } from "#lib/tokens/commands/create";
import { revokeToken } from "#lib/tokens/commands/revoke";

export type Tester = SessionViewer | TokenViewer;

/** A token for one run. The secret goes into requests to the gateway and nowhere else. */
export type Lent = { readonly id: string; readonly secret: string };

const NAME = "Connection check";

/**
 * Uses a read token of the tester's own, made as every other is and by the same rules, and revokes it whatever comes.
 * @param use is given why there is no token, where the tester's tier allows none
 */
export async function withToken<Found>(
  db: Database,
  tester: Tester,
  { key }: Pick<ApplicationView, "key">,
  use: (lent: Lent | string) => Promise<Found>,
): Promise<Found> {
  const made = await execute(db, createToken, tester, wishFor(tester, key, now()), now());
  if (!made.ok) return use(made.refusal.detail);
  const { token, secret } = made.value.output;
  try {
    return await use({ id: token.id, secret });
  } finally {
    const end = { id: token.id, reason: "no_longer_needed", note: `${NAME} is over.` };
    const ended = await execute(db, revokeToken, tester, end, now());
    if (!ended.ok) log.warn("probing.not_revoked", { token: token.id, code: ended.refusal.code });
  }
}

const wishFor = ({ username }: Tester, key: string, at: number) => ({
  name: NAME,
  description: "Tries how an application is connected. Made and ended by the connection check.",
  contact: username.slice(0, 100),
  applications: [key],
  access: "read",
  expiresAt: new Date(at + TOKEN_LIFE_MS).toISOString(),
});
