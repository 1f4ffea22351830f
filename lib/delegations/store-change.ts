import { can } from "#lib/access/can";
import type { Viewer } from "#lib/access/viewer";
import { findGroups, unknownInLimits } from "#lib/commands/references";
import type { Transaction } from "#lib/db/client";
import { ok, type Result, refuse } from "#lib/errors/error";
import type { Change } from "#lib/impact/change";
import { foldName } from "#lib/users/name";
import { readInstallationFacts } from "#lib/verification/facts/portal";
import type { Delegation } from "./delegation";
import { type DelegationView, delegationView } from "./view";

const group = { select: { group: { select: { source: true, externalId: true } } } } as const;

export const DELEGATION_NOT_FOUND = refuse("not_found", "There is no such delegation, or none that you may see.");

/** Reads a delegation as it is shown. @returns `not_found` */
export async function readDelegationView(tx: Transaction, id: string): Promise<Result<DelegationView>> {
  const row = await tx.delegation.findUnique({ where: { id }, include: { delegates: group, scopeGroups: group } });
  return row === null ? DELEGATION_NOT_FOUND : ok(delegationView(row));
}

/** Locks a delegation that is about to change. @returns `not_found`, also to whoever may not see it */
export async function lockDelegation(tx: Transaction, actor: Viewer, id: string): Promise<Result<DelegationView>> {
  if (!can(actor, "delegations.read")) return DELEGATION_NOT_FOUND;
  await tx.$executeRaw`SELECT id FROM delegations WHERE id = ${id}::uuid FOR UPDATE`;
  return readDelegationView(tx, id);
}

type Wished = Partial<Omit<Delegation, "id" | "delegateGroupIds" | "scope">> & {
  readonly delegates?: readonly string[];
  readonly scope?: DelegationView["scope"];
};

export type DelegationChange = Extract<Change, { of: "delegation" }>;

async function findDelegation(tx: Transaction, id: string): Promise<Result<Delegation>> {
  const found = (await readInstallationFacts(tx)).delegations.get(id);
  return found === undefined ? DELEGATION_NOT_FOUND : ok(found);
}

/** Editing a delegation as a change of the rules. @returns `not_found`; `invalid_input` naming what does not exist */
export async function delegationEdited(
  tx: Transaction,
  id: string,
  { delegates, scope, ...changes }: Wished,
): Promise<Result<DelegationChange & { after: Delegation }>> {
  const before = await findDelegation(tx, id);
  if (!before.ok) return before;
  const by = await findGroups(tx, delegates ?? [], "delegates");
  if (!by.ok) return by;
  const over = await findGroups(tx, scope?.groups ?? [], "scope.groups");
  if (!over.ok) return over;
  const errors = await unknownInLimits(tx, changes.issue ?? null, "issue");
  if (errors.length > 0) return refuse("invalid_input", errors[0]?.message ?? "", errors);
  const ids = (found: readonly { readonly id: string }[]) => found.map((each) => each.id);
  const { everyone, serviceAccounts } = scope ?? before.value.scope;
  const after: Delegation = {
    ...before.value,
    ...changes,
    delegateGroupIds: delegates ? ids(by.value) : before.value.delegateGroupIds,
    scope: scope ? { everyone, serviceAccounts, groupIds: ids(over.value) } : before.value.scope,
  };
  return ok({ of: "delegation", before: before.value, after });
}

/** Deleting a delegation as a change of the rules. @returns `not_found` */
export async function delegationDeleted(tx: Transaction, id: string): Promise<Result<DelegationChange>> {
  const before = await findDelegation(tx, id);
  return before.ok ? ok({ of: "delegation", before: before.value, after: null }) : before;
}

/** Writes a delegation over what it was, as a new version of it. Its tokens remember its name. */
export async function updateDelegation(tx: Transaction, after: Delegation): Promise<void> {
  const { id, name, powers, scope, issue, showSecret, delegateGroupIds } = after;
  const link = (groupId: string) => ({ delegationId: id, groupId });
  await tx.delegationDelegate.deleteMany({ where: { delegationId: id, groupId: { notIn: [...delegateGroupIds] } } });
  await tx.delegationDelegate.createMany({ data: delegateGroupIds.map(link), skipDuplicates: true });
  await tx.delegationScope.deleteMany({ where: { delegationId: id, groupId: { notIn: [...scope.groupIds] } } });
  await tx.delegationScope.createMany({ data: scope.groupIds.map(link), skipDuplicates: true });
  await tx.delegation.update({
    where: { id },
    data: {
      ...{ name, issue, showSecret },
      nameKey: foldName(name),
      powers: [...powers],
      scopeEveryone: scope.everyone,
      scopeServiceAccounts: scope.serviceAccounts,
      version: { increment: 1 },
    },
    select: { id: true },
  });
}
