import { outranks, type Role } from "#lib/users/user";

/** How many active members a group has, by the role that their other groups give them. */
export type MembersByRole = Readonly<Record<Role, number>>;

const MANY = { user: "plain users", auditor: "auditors", admin: "administrators" } as const;
const ONE = { user: "a plain user", auditor: "an auditor", admin: "an administrator" } as const;
const ROLES = ["admin", "auditor", "user"] as const;

const higher = (a: Role, b: Role): Role => (outranks(a, b) ? a : b);

/**
 * What a mapping means, in a sentence: *12 people become administrators.* Who has as much by another group is not
 * counted.
 * @param from what the group gives now
 * @param to what it is to give
 */
export function roleChange(members: MembersByRole, from: Role, to: Role): string {
  const becoming = new Map<Role, number>();
  for (const other of ROLES) {
    const [before, after] = [higher(other, from), higher(other, to)];
    if (before !== after) becoming.set(after, (becoming.get(after) ?? 0) + members[other]);
  }
  const parts = ROLES.flatMap((role) => {
    const count = becoming.get(role) ?? 0;
    if (count === 0) return [];
    return count === 1 ? [`1 person becomes ${ONE[role]}`] : [`${count} people become ${MANY[role]}`];
  });
  return parts.length === 0 ? "Nobody’s role changes now." : `${parts.join(", ")}.`;
}
