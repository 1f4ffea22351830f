import { z } from "zod";
import { defineCommand } from "#lib/commands/command";
import { env } from "#lib/env";
import { ok } from "#lib/errors/error";
import { line } from "#lib/fields";
import { newId } from "#lib/id";
import { mayEnrol } from "../enrolling";
import { SET_UP_MS } from "../factor";
import { lockFactorsOf, sealTotp } from "../store";
import { newTotpSecret, totpUri } from "../totp";

/**
 * Begins to set up an authenticator app: its secret, shown once. It proves nothing until its first code has come.
 * Beginning again forgets what was begun before.
 */
export const startTotp = defineCommand({
  input: z.strictObject({ name: line(60).default("") }),
  door: ["session", "unproven"],
  stepUp: true,
  administration: "untouched",
  prepare: async ({ db, actor, now }) => {
    const [id, secret] = [newId(now), newTotpSecret()];
    return ok({ id, secret, ...(await sealTotp(db, actor.userId, id, secret, now)) });
  },
  subject: async ({ tx, actor }) => ok(await lockFactorsOf(tx, actor.userId)),
  allows: mayEnrol,
  perform: async ({ tx, actor: { userId, username }, now, prepared }, _factors, { name }) => {
    const { id, secret, kid, sealed } = prepared;
    await tx.secondFactor.deleteMany({ where: { userId, confirmedAt: null } });
    const createdAt = new Date(now);
    const data = { id, userId, kind: "totp", name: name || "Authenticator app", createdAt, kid, sealed } as const;
    await tx.secondFactor.create({ data, select: { id: true } });
    const uri = totpUri(secret, username, new URL(env().url).host);
    const expiresAt = new Date(now + SET_UP_MS).toISOString();
    const detail = { before: null, after: { id, kind: "totp" as const } };
    const subject = { id: userId, name: username };
    return ok({ output: { id, secret, uri, expiresAt }, events: [{ action: "user.factor-begun", subject, detail }] });
  },
  conflicts: {},
});
