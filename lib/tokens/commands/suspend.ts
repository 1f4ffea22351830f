import { actorName } from "#lib/access/actor-name";
import { defineCommand, nothingToPrepare } from "#lib/commands/command";
import { VIEWERS } from "#lib/commands/door";
import { inTurn } from "#lib/commands/rules";
import { ok } from "#lib/errors/error";
import { viewToken } from "#lib/tokens/store";
import { lockRotating } from "#lib/tokens/store-chain";
import { lockToken } from "#lib/tokens/store-subject";
import { mayEndIt, notEnded } from "../acting/standing-rules";
import type { TokenRow } from "../row";
import { suspendTokenInput } from "../schema";

/** Stops a token, and the other one of a rotating pair, until it is resumed: for *something looks wrong*, and for leave. */
export const suspendToken = defineCommand({
  input: suspendTokenInput,
  door: VIEWERS,
  stepUp: false,
  administration: "untouched",
  prepare: nothingToPrepare,
  subject: ({ tx, actor }, { id }) => lockToken(tx, actor, id),
  allows: inTurn(mayEndIt, notEnded("It has ended; there is nothing to suspend.")),
  perform: async ({ tx, actor, now }, { row, standing, rules }, { note }) => {
    // What the owner suspended somebody else may take over: then the owner alone no longer resumes it.
    // Whoever has the power to end acts by it, also where they are one of the account's maintainers.
    const byOwner = standing.holder && !standing.ends;
    const takenOver = row.suspendedByOwner && !byOwner;
    if (row.suspendedAt !== null && !takenOver) {
      return ok({ output: await viewToken(tx, row, rules.policies, now), repeated: true });
    }
    const by = actorName(actor);
    // The other secret of a rotating pair does the same thing: leaving it at work would stop nothing.
    const twins = await lockRotating(tx, row, now);
    const stopped = [row, ...twins.filter((twin) => twin.suspendedAt === null || (twin.suspendedByOwner && !byOwner))];
    const suspension = { suspendedAt: new Date(now), suspendedBy: by, suspendedByOwner: byOwner, suspensionNote: note };
    await tx.token.updateMany({
      where: { id: { in: stopped.map(({ id }) => id) } },
      data: { ...suspension, version: { increment: 1 } },
    });
    const eventOf = (each: TokenRow) => {
      const before = each.suspendedAt === null ? null : { by: each.suspendedBy, byOwner: each.suspendedByOwner };
      const detail = { before: { suspension: before }, after: { suspension: { by, byOwner, note } } };
      return { action: "token.suspended" as const, subject: { id: each.id, name: each.name }, detail };
    };
    const suspended = { ...row, ...suspension, version: row.version + 1 };
    return ok({
      output: await viewToken(tx, suspended, rules.policies, now),
      events: [eventOf(row), ...stopped.slice(1).map(eventOf)],
    });
  },
  conflicts: {},
});
