import { defineCommand, nothingToPrepare } from "#lib/commands/command";
import { VIEWERS } from "#lib/commands/door";
import { ok, type Result, refuse } from "#lib/errors/error";
import { holdNetworks } from "#lib/networks/store";
import { TOKEN_COLUMNS, viewToken } from "#lib/tokens/store";
import { lockRotating } from "#lib/tokens/store-chain";
import { judgedColumns } from "#lib/tokens/store-new";
import { lockToken } from "#lib/tokens/store-subject";
import { besideSuccessor, type Edited, isUnchanged, planEdit } from "../acting/plan-edit";
import { editTokenInput } from "../schema";
import type { TokenView } from "../view";

const columnsOf = ({ name, labels, wish }: Edited) => ({
  name,
  labels: [...labels],
  ...judgedColumns(wish),
  version: { increment: 1 },
});

/** The earlier of two ends, of which the second may be never. */
const sooner = (end: Date | null, other: Date | null): Date | null =>
  end !== null && other !== null && other < end ? other : end;

/** What an edit can change of a token, for the log. */
function editable({ name, description, contact, labels, applications, access, ipRanges, expiresAt }: TokenView) {
  return { name, description, contact, labels, applications, access, ipRanges, expiresAt };
}

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
  perform: async ({ tx, now, permitted }, { row, rules }) => {
    const before = await viewToken(tx, row, rules.policies, now);
    if (isUnchanged(row, permitted)) return ok({ output: before, repeated: true });
    for (const old of await lockRotating(tx, row, now)) {
      const next = columnsOf(besideSuccessor(old, permitted, rules.networks));
      await tx.token.update({
        where: { id: old.id },
        data: { ...next, overlapEndsAt: sooner(old.overlapEndsAt, next.expiresAt) },
        select: { id: true },
      });
    }
    const changed = await tx.token.update({ where: { id: row.id }, data: columnsOf(permitted), select: TOKEN_COLUMNS });
    const after = await viewToken(tx, changed, rules.policies, now);
    const detail = { before: editable(before), after: editable(after) };
    return ok({
      output: after,
      events: [{ action: "token.edited", subject: { id: row.id, name: after.name }, detail }],
    });
  },
  conflicts: {},
});
