import { defineCommand } from "#lib/commands/command";
import { VIEWERS } from "#lib/commands/door";
import { byRole, inTurn, notStale } from "#lib/commands/rules";
import { ok } from "#lib/errors/error";
import { carryOut, foresee } from "#lib/impact/store-ahead";
import { ifFresh } from "#lib/impact/store-fresh";
import { movePolicyInput } from "#lib/policies/policy-schema";
import { lockPolicy, policyMoved, readPolicyView } from "#lib/policies/store-change";
import { renumberPolicies } from "#lib/policies/store-new";

const why = "the order of the tiers was changed";

/**
 * Puts a tier at another place in the order. Every tier whose number changes is a new version: of two who move at once
 * the second reads again. Refuses `not_found`, `forbidden`, `stale`, `invalid_input`, `last_admin`.
 */
export const movePolicy = defineCommand({
  input: movePolicyInput,
  door: VIEWERS,
  stepUp: true,
  administration: "may change",
  prepare: (context, { id, version, above, affected, fingerprint }) =>
    foresee(
      context,
      "policies.write",
      { affected, fingerprint },
      why,
      ifFresh(
        "policy",
        version,
        (db) => readPolicyView(db, id),
        (db) => policyMoved(db, id, above),
      ),
    ),
  subject: async ({ tx, actor }, { id }) => lockPolicy(tx, actor, id),
  allows: inTurn(byRole("policies.write", "Only administrators move policies."), notStale("policy")),
  perform: async (context, before, { id, above, affected }) => {
    const { tx, prepared } = context;
    const change = await policyMoved(tx, id, above);
    if (!change.ok) return change;
    if (change.value.priorities.size === 0) return ok({ output: before, repeated: true });
    const treated = await carryOut(context, prepared, { affected }, why, change.value);
    if (!treated.ok) return treated;
    await renumberPolicies(tx, change.value.priorities);
    const view = await readPolicyView(tx, id);
    if (!view.ok) return view;
    const subject = { id, name: before.name };
    const detail = { before: { priority: before.priority }, after: { priority: view.value.priority } };
    return ok({ output: view.value, events: [{ action: "policy.moved", subject, detail }, ...treated.value] });
  },
  conflicts: {},
});
