import type { Viewer } from "#lib/access/viewer";
import { groupIdsOf, type Member } from "#lib/policies/rules";
import type { Holder, Role } from "#lib/users/user";
import type { Delegation, Power } from "./delegation";

/**
 * Who wants to do something to tokens, as far as power goes. The operator at the command line counts as an admin and as
 * a member of every group of delegates: they hold the database anyway, and are bound by the rules all the same.
 */
export type Maker = "operator" | { readonly userId: string; readonly role: Role; readonly groupIds: readonly string[] };

export function makerOf(viewer: Viewer): Maker {
  return viewer.kind === "cli" || viewer.kind === "system" ? "operator" : viewer;
}

/** Whether a delegation covers the tokens of somebody. *Everyone* means all persons. */
export function inScope({ scope }: Pick<Delegation, "scope">, member: Member): boolean {
  if (member.kind === "person" ? scope.everyone : scope.serviceAccounts) return true;
  const groupIds = groupIdsOf(member);
  return scope.groupIds.some((id) => groupIds.includes(id));
}

/**
 * The delegations that give somebody a power over the tokens of somebody *else*: of a role alone comes none, and over
 * one's own tokens the tier decides. The operator has every delegation that covers the holder.
 */
export function delegationsOver(
  maker: Maker,
  holder: Pick<Holder, "id" | "kind" | "groupIds">,
  power: Power,
  delegations: Iterable<Delegation>,
): readonly Delegation[] {
  if (maker !== "operator" && maker.userId === holder.id) return [];
  const isDelegate = ({ delegateGroupIds }: Delegation) =>
    maker === "operator" || delegateGroupIds.some((id) => maker.groupIds.includes(id));
  return [...delegations].filter((each) => each.powers.includes(power) && isDelegate(each) && inScope(each, holder));
}
