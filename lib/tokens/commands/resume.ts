import { defineCommand, nothingToPrepare } from "#lib/commands/command";
import { lockToken } from "#lib/db/token-subject";
import { TOKEN_COLUMNS, viewToken } from "#lib/db/tokens";
import { ok, refuse } from "#lib/errors/error";
import { datedOf } from "../row";
import { resumeTokenInput } from "../schema";
import { mayEnd, mayResume } from "../standing";
import { hasEnded } from "../status";

/** Lets a suspended token work again. */
export const resumeToken = defineCommand({
  name: "tokens.resume",
  input: resumeTokenInput,
  door: { visitors: false, tokens: true },
  stepUp: false,
  prepare: nothingToPrepare,
  subject: ({ tx, actor }, { id }) => lockToken(tx, actor, id),
  allows: (_actor, { row, standing }, _input, now) => {
    const may = mayEnd(standing);
    if (!may.ok) return may;
    if (hasEnded(datedOf(row), now)) return refuse("ended", "It has ended and cannot be resumed. Create a new one.");
    if (row.suspendedAt === null) return ok(undefined);
    return mayResume(standing, { byOwner: row.suspendedByOwner, by: row.suspendedBy });
  },
  perform: async ({ tx, now }, { row, rules }) => {
    if (row.suspendedAt === null) {
      return ok({ output: await viewToken(tx, row, rules.policies, now), repeated: true });
    }
    const resumed = await tx.token.update({
      where: { id: row.id },
      data: {
        suspendedAt: null,
        suspendedBy: null,
        suspendedByOwner: false,
        suspensionNote: null,
        version: { increment: 1 },
      },
      select: TOKEN_COLUMNS,
    });
    const before = { by: row.suspendedBy, byOwner: row.suspendedByOwner, note: row.suspensionNote };
    const subject = { id: row.id, name: row.name };
    return ok({
      output: await viewToken(tx, resumed, rules.policies, now),
      events: [
        { action: "token.resumed", subject, detail: { before: { suspension: before }, after: { suspension: null } } },
      ],
    });
  },
  conflicts: {},
});
