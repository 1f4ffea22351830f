import { actorName } from "#lib/access/actor-name";
import { defineCommand, nothingToPrepare } from "#lib/commands/command";
import { VIEWERS } from "#lib/commands/door";
import { ok } from "#lib/errors/error";
import { viewToken } from "#lib/tokens/store";
import { lockRotating } from "#lib/tokens/store-chain";
import { lockToken } from "#lib/tokens/store-subject";
import { isHeld, permitsSuspending } from "../acting/actions-on";
import { suspendsAsOwner } from "../acting/standing";
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
  allows: (_actor, subject, _input, now) => permitsSuspending(subject, now),
  perform: async ({ tx, actor, now }, { row, standing, rules }, { note }) => {
    // What the owner suspended somebody else may take over: then the owner alone no longer resumes it.
    const byOwner = suspendsAsOwner(standing);
    if (isHeld(row, standing)) {
      return ok({ output: await viewToken(tx, row, rules.policies, now), repeated: true });
    }
    const by = actorName(actor);
    // The other secret of a rotating pair does the same thing: leaving it at work would stop nothing.
    const twins = await lockRotating(tx, row, now);
    const stopped = [row, ...twins.filter((twin) => !isHeld(twin, standing))];
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
