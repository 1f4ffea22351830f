import { defineCommand } from "#lib/commands/command";
import { VIEWERS } from "#lib/commands/door";
import { byRole, inTurn, notStale } from "#lib/commands/rules";
import { deleteDelegationInput } from "#lib/delegations/delegation-schema";
import { delegationDeleted, lockDelegation, readDelegationView } from "#lib/delegations/store-change";
import { ok } from "#lib/errors/error";
import { carryOut, foresee } from "#lib/impact/store-ahead";
import { ifFresh } from "#lib/impact/store-fresh";

const WHY = "the delegation it was issued under was deleted";

/**
 * Deletes a delegation. Its tokens remember it, and have what is said to happen to them: a waiver until a date, usually.
 * Refuses `not_found`, `forbidden`, `stale`, `invalid_input`, `last_admin`.
 */
export const deleteDelegation = defineCommand({
  input: deleteDelegationInput,
  door: VIEWERS,
  stepUp: true,
  administration: "may change",
  prepare: (context, { id, version, affected, fingerprint }) =>
    foresee(
      context,
      "delegations.write",
      { affected, fingerprint },
      WHY,
      ifFresh(
        "delegation",
        version,
        (db) => readDelegationView(db, id),
        (db) => delegationDeleted(db, id),
      ),
    ),
  subject: async ({ tx, actor }, { id }) => lockDelegation(tx, actor, id),
  allows: inTurn(byRole("delegations.write", "Only administrators delete delegations."), notStale("delegation")),
  perform: async (context, before, { id, affected }) => {
    const { tx, prepared } = context;
    const change = await delegationDeleted(tx, id);
    if (!change.ok) return change;
    const treated = await carryOut(context, prepared, { affected }, WHY, change.value);
    if (!treated.ok) return treated;
    await tx.delegation.delete({ where: { id }, select: { id: true } });
    const subject = { id, name: before.name };
    const detail = { before, after: null };
    return ok({ output: before, events: [{ action: "delegation.deleted", subject, detail }, ...treated.value] });
  },
  conflicts: {},
});
