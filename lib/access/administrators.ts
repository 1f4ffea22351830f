import { ok, type Result, refuse } from "#lib/errors/error";
import type { Policy } from "#lib/policies/policy";
import { tierOf } from "#lib/policies/tier";

/** Somebody who could be an administrator: an active person. */
export type Candidate = {
  readonly id: string;
  readonly groupIds: readonly string[];
  /** Has a password, or comes from an identity provider. */
  readonly canSignIn: boolean;
};

/** What decides whether there is an administrator. */
export type Administration = {
  readonly adminGroupIds: readonly string[];
  readonly candidates: readonly Candidate[];
  readonly policies: readonly Policy[];
};

function administrators({ adminGroupIds, candidates }: Administration): readonly Candidate[] {
  return candidates.filter(({ groupIds }) => groupIds.some((id) => adminGroupIds.includes(id)));
}

/** What must stay true of at least one administrator, if it was; and what is said otherwise. */
const KEPT: readonly { holds: (candidate: Candidate, of: Administration) => boolean; otherwise: string }[] = [
  { holds: () => true, otherwise: "This would leave nobody to administer. Make another administrator first." },
  {
    holds: ({ canSignIn }) => canSignIn,
    otherwise: "This would leave no administrator who can sign in. Give another one a password first.",
  },
  {
    holds: ({ groupIds }, { policies }) => tierOf({ kind: "person", groupIds }, policies)?.policy.use === true,
    otherwise: "After this no administrator's tokens would work. Leave one of them a tier with `use`.",
  },
];

/**
 * Refuses what would take the last administrator away or lock all of them out.
 * @param before as it is
 * @param after as it would be
 * @returns `last_admin` with what to do first
 */
export function keepsAdministrator(before: Administration, after: Administration): Result<void> {
  for (const { holds, otherwise } of KEPT) {
    const some = (of: Administration) => administrators(of).some((each) => holds(each, of));
    if (some(before) && !some(after)) return refuse("last_admin", otherwise);
  }
  return ok(undefined);
}

/** As it would be without these people. */
export function withoutPeople(of: Administration, userIds: readonly string[]): Administration {
  return { ...of, candidates: of.candidates.filter(({ id }) => !userIds.includes(id)) };
}

/** As it would be with these people in a group, or out of it. */
export function withMembers(of: Administration, groupId: string, userIds: readonly string[], member: boolean) {
  const moved = (each: Candidate): Candidate => {
    if (!userIds.includes(each.id)) return each;
    const others = each.groupIds.filter((id) => id !== groupId);
    return { ...each, groupIds: member ? [...others, groupId] : others };
  };
  return { ...of, candidates: of.candidates.map(moved) };
}
