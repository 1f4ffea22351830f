import { z } from "zod";
import type { AuditEntry } from "#lib/audit/event";
import { preparePassword } from "#lib/auth/password";
import { claimAttempt } from "#lib/auth/throttle";
import { defineCommand } from "#lib/commands/command";
import type { Database, Transaction } from "#lib/db/client";
import { ok, refuse } from "#lib/errors/error";
import { notEnforcedYet } from "#lib/errors/invalid-input";
import { EVERYONE_READS } from "#lib/policies/fresh";
import { insertPolicy } from "#lib/policies/store-new";
import { opensSetup } from "#lib/settings/setup-code";
import { emailField, usernameField } from "#lib/users/schema";
import { insertAdmin, NAME_CONFLICTS } from "./create-admin";

const input = z.strictObject({
  code: z
    .string("Open the whole set-up link.")
    .min(1, "Open the whole set-up link.")
    .max(100, "This is no set-up code."),
  username: usernameField,
  password: z.string("Write a password.").max(1024, "This is too long for a password."),
  email: emailField.optional(),
  audience: z
    .enum(["group", "request", "everyone-read"], "Say who may have tokens: group or everyone-read.")
    .refine((audience) => audience !== "request", notEnforcedYet("Tokens on request")),
});

const CLOSED =
  "This set-up link does not work (any more). Start Latchkey again for a new one, unless an administrator exists already.";

async function readSetup(db: Database | Transaction) {
  const row = await db.setup.findUniqueOrThrow({
    where: { id: 1 },
    select: { codeDigest: true, codeExpiresAt: true, completedAt: true },
  });
  return {
    codeDigest: row.codeDigest,
    codeExpiresAt: row.codeExpiresAt?.getTime() ?? null,
    completedAt: row.completedAt?.getTime() ?? null,
  };
}

/** *Everyone, read only*: one more tier, below those of the fresh installation. */
async function letEveryoneRead(tx: Transaction, now: number): Promise<AuditEntry> {
  const view = await insertPolicy(tx, EVERYONE_READS, [], now);
  return {
    action: "policy.created",
    subject: { id: view.id, name: view.name },
    detail: { before: null, after: view },
  };
}

/** The first administrator, by the one-time link; says who may have tokens. Once, ever. */
export const completeSetup = defineCommand({
  input,
  door: ["visitor"],
  stepUp: false,
  administration: "may change",
  prepare: async ({ db, actor, now }, { code, username, email, password }) => {
    const claimed = await claimAttempt(db, { account: "setup", address: actor.address, knownAddress: true }, now);
    if (!claimed.ok) return claimed;
    // Before the costly hash, so that strangers cannot make us compute; again under the lock, which decides.
    if (!opensSetup(await readSetup(db), code, now)) return refuse("forbidden", CLOSED);
    return preparePassword(password, [username, email ?? ""]);
  },
  subject: async ({ tx }) => {
    await tx.$executeRaw`SELECT id FROM setup WHERE id = 1 FOR UPDATE`;
    return ok(await readSetup(tx));
  },
  allows: (_actor, setup, { code }, now) =>
    opensSetup(setup, code, now) ? ok(undefined) : refuse("forbidden", CLOSED),
  perform: async ({ tx, now, prepared: { hash } }, _setup, { audience, ...person }) => {
    const admin = await insertAdmin(tx, person, hash, now, "set-up");
    if (!admin.ok) return admin;
    const { id, username, event } = admin.value;
    const tiers = audience === "everyone-read" ? [await letEveryoneRead(tx, now)] : [];
    const subject = { id: null, name: "Latchkey" };
    const detail = { before: null, after: { admin: username, audience } };
    return ok({
      output: { id, username },
      events: [{ action: "setup.completed", subject, detail }, event, ...tiers],
    });
  },
  conflicts: NAME_CONFLICTS,
});
