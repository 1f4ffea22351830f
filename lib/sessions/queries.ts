import { z } from "zod";
import type { Actor, Viewer } from "#lib/access/viewer";
import { takeBackAttempt } from "#lib/auth/throttle";
import { now } from "#lib/clock";
import { database } from "#lib/db/client";
import { ok, type Result, refuse } from "#lib/errors/error";
import { optionsToSign } from "#lib/factors/store-options";
import { ABSOLUTE_MS, IDLE_MS } from "./session";
import { verifyName } from "./store-credentials";
import { typedName, typedPassword } from "./typed";

/** One's own session, as the account page and the API show it. */
export type SessionView = {
  readonly id: string;
  readonly createdAt: string;
  readonly seenAt: string;
  readonly address: string;
  readonly userAgent: string;
  /** Whether a second factor was proved in it. */
  readonly secondFactor: boolean;
  /** The one that asks. */
  readonly current: boolean;
};

/** The viewer's own sessions that still stand, newest first; at most a hundred. Operators and scripts have none. */
export async function listOwnSessions(
  viewer: Viewer,
): Promise<{ items: SessionView[]; nextCursor: null; previousCursor: null }> {
  const none = { items: [], nextCursor: null, previousCursor: null };
  if (viewer.kind !== "session") return none;
  const at = now();
  const rows = await database().session.findMany({
    where: {
      userId: viewer.userId,
      endedAt: null,
      createdAt: { gt: new Date(at - ABSOLUTE_MS) },
      seenAt: { gt: new Date(at - IDLE_MS) },
    },
    orderBy: { createdAt: "desc" },
    take: 100,
  });
  const items = rows.map(({ id, createdAt, seenAt, address, userAgent, secondFactorAt }) => ({
    id,
    createdAt: createdAt.toISOString(),
    seenAt: seenAt.toISOString(),
    address,
    userAgent,
    secondFactor: secondFactorAt !== null,
    current: id === viewer.sessionId,
  }));
  return { ...none, items };
}

export const passkeyQuestion = z.strictObject({
  username: typedName,
  password: typedPassword,
});

/**
 * What the browser needs to have a passkey sign in: for who gives the right password only, and throttled like an
 * attempt to sign in, so that nobody else learns who has passkeys.
 */
export async function passkeyOptions(
  actor: Actor,
  given: z.output<typeof passkeyQuestion>,
): Promise<Result<{ options: object | null }>> {
  if (actor.kind !== "visitor") return refuse("forbidden", "You are signed in already.");
  const named = await verifyName(database(), given, actor.address, now());
  if (!named.ok) return named;
  await takeBackAttempt(database(), named.value.attempt);
  return ok(await optionsToSign(database(), named.value.userId, "sign-in", now()));
}
