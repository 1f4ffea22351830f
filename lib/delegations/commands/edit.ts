import { isDeepStrictEqual } from "node:util";
import { defineCommand } from "#lib/commands/command";
import { VIEWERS } from "#lib/commands/door";
import { byRole, inTurn, notStale } from "#lib/commands/rules";
import { editDelegationInput } from "#lib/delegations/delegation-schema";
import { delegationEdited, lockDelegation, readDelegationView, updateDelegation } from "#lib/delegations/store-change";
import { ok } from "#lib/errors/error";
import { carryOut, foresee } from "#lib/impact/store-ahead";
import { ifFresh } from "#lib/impact/store-fresh";

const WHY = "the delegation it was issued under was changed";

/**
 * Changes a delegation, also for the tokens that were issued under it. What that breaks must have been looked at, and it
 * must be said what happens to it. Refuses `not_found`, `forbidden`, `stale`, `invalid_input`, `already_exists`, `last_admin`.
 */
export const editDelegation = defineCommand({
  input: editDelegationInput,
  door: VIEWERS,
  stepUp: true,
  administration: "may change",
  prepare: (context, { id, version, affected, fingerprint, ...wished }) =>
    foresee(
      context,
      "delegations.write",
      { affected, fingerprint },
      WHY,
      ifFresh(
        "delegation",
        version,
        (db) => readDelegationView(db, id),
        (db) => delegationEdited(db, id, wished),
      ),
    ),
  subject: async ({ tx, actor }, { id }) => lockDelegation(tx, actor, id),
  allows: inTurn(byRole("delegations.write", "Only administrators change delegations."), notStale("delegation")),
  perform: async (context, before, { id, version: _read, affected, fingerprint: _seen, ...wished }) => {
    const { tx, prepared } = context;
    if (isDeepStrictEqual({ ...before, ...wished }, before)) return ok({ output: before, repeated: true });
    const change = await delegationEdited(tx, id, wished);
    if (!change.ok) return change;
    const treated = await carryOut(context, prepared, { affected }, WHY, change.value);
    if (!treated.ok) return treated;
    await updateDelegation(tx, change.value.after);
    const view = await readDelegationView(tx, id);
    if (!view.ok) return view;
    const subject = { id, name: view.value.name };
    const detail = { before, after: view.value };
    return ok({ output: view.value, events: [{ action: "delegation.edited", subject, detail }, ...treated.value] });
  },
  conflicts: {
    delegations_name_key_key: { code: "already_exists", path: "name", detail: "There is a delegation of this name." },
  },
});
