import { z } from "zod";
import { defineCommand, nothingToPrepare } from "#lib/commands/command";
import { VIEWERS } from "#lib/commands/door";
import { ok, refuse } from "#lib/errors/error";
import { readPolicies } from "#lib/policies/store";
import type { TokenRow } from "../row";
import { digestOf } from "../secret";
import { managedTokens, managesSome, TOKEN_COLUMNS, viewToken } from "../store";

/** Blanks around it come with copying. No other text of ours may hold a secret; this one must. */
export const findTokenInput = z.strictObject({
  secret: z.string("Paste the secret.").trim().min(1, "Paste the secret.").max(200, "A secret is shorter than that."),
});

/**
 * Whose a found secret is. Looked at afterwards in the log, so it is a command, though it changes no token; the secret
 * itself is neither kept nor repeated. Who manages some tokens finds those; of others nobody learns that they exist.
 */
export const findTokenBySecret = defineCommand({
  input: findTokenInput,
  door: VIEWERS,
  stepUp: true,
  administration: "untouched",
  prepare: nothingToPrepare,
  subject: async ({ tx, actor }, { secret }) => {
    const digest = new Uint8Array(Buffer.from(digestOf(secret), "hex"));
    const where = { AND: [await managedTokens(tx, actor), { digest }] };
    const row: TokenRow | null = await tx.token.findFirst({ where, select: TOKEN_COLUMNS });
    return ok({ row, manages: await managesSome(tx, actor) });
  },
  allows: (_actor, { manages }) => (manages ? ok(undefined) : refuse("forbidden", "You manage nobody's tokens.")),
  perform: async ({ tx, actor, now }, { row }) => {
    const subject = row === null ? { id: null, name: "unknown secret" } : { id: row.id, name: row.name };
    const after = { found: row !== null, owner: row?.owner.username ?? null };
    const event = { action: "token.sought" as const, subject, detail: { before: null, after } };
    const token = row === null ? null : await viewToken(tx, actor, row, await readPolicies(tx), now);
    return ok({ output: { found: row !== null, token }, events: [event] });
  },
  conflicts: {},
});
