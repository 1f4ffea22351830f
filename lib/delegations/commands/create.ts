import { defineCommand, nothingToFind, nothingToPrepare } from "#lib/commands/command";
import { VIEWERS } from "#lib/commands/door";
import { findGroups, unknownInLimits } from "#lib/commands/references";
import { byRole } from "#lib/commands/rules";
import { delegationInput } from "#lib/delegations/delegation-schema";
import { delegationView } from "#lib/delegations/view";
import { ok, refuse } from "#lib/errors/error";
import { foldName } from "#lib/users/name";

/** Gives the members of groups power over other people's tokens. */
export const createDelegation = defineCommand({
  input: delegationInput,
  door: VIEWERS,
  stepUp: true,
  administration: "untouched",
  prepare: nothingToPrepare,
  subject: nothingToFind,
  allows: byRole("delegations.write", "Only administrators make delegations."),
  perform: async ({ tx, now }, _subject, { delegates, powers, scope, issue, ...delegation }) => {
    const by = await findGroups(tx, delegates, "delegates");
    if (!by.ok) return by;
    const over = await findGroups(tx, scope.groups, "scope.groups");
    if (!over.ok) return over;
    const errors = await unknownInLimits(tx, issue, "issue");
    if (errors.length > 0) return refuse("invalid_input", errors[0]?.message ?? "", errors);
    const group = { select: { group: { select: { source: true, externalId: true } } } };
    const row = await tx.delegation.create({
      data: {
        ...delegation,
        nameKey: foldName(delegation.name),
        powers,
        issue,
        scopeEveryone: scope.everyone,
        scopeServiceAccounts: scope.serviceAccounts,
        createdAt: new Date(now),
        delegates: { create: by.value.map(({ id }) => ({ groupId: id })) },
        scopeGroups: { create: over.value.map(({ id }) => ({ groupId: id })) },
      },
      include: { delegates: group, scopeGroups: group },
    });
    const view = delegationView(row);
    const subject = { id: view.id, name: view.name };
    const detail = { before: null, after: view };
    return ok({ output: view, events: [{ action: "delegation.created", subject, detail }] });
  },
  conflicts: {
    delegations_name_key_key: { code: "already_exists", path: "name", detail: "There is a delegation of this name." },
  },
});
