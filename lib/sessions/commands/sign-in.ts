import { z } from "zod";
import { verifyPassword } from "#lib/auth/password";
import { claimAttempt, forgiveAttempts } from "#lib/auth/throttle";
import { defineCommand, nothingToFind, whoeverCame } from "#lib/commands/command";
import type { Database } from "#lib/db/client";
import { ok, type Result, refuse } from "#lib/errors/error";
import { foldName } from "#lib/users/name";

const input = z.strictObject({ username: z.string().min(1).max(255), password: z.string().min(1).max(1024) });

// One text for an unknown user, a wrong password, a service account and a deactivated one (OWASP ASVS 6.3.8).
const WRONG = "Username or password is wrong.";

type Verified = { userId: string; account: string; address: string };

async function findAccount(db: Database, key: string) {
  const select = { id: true, kind: true, deactivatedAt: true, password: { select: { hash: true } } } as const;
  const byName = await db.user.findUnique({ where: { usernameKey: key }, select });
  if (byName !== null) return byName;
  const alias = await db.userAlias.findUnique({ where: { key }, select: { user: { select } } });
  return alias?.user ?? null;
}

async function verify(
  db: Database,
  now: number,
  username: string,
  password: string,
  address: string,
): Promise<Result<Verified>> {
  const key = foldName(username);
  const user = await findAccount(db, key);
  // Throttled by what was typed when nobody has that name: the answer must not tell who exists.
  const account = user?.id ?? key;
  const known = user === null ? 0 : await db.session.count({ where: { userId: user.id, address }, take: 1 });
  const claimed = await claimAttempt(db, { account, address, knownAddress: known > 0 }, now);
  if (!claimed.ok) return claimed;
  const mayEnter = user !== null && user.kind === "person" && user.deactivatedAt === null;
  const right = await verifyPassword(password, mayEnter ? (user.password?.hash ?? null) : null);
  if (!right.ok) return right;
  if (!right.value || user === null) return refuse("unauthenticated", WRONG);
  return ok({ userId: user.id, account, address });
}

/** Opens a session for a username (or e-mail) and password. Throttled by account and address, slow on purpose. */
export const signIn = defineCommand({
  input,
  door: ["visitor"],
  stepUp: false,
  administration: "untouched",
  prepare: async ({ db, actor, now }, { username, password }) => {
    const verified = await verify(db, now, username, password, actor.address);
    if (verified.ok) await forgiveAttempts(db, { ...verified.value, knownAddress: true }, now);
    return verified;
  },
  subject: nothingToFind,
  allows: whoeverCame,
  perform: async ({ tx, actor: { userAgent }, now, prepared: { userId, address } }) => {
    const at = new Date(now);
    // Locked against a deactivation at the same moment: it would end only the sessions that it sees.
    const [user] = await tx.$queryRaw<{ username: string; active: boolean }[]>`
      SELECT username, deactivated_at IS NULL AS active FROM users WHERE id = ${userId}::uuid FOR SHARE`;
    if (user === undefined || !user.active) return refuse("unauthenticated", WRONG);
    const session = await tx.session.create({
      data: { userId, address, userAgent, createdAt: at, seenAt: at, stepUpAt: at },
    });
    await tx.userActivity.upsert({
      where: { userId },
      create: { userId, lastSignInAt: at },
      update: { lastSignInAt: at },
    });
    return ok({
      output: { sessionId: session.id, userId },
      events: [
        {
          action: "user.signed-in",
          subject: { id: userId, name: user.username },
          detail: { before: null, after: { address } },
        },
      ],
    });
  },
  conflicts: {},
});
