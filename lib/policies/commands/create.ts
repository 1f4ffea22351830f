import { defineCommand, nothingToFind, nothingToPrepare } from "#lib/commands/command";
import { VIEWERS } from "#lib/commands/door";
import { findGroups, unknownInLimits } from "#lib/commands/references";
import { byRole } from "#lib/commands/rules";
import { ok, refuse } from "#lib/errors/error";
import { policyInput } from "#lib/policies/policy-schema";
import { insertPolicy } from "#lib/policies/store-new";

/** Makes a tier. From then on it decides about everybody whom no policy of higher priority matches. */
export const createPolicy = defineCommand({
  input: policyInput,
  door: VIEWERS,
  stepUp: true,
  administration: "may change",
  prepare: nothingToPrepare,
  subject: nothingToFind,
  allows: byRole("policies.write", "Only administrators make policies."),
  perform: async ({ tx, now }, _subject, input) => {
    const { members, own, ceiling } = input;
    const groups = await findGroups(tx, members.groups, "members.groups");
    if (!groups.ok) return groups;
    const errors = [...(await unknownInLimits(tx, own, "own")), ...(await unknownInLimits(tx, ceiling, "ceiling"))];
    if (errors.length > 0) return refuse("invalid_input", errors[0]?.message ?? "", errors);
    const groupIds = groups.value.map((group) => group.id);
    const view = await insertPolicy(tx, input, groupIds, now);
    const subject = { id: view.id, name: view.name };
    const detail = { before: null, after: view };
    return ok({ output: view, events: [{ action: "policy.created", subject, detail }] });
  },
  conflicts: {
    policies_name_key_key: { code: "already_exists", path: "name", detail: "There is a policy of this name." },
    policies_priority_key: { code: "already_exists", path: "priority", detail: "Another policy has this priority." },
  },
});
