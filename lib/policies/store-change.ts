import { can } from "#lib/access/can";
import type { Viewer } from "#lib/access/viewer";
import { findGroups, unknownInLimits } from "#lib/commands/references";
import type { Transaction } from "#lib/db/client";
import { ok, type Result, refuse } from "#lib/errors/error";
import type { Change } from "#lib/impact/change";
import type { Policy } from "./policy";
import { ROTATES_NOTHING } from "./policy-schema";
import { readPolicies } from "./store";
import { type PolicyRow, type PolicyView, policyView } from "./view";

const include = { groups: { select: { group: { select: { source: true, externalId: true } } } } } as const;

export const POLICY_NOT_FOUND = refuse("not_found", "There is no such policy, or none that you may see.");

/** Reads a policy as it is shown. @returns `not_found` */
export async function readPolicyView(tx: Transaction, id: string): Promise<Result<PolicyView>> {
  const row: PolicyRow | null = await tx.policy.findUnique({ where: { id }, include });
  return row === null ? POLICY_NOT_FOUND : ok(policyView(row));
}

/** What is wished of a policy, groups by ref. */
type Wished = Partial<Omit<Policy, "id" | "members">> & { readonly members?: PolicyView["members"] };

/**
 * A policy as it would be with what is wished of it.
 * @returns `invalid_input` naming groups, applications and networks that do not exist; those that do are held
 */
async function resolved(tx: Transaction, before: Policy, { members, ...changes }: Wished): Promise<Result<Policy>> {
  const { own = null, ceiling = null } = changes;
  const groups = await findGroups(tx, members?.groups ?? [], "members.groups");
  if (!groups.ok) return groups;
  const errors = [...(await unknownInLimits(tx, own, "own")), ...(await unknownInLimits(tx, ceiling, "ceiling"))];
  const after: Policy = {
    ...before,
    // Who takes creating away means rotating as well, which is nothing without it.
    ...(changes.create === "no" ? { selfRotate: false } : {}),
    ...changes,
    members: members ? { ...members, groupIds: groups.value.map((group) => group.id) } : before.members,
  };
  if (after.create !== "no" && after.own === null) {
    errors.push({ path: "own", message: "Who may create tokens needs limits for them." });
  }
  // One of before may stay so: whoever changes its name alone meant nothing by it.
  const said = changes.create !== undefined || changes.selfRotate !== undefined;
  if (said && after.create === "no" && after.selfRotate) errors.push(ROTATES_NOTHING);
  return errors.length > 0 ? refuse("invalid_input", errors[0]?.message ?? "", errors) : ok(after);
}

/** Nothing granted to nobody: what a new policy begins as. */
const BLANK: Policy = {
  ...{ id: "new", name: "", priority: 0, use: false, create: "no", selfRotate: false, own: null, ceiling: null },
  members: { everyone: false, groupIds: [], serviceAccounts: false },
};

type PolicyChange = Extract<Change, { of: "policy" }>;

/** Making a policy as a change of the rules. */
export async function policyMade(tx: Transaction, wished: Wished): Promise<Result<PolicyChange & { after: Policy }>> {
  const after = await resolved(tx, BLANK, wished);
  return after.ok ? ok({ of: "policy", before: null, after: after.value }) : after;
}

/** Editing a policy as a change of the rules. @returns `not_found`, `invalid_input` */
export async function policyEdited(
  tx: Transaction,
  id: string,
  wished: Wished,
): Promise<Result<PolicyChange & { before: Policy; after: Policy }>> {
  const before = await findPolicy(tx, id);
  if (!before.ok) return before;
  const after = await resolved(tx, before.value, wished);
  return after.ok ? ok({ of: "policy", before: before.value, after: after.value }) : after;
}

/** Deleting a policy as a change of the rules. @returns `not_found` */
export async function policyDeleted(tx: Transaction, id: string): Promise<Result<PolicyChange>> {
  const before = await findPolicy(tx, id);
  return before.ok ? ok({ of: "policy", before: before.value, after: null }) : before;
}

/**
 * Moving a policy as a change of the rules: the numbers stay, those between its old place and its new one pass them on.
 * @param above directly above which other it is to stand; null = below all
 * @returns `not_found`, or `invalid_input` where that other does not exist
 */
export async function policyMoved(
  tx: Transaction,
  id: string,
  above: string | null,
): Promise<Result<Extract<Change, { of: "order" }>>> {
  const policies = await readPolicies(tx);
  const moved = policies.find((each) => each.id === id);
  if (moved === undefined) return POLICY_NOT_FOUND;
  const rest = policies.filter((each) => each.id !== id);
  const place = above === null ? rest.length : rest.findIndex((each) => each.id === above);
  if (place < 0) {
    const message = "There is no such policy to stand above. Read the list again.";
    return refuse("invalid_input", message, [{ path: "above", message }]);
  }
  const ordered = [...rest.slice(0, place), moved, ...rest.slice(place)];
  const priorities = ordered.flatMap((each, index) => {
    const priority = policies[index]?.priority ?? each.priority;
    return priority === each.priority ? [] : [[each.id, priority] as const];
  });
  return ok({ of: "order", moved, priorities: new Map(priorities) });
}

/** Locks a policy that is about to change. @returns `not_found`, also to whoever may not see it */
export async function lockPolicy(tx: Transaction, actor: Viewer, id: string): Promise<Result<PolicyView>> {
  if (!can(actor, "policies.read")) return POLICY_NOT_FOUND;
  await tx.$executeRaw`SELECT id FROM policies WHERE id = ${id}::uuid FOR UPDATE`;
  return readPolicyView(tx, id);
}

/** One policy as rules know it. @returns `not_found` */
async function findPolicy(tx: Transaction, id: string): Promise<Result<Policy>> {
  const policy = (await readPolicies(tx)).find((each) => each.id === id);
  return policy === undefined ? POLICY_NOT_FOUND : ok(policy);
}
