import { defineCommand } from "#lib/commands/command";
import { VIEWERS } from "#lib/commands/door";
import { byRole, inTurn, notStale } from "#lib/commands/rules";
import { ok } from "#lib/errors/error";
import { carryOut, foresee } from "#lib/impact/store-ahead";
import { ifFresh } from "#lib/impact/store-fresh";
import { deletePolicyInput } from "#lib/policies/policy-schema";
import { lockPolicy, policyDeleted, readPolicyView } from "#lib/policies/store-change";

const WHY = "its tier was deleted";

/**
 * Deletes a tier: its members fall to the next that matches them, or to nothing. Refuses `not_found`, `forbidden`,
 * `stale`, `invalid_input`, `last_admin`.
 */
export const deletePolicy = defineCommand({
  input: deletePolicyInput,
  door: VIEWERS,
  stepUp: true,
  administration: "may change",
  prepare: (context, { id, version, affected, fingerprint }) =>
    foresee(
      context,
      "policies.write",
      { affected, fingerprint },
      WHY,
      ifFresh(
        "policy",
        version,
        (db) => readPolicyView(db, id),
        (db) => policyDeleted(db, id),
      ),
    ),
  subject: async ({ tx, actor }, { id }) => lockPolicy(tx, actor, id),
  allows: inTurn(byRole("policies.write", "Only administrators delete policies."), notStale("policy")),
  perform: async (context, before, { id, affected }) => {
    const { tx, prepared } = context;
    const change = await policyDeleted(tx, id);
    if (!change.ok) return change;
    const treated = await carryOut(context, prepared, { affected }, WHY, change.value);
    if (!treated.ok) return treated;
    await tx.policy.delete({ where: { id }, select: { id: true } });
    const subject = { id, name: before.name };
    const detail = { before, after: null };
    return ok({ output: before, events: [{ action: "policy.deleted", subject, detail }, ...treated.value] });
  },
  conflicts: {},
});
