import type { Role } from "#lib/users/user";
import type { Actor } from "./viewer";

/** What may be done in the portal by role alone. Power over other people's tokens is not here: delegations give it. */
const TABLE = {
  "tokens.read-all": ["auditor", "admin"],
  "users.read": ["auditor", "admin"],
  "users.write": ["admin"],
  "groups.read": ["auditor", "admin"],
  "groups.write": ["admin"],
  "policies.read": ["auditor", "admin"],
  "policies.write": ["admin"],
  "delegations.read": ["auditor", "admin"],
  "delegations.write": ["admin"],
  "networks.read": ["auditor", "admin"],
  "networks.write": ["admin"],
  "applications.read": ["auditor", "admin"],
  "applications.write": ["admin"],
  "gateways.read": ["auditor", "admin"],
  "gateways.write": ["admin"],
  "settings.read": ["auditor", "admin"],
  "settings.write": ["admin"],
  "audit.read": ["auditor", "admin"],
  "explain.any": ["auditor", "admin"],
} as const satisfies Record<string, readonly Role[]>;

export type Ability = keyof typeof TABLE;

/** Whether this actor administers: an administrator in the portal or by token, the operator, Latchkey itself. */
export const administers = (actor: Actor): boolean =>
  "role" in actor ? actor.role === "admin" : actor.kind === "cli" || actor.kind === "system";

/**
 * Whether this actor may do this, by role.
 * @returns true for the operator (CLI) and Latchkey itself, never for a visitor or a token about itself, otherwise as
 *   the table says
 */
export function can(actor: Actor, ability: Ability): boolean {
  if (actor.kind === "cli" || actor.kind === "system") return true;
  if (!("role" in actor)) return false;
  const roles: readonly Role[] = TABLE[ability];
  return roles.includes(actor.role);
}
