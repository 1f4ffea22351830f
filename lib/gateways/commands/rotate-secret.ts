import { z } from "zod";
import { defineCommand, nothingToPrepare } from "#lib/commands/command";
import { VIEWERS } from "#lib/commands/door";
import { byRole } from "#lib/commands/rules";
import { ok } from "#lib/errors/error";
import { id } from "#lib/fields";
import { gatewaySecretDigest, newGatewaySecret, PREVIOUS_MS } from "#lib/gateways/secret";
import { lockGateway } from "#lib/gateways/store";

/** Gives a gateway a new secret; the one that it has keeps working for a day, an earlier one stops at once. */
export const rotateGatewaySecret = defineCommand({
  input: z.strictObject({ id }),
  door: VIEWERS,
  stepUp: true,
  administration: "untouched",
  prepare: nothingToPrepare,
  subject: async ({ tx, actor }, { id }) => lockGateway(tx, actor, id),
  allows: byRole("gateways.write", "Only administrators rotate a gateway's secret."),
  perform: async ({ tx, now }, before) => {
    const secret = newGatewaySecret();
    const { secretDigest } = await tx.gateway.findUniqueOrThrow({
      where: { id: before.id },
      select: { secretDigest: true },
    });
    const previousUntil = new Date(now + PREVIOUS_MS);
    const { version } = await tx.gateway.update({
      where: { id: before.id },
      data: {
        secretDigest: new Uint8Array(gatewaySecretDigest(secret)),
        previousSecretDigest: secretDigest,
        previousUntil,
        version: { increment: 1 },
      },
      select: { version: true },
    });
    const after = { ...before, previousUntil: previousUntil.toISOString(), version };
    const detail = {
      before: { previousUntil: before.previousUntil },
      after: { previousUntil: after.previousUntil },
    };
    const subject = { id: before.id, name: before.key };
    return ok({ output: { ...after, secret }, events: [{ action: "gateway.secret-rotated", subject, detail }] });
  },
  conflicts: {},
});
