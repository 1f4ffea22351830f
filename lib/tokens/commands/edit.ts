import { defineCommand, nothingToPrepare } from "#lib/commands/command";
import { VIEWERS } from "#lib/commands/door";
import { ok, type Result, refuse } from "#lib/errors/error";
import { holdNetworks } from "#lib/networks/store";
import { TOKEN_COLUMNS, viewToken } from "#lib/tokens/store";
import { lockRotating } from "#lib/tokens/store-chain";
import { judgedColumns } from "#lib/tokens/store-new";
import { lockToken } from "#lib/tokens/store-subject";
import { editableOf, sooner } from "../acting/end-at";
import { besideSuccessor } from "../acting/plan-beside";
import { type Edited, isUnchanged, planEdit } from "../acting/plan-edit";
import type { TokenRow } from "../row";
import { editTokenInput } from "../schema";

const columnsOf = ({ name, labels, wish }: Edited) => ({
  name,
  labels: [...labels],
  ...judgedColumns(wish),
  version: { increment: 1 },
});

/** How the token will be, and each secret that still works beside it. */
type Permitted = {
  readonly next: Edited;
  readonly beside: readonly { readonly old: TokenRow; readonly next: Edited }[];
};

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
  subject: async ({ tx, actor, now }, { id, ipRanges = [] }) => {
    await holdNetworks(tx, ipRanges);
    const subject = await lockToken(tx, actor, id);
    return subject.ok ? ok({ ...subject.value, others: await lockRotating(tx, subject.value.row, now) }) : subject;
  },
  allows: (viewer, { others, ...subject }, { id: _id, version, ...changes }, now): Result<Permitted> => {
    const plan = planEdit({ ...subject, viewer }, changes, now);
    if (!plan.ok) return plan;
    if (subject.row.version !== version) {
      return refuse("stale", "Somebody changed this token meanwhile. Read it again and repeat your change.");
    }
    const next = plan.value;
    const beside = [];
    for (const old of isUnchanged(subject.row, next) ? [] : others) {
      const narrowed = besideSuccessor(old, next, subject.rules.networks);
      if (!narrowed.ok) return narrowed;
      beside.push({ old, next: narrowed.value });
    }
    return ok({ next, beside });
  },
  perform: async ({ tx, actor, now, permitted: { next, beside } }, { row, rules }) => {
    if (isUnchanged(row, next))
      return ok({ output: await viewToken(tx, actor, row, rules.policies, now), repeated: true });
    for (const { old, next: narrowed } of beside) {
      const columns = columnsOf(narrowed);
      await tx.token.update({
        where: { id: old.id },
        data: { ...columns, overlapEndsAt: sooner(old.overlapEndsAt, columns.expiresAt) },
        select: { id: true },
      });
    }
    const changed = await tx.token.update({ where: { id: row.id }, data: columnsOf(next), select: TOKEN_COLUMNS });
    const after = await viewToken(tx, actor, changed, rules.policies, now);
    const detail = { before: editableOf(row), after: editableOf(changed) };
    return ok({
      output: after,
      events: [{ action: "token.edited", subject: { id: row.id, name: after.name }, detail }],
    });
  },
  conflicts: {},
});
