import { actorName } from "#lib/access/actor-name";
import { defineCommand, nothingToPrepare } from "#lib/commands/command";
import { VIEWERS } from "#lib/commands/door";
import { ok } from "#lib/errors/error";
import { viewToken } from "#lib/tokens/store";
import { insertToken, judgedColumns, keptColumns } from "#lib/tokens/store-new";
import { lockToken } from "#lib/tokens/store-subject";
import { planRotation } from "../acting/plan-rotation";
import { overlapEnd } from "../acting/rotation";
import { type Made, madeDetail } from "../made";
import { rotateTokenInput } from "../schema";

const TAKEN = "Somebody rotated it at the same time. Rotate its successor.";

/** Replaces a secret: a successor with the same properties, and an overlap in which the old one still works. */
export const rotateToken = defineCommand({
  input: rotateTokenInput,
  door: VIEWERS,
  stepUp: false,
  administration: "untouched",
  prepare: nothingToPrepare,
  subject: ({ tx, actor }, { id }) => lockToken(tx, actor, id),
  allows: (viewer, subject, _input, now) => planRotation({ ...subject, viewer }, now),
  perform: async ({ tx, actor, now, permitted }, { row: old, rules }, { overlap }) => {
    const { endsAt, untilFirstUse } = overlapEnd(overlap, now, old.expiresAt?.getTime() ?? null);
    await tx.token.update({
      where: { id: old.id },
      data: {
        supersededAt: new Date(now),
        overlapEndsAt: new Date(endsAt),
        overlapUntilFirstUse: untilFirstUse,
        version: { increment: 1 },
      },
      select: { id: true },
    });
    const same = { ...(await keptColumns(tx, old.id)), ...judgedColumns(permitted) };
    const columns = { ...same, rotatedFromId: old.id, createdBy: actorName(actor) };
    const { row, secret } = await insertToken(tx, columns, now);
    const token = await viewToken(tx, actor, row, rules.policies, now);
    const output: Made = { token, secret };
    const overlapEndsAt = new Date(endsAt).toISOString();
    const detail = { before: { rotatedTo: null }, after: { rotatedTo: row.id, overlap, overlapEndsAt } };
    return ok({
      output,
      events: [
        { action: "token.rotated", subject: { id: old.id, name: old.name }, detail },
        {
          action: "token.created",
          subject: { id: row.id, name: row.name },
          detail: madeDetail(token, { rotatedFrom: old.id }),
        },
      ],
    });
  },
  conflicts: { tokens_rotated_from_id_key: { code: "stale", detail: TAKEN } },
});
