import type { Delegation } from "#lib/delegations/delegation";
import type { Network } from "#lib/networks/network";
import type { UserKind } from "#lib/users/user";
import type { Ceiling } from "./limits";
import type { Policy } from "./policy";

/** The rules of an installation that decide about tokens. The verifier's InstallationFacts are such rules. */
export type Rules = {
  readonly policies: readonly Policy[];
  readonly delegations: ReadonlyMap<string, Delegation>;
  readonly networks: ReadonlyMap<string, Network>;
  readonly settings: {
    readonly ceilings: { readonly persons: Ceiling | null; readonly serviceAccounts: Ceiling | null };
  };
};

/** Somebody as far as membership goes: as the portal (`groupIds`) or the verifier (`groups`) holds them. */
export type Member = { readonly kind: UserKind } & (
  | { readonly groupIds: readonly string[] }
  | { readonly groups: readonly { readonly id: string }[] }
);

/** Ids of the groups somebody is in. */
export function groupIdsOf(member: Member): readonly string[] {
  return "groupIds" in member ? member.groupIds : member.groups.map((group) => group.id);
}
