import { z } from "zod";
import type { AuditEntry } from "#lib/audit/event";
import { defineCommand, nothingToFind, whoeverCame } from "#lib/commands/command";
import type { Transaction } from "#lib/db/client";
import { ok, refuse } from "#lib/errors/error";
import { shownFields } from "#lib/factors/shown";
import { recoveryCodesLeft } from "#lib/factors/store";
import { type Proof, spend } from "#lib/factors/store-proof";
import { openSession } from "../store";
import { verifyPerson, WRONG, wrongProof } from "../store-credentials";
import { typedName, typedPassword } from "../typed";

const input = z.strictObject({
  username: typedName,
  password: typedPassword,
  ...shownFields,
});

/** What the log says besides, where a recovery code was needed: somebody has lost something, or found it. */
async function recoveryEvents(
  tx: Transaction,
  proof: Proof | null,
  subject: { id: string; name: string },
): Promise<AuditEntry[]> {
  if (proof?.by !== "recovery") return [];
  const left = await recoveryCodesLeft(tx, subject.id);
  return [{ action: "user.recovery-code-used", subject, detail: { before: null, after: { left } } }];
}

/**
 * Opens a session for a username (or e-mail), a password and, of who has one, a second factor. Throttled by account and
 * address, slow on purpose. Always a new session: what a browser brought along is worth nothing.
 */
export const signIn = defineCommand({
  input,
  door: ["visitor"],
  whileRestored: "open",
  stepUp: false,
  administration: "untouched",
  prepare: async ({ db, actor, now }, given) => verifyPerson(db, given, actor.address, now),
  subject: nothingToFind,
  allows: whoeverCame,
  perform: async ({ tx, actor, now, prepared: { userId, proof } }, _subject, given) => {
    const opened = await openSession(tx, actor, userId, { stepUpAt: now, secondFactorAt: proof && now }, now);
    if (opened === null) return refuse("unauthenticated", WRONG);
    if (proof !== null && !(await spend(tx, proof, now))) return wrongProof(given);
    const subject = { id: userId, name: opened.username };
    const detail = { before: null, after: { address: actor.address, secondFactor: proof?.by ?? null } };
    return ok({
      output: { sessionId: opened.sessionId, userId },
      events: [{ action: "user.signed-in", subject, detail }, ...(await recoveryEvents(tx, proof, subject))],
    });
  },
  conflicts: {},
});
