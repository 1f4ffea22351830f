import type { Delegation } from "#lib/delegations/delegation";
import type { Ceiling } from "#lib/policies/limits";
import type { Policy } from "#lib/policies/policy";
import type { Rules } from "#lib/policies/rules";

type Ceilings = { readonly persons: Ceiling | null; readonly serviceAccounts: Ceiling | null };

/** A change of the rules, before it is made. A policy or delegation that is null is not there. */
export type Change =
  | { readonly of: "policy"; readonly before: Policy | null; readonly after: Policy | null }
  /** `moved` changes its place; `priorities` by id, of all whose number changes. */
  | { readonly of: "order"; readonly moved: Policy; readonly priorities: ReadonlyMap<string, number> }
  | { readonly of: "delegation"; readonly before: Delegation; readonly after: Delegation | null }
  | { readonly of: "ceilings"; readonly before: Ceilings; readonly after: Ceilings };

/** The rules as they would be. Everything else in them stays the same object. */
export function changed<R extends Rules>(rules: R, change: Change): R {
  switch (change.of) {
    case "policy": {
      const rest = rules.policies.filter(({ id }) => id !== change.before?.id);
      return { ...rules, policies: change.after === null ? rest : [...rest, change.after] };
    }
    case "order": {
      const { priorities } = change;
      const policies = rules.policies.map((each) => ({ ...each, priority: priorities.get(each.id) ?? each.priority }));
      return { ...rules, policies };
    }
    case "delegation": {
      const delegations = new Map(rules.delegations);
      delegations.delete(change.before.id);
      if (change.after !== null) delegations.set(change.after.id, change.after);
      return { ...rules, delegations };
    }
    case "ceilings":
      return { ...rules, settings: { ...rules.settings, ceilings: change.after } };
  }
}

/** Whom a change can concern at all: everybody of these kinds, whoever is in these groups; of these, one delegation's tokens. */
export type Concerned = {
  readonly kinds: readonly ("person" | "service")[];
  readonly groupIds: readonly string[];
  readonly delegationId: string | null;
};

const EVERYBODY = ["person", "service"] as const;
const differs = (a: unknown, b: unknown): boolean => JSON.stringify(a) !== JSON.stringify(b);

/**
 * Whom a change can concern. Only those whose tier is or becomes the changed policy are decided otherwise: its members
 * before and after.
 */
export function concerned(change: Change): Concerned {
  switch (change.of) {
    case "policy":
    case "order": {
      const policies = change.of === "order" ? [change.moved] : [change.before, change.after];
      const members = policies.flatMap((policy) => (policy === null ? [] : [policy.members]));
      return {
        kinds: EVERYBODY.filter((kind) =>
          members.some(({ everyone, serviceAccounts }) => (kind === "person" ? everyone : serviceAccounts)),
        ),
        groupIds: [...new Set(members.flatMap(({ groupIds }) => groupIds))],
        delegationId: null,
      };
    }
    case "delegation":
      return { kinds: EVERYBODY, groupIds: [], delegationId: change.before.id };
    case "ceilings": {
      const { before, after } = change;
      const kinds = EVERYBODY.filter((kind) =>
        kind === "person"
          ? differs(before.persons, after.persons)
          : differs(before.serviceAccounts, after.serviceAccounts),
      );
      return { kinds, groupIds: [], delegationId: null };
    }
  }
}
