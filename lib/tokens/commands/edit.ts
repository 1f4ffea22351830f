import { defineCommand, nothingToPrepare } from "#lib/commands/command";
import { VIEWERS } from "#lib/commands/door";
import { ok, type Result, refuse } from "#lib/errors/error";
import { holdNetworks } from "#lib/networks/store";
import { TOKEN_COLUMNS, viewToken } from "#lib/tokens/store";
import { lockRotating } from "#lib/tokens/store-chain";
import { judgedColumns } from "#lib/tokens/store-new";
import { lockToken } from "#lib/tokens/store-subject";
import { editableOf, sooner } from "../acting/end-at";
import { besideSuccessor, type Edited, isUnchanged, planEdit } from "../acting/plan-edit";
import { editTokenInput } from "../schema";

const columnsOf = ({ name, labels, wish }: Edited) => ({
  name,
  labels: [...labels],
  ...judgedColumns(wish),
  version: { increment: 1 },
});

/**
 * Changes what is said about a token, and how far it reaches: its holder within what they could make today, everybody
 * only more narrowly. The old secret of a token that is being rotated never reaches further than its successor.
 */
export const editToken = defineCommand({
  input: editTokenInput,
  door: VIEWERS,
  stepUp: false,
  administration: "untouched",
  prepare: nothingToPrepare,
  subject: async ({ tx, actor }, { id, ipRanges = [] }) => {
    await holdNetworks(tx, ipRanges);
    return lockToken(tx, actor, id);
  },
  allows: (viewer, subject, { id: _id, version, ...changes }, now): Result<Edited> => {
    const plan = planEdit({ ...subject, viewer }, changes, now);
    if (!plan.ok || subject.row.version === version) return plan;
    return refuse("stale", "Somebody changed this token meanwhile. Read it again and repeat your change.");
  },
  perform: async ({ tx, actor, now, permitted }, { row, rules }) => {
    if (isUnchanged(row, permitted))
      return ok({ output: await viewToken(tx, actor, row, rules.policies, now), repeated: true });
    for (const old of await lockRotating(tx, row, now)) {
      const next = columnsOf(besideSuccessor(old, permitted, rules.networks));
      await tx.token.update({
        where: { id: old.id },
        data: { ...next, overlapEndsAt: sooner(old.overlapEndsAt, next.expiresAt) },
        select: { id: true },
      });
    }
    const changed = await tx.token.update({ where: { id: row.id }, data: columnsOf(permitted), select: TOKEN_COLUMNS });
    const after = await viewToken(tx, actor, changed, rules.policies, now);
    const detail = { before: editableOf(row), after: editableOf(changed) };
    return ok({
      output: after,
      events: [{ action: "token.edited", subject: { id: row.id, name: after.name }, detail }],
    });
  },
  conflicts: {},
});
