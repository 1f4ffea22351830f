import { isDeepStrictEqual } from "node:util";
import { defineCommand } from "#lib/commands/command";
import { VIEWERS } from "#lib/commands/door";
import { byRole, inTurn, notStale } from "#lib/commands/rules";
import { ok } from "#lib/errors/error";
import { carryOut, foresee } from "#lib/impact/store-ahead";
import { ifFresh } from "#lib/impact/store-fresh";
import { editPolicyInput } from "#lib/policies/policy-schema";
import { lockPolicy, policyEdited, readPolicyView } from "#lib/policies/store-change";
import { updatePolicy } from "#lib/policies/store-new";

const why = (name: string | undefined) => (name === undefined ? "its tier was changed" : `tier ${name} was changed`);

/**
 * Changes a tier for all its members at once. What that breaks must have been looked at, and it must be said what
 * happens to it. Refuses `not_found`, `forbidden`, `stale`, `invalid_input`, `already_exists`, `last_admin`.
 */
export const editPolicy = defineCommand({
  input: editPolicyInput,
  door: VIEWERS,
  stepUp: true,
  administration: "may change",
  prepare: (context, { id, version, affected, fingerprint, ...wished }) =>
    foresee(
      context,
      "policies.write",
      { affected, fingerprint },
      why(wished.name),
      ifFresh(
        "policy",
        version,
        (db) => readPolicyView(db, id),
        (db) => policyEdited(db, id, wished),
      ),
    ),
  subject: async ({ tx, actor }, { id }) => lockPolicy(tx, actor, id),
  allows: inTurn(byRole("policies.write", "Only administrators change policies."), notStale("policy")),
  perform: async (context, before, { id, version: _read, affected, fingerprint: _seen, ...wished }) => {
    const { tx, prepared } = context;
    const change = await policyEdited(tx, id, wished);
    if (!change.ok) return change;
    const { before: old, after } = change.value;
    if (isDeepStrictEqual(sorted(old), sorted(after))) return ok({ output: before, repeated: true });
    const treated = await carryOut(context, prepared, { affected }, why(before.name), change.value);
    if (!treated.ok) return treated;
    await updatePolicy(tx, after);
    const view = await readPolicyView(tx, id);
    if (!view.ok) return view;
    const subject = { id, name: view.value.name };
    const detail = { before, after: view.value };
    return ok({ output: view.value, events: [{ action: "policy.edited", subject, detail }, ...treated.value] });
  },
  conflicts: {
    policies_name_key_key: { code: "already_exists", path: "name", detail: "There is a policy of this name." },
    policies_priority_key: { code: "already_exists", path: "priority", detail: "Another policy has this priority." },
  },
});

const sorted = <P extends { members: { groupIds: readonly string[] } }>(policy: P) => ({
  ...policy,
  members: { ...policy.members, groups: undefined, groupIds: [...policy.members.groupIds].sort() },
});
