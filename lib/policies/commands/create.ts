import { defineCommand, nothingToFind } from "#lib/commands/command";
import { VIEWERS } from "#lib/commands/door";
import { byRole } from "#lib/commands/rules";
import { ok } from "#lib/errors/error";
import { carryOut, foresee } from "#lib/impact/store-ahead";
import { createPolicyInput } from "#lib/policies/policy-schema";
import { policyMade } from "#lib/policies/store-change";
import { insertPolicy } from "#lib/policies/store-new";

const why = (name: string) => `tier ${name} was made`;

/**
 * Makes a tier. From then on it decides about everybody whom no policy of higher priority matches. What that breaks must
 * have been looked at, and it must be said what happens to it. Refuses `invalid_input`, `already_exists`, `stale`.
 */
export const createPolicy = defineCommand({
  input: createPolicyInput,
  door: VIEWERS,
  stepUp: true,
  administration: "may change",
  prepare: (context, { affected, fingerprint, ...wished }) =>
    foresee(context, "policies.write", { affected, fingerprint }, why(wished.name), (db) => policyMade(db, wished)),
  subject: nothingToFind,
  allows: byRole("policies.write", "Only administrators make policies."),
  perform: async (context, _subject, { affected, fingerprint: _seen, ...wished }) => {
    const { tx, now, prepared } = context;
    const change = await policyMade(tx, wished);
    if (!change.ok) return change;
    const treated = await carryOut(context, prepared, { affected }, why(wished.name), change.value);
    if (!treated.ok) return treated;
    const { after } = change.value;
    const view = await insertPolicy(tx, after, after.members.groupIds, now);
    const subject = { id: view.id, name: view.name };
    const detail = { before: null, after: view };
    return ok({ output: view, events: [{ action: "policy.created", subject, detail }, ...treated.value] });
  },
  conflicts: {
    policies_name_key_key: { code: "already_exists", path: "name", detail: "There is a policy of this name." },
    policies_priority_key: { code: "already_exists", path: "priority", detail: "Another policy has this priority." },
  },
});
