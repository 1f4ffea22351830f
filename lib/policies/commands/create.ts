import { keepsAdministrator } from "#lib/access/administrators";
import { lockAdministration } from "#lib/access/store";
import { defineCommand, nothingToPrepare } from "#lib/commands/command";
import { VIEWERS } from "#lib/commands/door";
import { findGroups, unknownInLimits } from "#lib/commands/references";
import { byRole } from "#lib/commands/rules";
import { ok, refuse } from "#lib/errors/error";
import { policyInput } from "#lib/policies/policy-schema";
import { policyView } from "#lib/policies/view";
import { foldName } from "#lib/users/name";

/** Makes a tier. From then on it decides about everybody whom no policy of higher priority matches. */
export const createPolicy = defineCommand({
  input: policyInput,
  door: VIEWERS,
  stepUp: true,
  prepare: nothingToPrepare,
  subject: async ({ tx }) => ok(await lockAdministration(tx)),
  allows: byRole("policies.write", "Only administrators make policies."),
  perform: async ({ tx, now }, administration, { members, own, ceiling, ...policy }) => {
    const groups = await findGroups(tx, members.groups, "members.groups");
    if (!groups.ok) return groups;
    const errors = [...(await unknownInLimits(tx, own, "own")), ...(await unknownInLimits(tx, ceiling, "ceiling"))];
    if (errors.length > 0) return refuse("invalid_input", errors[0]?.message ?? "", errors);
    const { everyone, serviceAccounts } = members;
    const groupIds = groups.value.map((group) => group.id);
    const planned = { ...policy, id: "", own, ceiling: null, members: { everyone, serviceAccounts, groupIds } };
    const after = { ...administration, policies: [...administration.policies, planned] };
    const kept = keepsAdministrator(administration, after);
    if (!kept.ok) return kept;
    const row = await tx.policy.create({
      data: {
        ...policy,
        nameKey: foldName(policy.name),
        everyone,
        serviceAccounts,
        createdAt: new Date(now),
        groups: { create: groupIds.map((groupId) => ({ groupId })) },
        ...(own === null ? {} : { own }),
        ...(ceiling === null ? {} : { ceiling }),
      },
      include: { groups: { select: { group: { select: { source: true, externalId: true } } } } },
    });
    const view = policyView(row);
    const subject = { id: view.id, name: view.name };
    const detail = { before: null, after: view };
    return ok({ output: view, events: [{ action: "policy.created", subject, detail }] });
  },
  conflicts: {
    policies_name_key_key: { code: "already_exists", path: "name", detail: "There is a policy of this name." },
    policies_priority_key: { code: "already_exists", path: "priority", detail: "Another policy has this priority." },
  },
});
