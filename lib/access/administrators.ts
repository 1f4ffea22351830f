import { ok, type Result, refuse } from "#lib/errors/error";
import type { Policy } from "#lib/policies/policy";
import { tierOf } from "#lib/policies/tier";

/** Somebody who administers: an active person in a group of that role. */
export type Administrator = {
  readonly id: string;
  readonly groupIds: readonly string[];
  /** Has a password, or comes from an identity provider. */
  readonly canSignIn: boolean;
};

/** Who administers, and by what. */
export type Administration = {
  readonly administrators: readonly Administrator[];
  readonly policies: readonly Policy[];
  /** Somebody active holds a delegation with `end` over everyone and all service accounts. */
  readonly endsAll: boolean;
};

/** Whether somebody administers who can sign in: then nobody needs the set-up any more. */
export const hasAdministrator = ({ administrators }: Administration): boolean =>
  administrators.some(({ canSignIn }) => canSignIn);

/** What must stay true, if it was; and what is said otherwise. */
const KEPT: readonly { holds: (of: Administration) => boolean; otherwise: string }[] = [
  {
    holds: ({ administrators }) => administrators.length > 0,
    otherwise: "This would leave nobody to administer. Make another administrator first.",
  },
  {
    holds: hasAdministrator,
    otherwise: "This would leave no administrator who can sign in. Give another one a password first.",
  },
  {
    holds: ({ administrators, policies }) =>
      administrators.some(({ groupIds }) => tierOf({ kind: "person", groupIds }, policies)?.policy.use === true),
    otherwise: "After this no administrator's tokens would work. Leave one of them a tier with `use`.",
  },
  {
    holds: ({ endsAll }) => endsAll,
    otherwise:
      "After this nobody could end every token. Leave somebody a delegation with `end` over everyone and all service accounts.",
  },
];

/**
 * Refuses what would take the last administrator away or lock all of them out.
 * @param before as it was
 * @param after as it is now
 * @returns `last_admin` with what to do first
 */
export function keepsAdministrator(before: Administration, after: Administration): Result<void> {
  const lost = KEPT.find(({ holds }) => holds(before) && !holds(after));
  return lost === undefined ? ok(undefined) : refuse("last_admin", lost.otherwise);
}
