import type { Prisma } from "#lib/db/client";
import { parseRef } from "#lib/groups/group";
import { containing } from "#lib/pagination";
import type { UserFilter } from "./filter";
import type { Role } from "./user";

const ACTIVE_PERSON = { kind: "person", deactivatedAt: null } as const;

/**
 * Links to somebody who can act: an active person, or a group with one in it.
 * @param besides a user who does not count
 */
export function activeMaintainer(besides?: string): Prisma.MaintainerWhereInput {
  const person = besides === undefined ? ACTIVE_PERSON : { ...ACTIVE_PERSON, id: { not: besides } };
  return { OR: [{ user: person }, { group: { members: { some: { user: person } } } }] };
}

const mappedTo = (role: "admin" | "auditor") => ({ some: { group: { role: { role } } } });

const HAS_ROLE: Readonly<Record<Role, Prisma.UserWhereInput>> = {
  admin: { memberships: mappedTo("admin") },
  auditor: { memberships: mappedTo("auditor"), NOT: { memberships: mappedTo("admin") } },
  user: { memberships: { none: { group: { role: { isNot: null } } } } },
};

/** A filter of users as conditions of the database, all of which must hold. */
export function conditionsOf({ kind, status, role, group, maintainer }: UserFilter): Prisma.UserWhereInput[] {
  return [
    ...(kind === undefined ? [] : [{ kind }]),
    ...(status === undefined ? [] : [{ deactivatedAt: status === "active" ? null : { not: null } }]),
    ...(role.length === 0 ? [] : [{ OR: role.map((each) => HAS_ROLE[each]) }]),
    ...(group.length === 0 ? [] : [{ memberships: { some: { group: { OR: group.map(parseRef) } } } }]),
    ...(maintainer === undefined
      ? []
      : [{ kind: "service" as const, deactivatedAt: null, maintainers: { none: activeMaintainer() } }]),
  ];
}

/** What the index of parts of words knows: three characters or more. */
const TRIGRAM = 3;

/** Free text, whatever its case: username, display name, e-mail. */
export function matching(q: string | undefined): Prisma.UserWhereInput[] {
  if (q === undefined || q === "") return [];
  const text = containing(q);
  if ([...q].length >= TRIGRAM) return [{ searchText: { contains: text.contains.toLowerCase() } }];
  return [{ OR: [{ username: text }, { displayName: text }, { email: text }] }];
}
