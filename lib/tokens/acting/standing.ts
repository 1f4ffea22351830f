import type { Viewer } from "#lib/access/viewer";
import { delegationsOver, type Maker, makerOf } from "#lib/delegations/power";
import { ok, type Result, refuse } from "#lib/errors/error";
import type { Rules } from "#lib/policies/rules";
import type { Holder } from "#lib/users/user";

/** How somebody stands to a token that they see. */
export type Standing = {
  readonly maker: Maker;
  /** Its owner, or a maintainer of the service account that owns it. */
  readonly holder: boolean;
  /** Suspends, resumes and revokes it by a delegation, or as the operator. */
  readonly ends: boolean;
};

/**
 * How a viewer stands to the tokens of somebody.
 * @param maintains whether they maintain this service account
 */
export function standingOf(
  viewer: Viewer,
  owner: Holder,
  maintains: boolean,
  rules: Pick<Rules, "delegations">,
): Standing {
  const maker = makerOf(viewer);
  const self = maker !== "operator" && maker.userId === owner.id;
  const ends = maker === "operator" || delegationsOver(maker, owner, "end", rules.delegations.values()).length > 0;
  return { maker, holder: self || maintains, ends };
}

/** Holders end their own tokens, always; others by a delegation with the power `end`, whatever their role. */
export function mayEnd({ holder, ends }: Standing): Result<undefined> {
  if (holder || ends) return ok(undefined);
  return refuse("forbidden", "No delegation lets you suspend, resume or revoke tokens of this owner.");
}

/** Whoever has power over a token acts by it, also where they maintain the account that owns it. */
export const suspendsAsOwner = ({ holder, ends }: Standing): boolean => holder && !ends;

/** An owner resumes only what the owner suspended. */
export function mayResume(standing: Standing, suspension: { byOwner: boolean; by: string | null }): Result<undefined> {
  const may = mayEnd(standing);
  if (!may.ok || standing.ends || suspension.byOwner) return may;
  return refuse(
    "forbidden",
    `${suspension.by ?? "An administrator"} suspended it; only they or an administrator resume it.`,
  );
}
