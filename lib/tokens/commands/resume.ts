import { defineCommand, nothingToPrepare } from "#lib/commands/command";
import { VIEWERS } from "#lib/commands/door";
import { ok } from "#lib/errors/error";
import { viewToken } from "#lib/tokens/store";
import { lockRotating } from "#lib/tokens/store-chain";
import { lockToken } from "#lib/tokens/store-subject";
import { permitsResuming } from "../acting/actions-on";
import { mayResume } from "../acting/standing";
import type { TokenRow } from "../row";
import { resumeTokenInput } from "../schema";

/** Lets a suspended token work again, and the other one of a rotating pair with it. */
export const resumeToken = defineCommand({
  input: resumeTokenInput,
  door: VIEWERS,
  stepUp: false,
  administration: "untouched",
  prepare: nothingToPrepare,
  subject: ({ tx, actor }, { id }) => lockToken(tx, actor, id),
  allows: (_actor, subject, _input, now) => permitsResuming(subject, now),
  perform: async ({ tx, now }, { row, standing, rules }) => {
    if (row.suspendedAt === null) {
      return ok({ output: await viewToken(tx, row, rules.policies, now), repeated: true });
    }
    const twins = (await lockRotating(tx, row, now)).filter(
      ({ suspendedAt, suspendedByOwner: byOwner, suspendedBy: by }) =>
        suspendedAt !== null && mayResume(standing, { byOwner, by }).ok,
    );
    const none = { suspendedAt: null, suspendedBy: null, suspendedByOwner: false, suspensionNote: null };
    await tx.token.updateMany({
      where: { id: { in: [row, ...twins].map(({ id }) => id) } },
      data: { ...none, version: { increment: 1 } },
    });
    const eventOf = (each: TokenRow) => {
      const before = { by: each.suspendedBy, byOwner: each.suspendedByOwner, note: each.suspensionNote };
      const detail = { before: { suspension: before }, after: { suspension: null } };
      return { action: "token.resumed" as const, subject: { id: each.id, name: each.name }, detail };
    };
    const resumed = { ...row, ...none, version: row.version + 1 };
    return ok({
      output: await viewToken(tx, resumed, rules.policies, now),
      events: [eventOf(row), ...twins.map(eventOf)],
    });
  },
  conflicts: {},
});
