import type { Role } from "#lib/users/user";

/** What names a group, and so what its members have from it. */
export type GroupUses = {
  readonly role: Role | null;
  /** Tiers that match its members. */
  readonly policies: readonly string[];
  /** Delegations that its members hold. */
  readonly delegations: readonly string[];
  /** Delegations that give others power over its members' tokens. */
  readonly scopes: readonly string[];
  /** Service accounts that its members maintain. */
  readonly accounts: readonly string[];
};

const ROLE_WORDS = { admin: "administrator", auditor: "auditor" } as const;

/** Where a group is named, as people say it; empty when nowhere. */
export function usesInWords({ role, policies, delegations, scopes, accounts }: GroupUses): string[] {
  return [
    ...(role === "admin" || role === "auditor" ? [`the role ${ROLE_WORDS[role]}`] : []),
    ...policies.map((name) => `tier ${name}`),
    ...delegations.map((name) => `delegation ${name}`),
    ...scopes.map((name) => `the scope of delegation ${name}`),
    ...accounts.map((name) => `maintainers of ${name}`),
  ];
}
