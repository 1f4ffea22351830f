import { actorName } from "#lib/access/actor-name";
import { defineCommand, nothingToPrepare } from "#lib/commands/command";
import { lockToken } from "#lib/db/token-subject";
import { TOKEN_COLUMNS, viewToken } from "#lib/db/tokens";
import { ok, refuse } from "#lib/errors/error";
import { datedOf } from "../row";
import { suspendTokenInput } from "../schema";
import { mayEnd } from "../standing";
import { hasEnded } from "../status";

/** Stops a token until it is resumed: for *something looks wrong*, and for leave. */
export const suspendToken = defineCommand({
  name: "tokens.suspend",
  input: suspendTokenInput,
  door: { visitors: false, tokens: true },
  stepUp: false,
  prepare: nothingToPrepare,
  subject: ({ tx, actor }, { id }) => lockToken(tx, actor, id),
  allows: (_actor, { row, standing }, _input, now) => {
    const may = mayEnd(standing);
    if (!may.ok) return may;
    return hasEnded(datedOf(row), now) ? refuse("ended", "It has ended; there is nothing to suspend.") : ok(undefined);
  },
  perform: async ({ tx, actor, now }, { row, standing, rules }, { note }) => {
    // What the owner suspended somebody else may take over: then the owner alone no longer resumes it.
    // Whoever has the power to end acts by it, also where they are one of the account's maintainers.
    const byOwner = standing.holder && !standing.ends;
    const takenOver = row.suspendedByOwner && !byOwner;
    if (row.suspendedAt !== null && !takenOver) {
      return ok({ output: await viewToken(tx, row, rules.policies, now), repeated: true });
    }
    const by = actorName(actor);
    const suspended = await tx.token.update({
      where: { id: row.id },
      data: {
        suspendedAt: new Date(now),
        suspendedBy: by,
        suspendedByOwner: byOwner,
        suspensionNote: note,
        version: { increment: 1 },
      },
      select: TOKEN_COLUMNS,
    });
    const before = row.suspendedAt === null ? null : { by: row.suspendedBy, byOwner: row.suspendedByOwner };
    const after = { by, byOwner, note };
    const subject = { id: row.id, name: row.name };
    return ok({
      output: await viewToken(tx, suspended, rules.policies, now),
      events: [
        {
          action: "token.suspended",
          subject,
          detail: { before: { suspension: before }, after: { suspension: after } },
        },
      ],
    });
  },
  conflicts: {},
});
