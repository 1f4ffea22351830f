import type { AuditEntry } from "#lib/audit/event";
import type { Transaction } from "#lib/db/client";
import { noteChange, viewGroup } from "./store";

type Member = { readonly id: string; readonly username: string };

/** Makes the groups of a source that are not there yet. They give no role and no tier until somebody maps them. */
async function makeMissing(tx: Transaction, source: string, names: readonly string[], now: number) {
  const there = await tx.group.findMany({
    where: { source, externalId: { in: [...names] } },
    select: { externalId: true },
  });
  const known = new Set(there.map((each) => each.externalId));
  const events: AuditEntry[] = [];
  for (const name of names.filter((each) => !known.has(each))) {
    const data = { source, externalId: name, name, createdAt: new Date(now) };
    const { id } = await tx.group.create({ data, select: { id: true } });
    const detail = { before: null, after: await viewGroup(tx, id) };
    events.push({ action: "group.created", subject: { id, name }, detail });
  }
  return events;
}

/**
 * Puts somebody into exactly these groups of a source, as it says today. Groups of other sources, local ones too, stay
 * as they are.
 * @param source the issuer
 * @param names external ids of the groups
 * @returns what happened, for the log; nothing where nothing has changed
 */
export async function followDirectory(
  tx: Transaction,
  { id: userId, username }: Member,
  source: string,
  names: readonly string[],
  now: number,
): Promise<AuditEntry[]> {
  const events = await makeMissing(tx, source, names, now);
  const select = { id: true, name: true } as const;
  const mine = { members: { some: { userId } } };
  const left = await tx.group.findMany({ where: { source, externalId: { notIn: [...names] }, ...mine }, select });
  const joined = await tx.group.findMany({ where: { source, externalId: { in: [...names] }, NOT: mine }, select });
  await tx.membership.deleteMany({ where: { userId, groupId: { in: left.map(({ id }) => id) } } });
  const since = { addedAt: new Date(now), addedBy: source };
  await tx.membership.createMany({ data: joined.map(({ id }) => ({ userId, groupId: id, ...since })) });
  if (left.length + joined.length > 0) await noteChange(tx, { id: userId });
  const users = [username];
  return [
    ...events,
    ...left.map(
      (group): AuditEntry => ({
        action: "group.members-removed",
        subject: group,
        detail: { before: { users }, after: null },
      }),
    ),
    ...joined.map(
      (group): AuditEntry => ({
        action: "group.members-added",
        subject: group,
        detail: { before: null, after: { users } },
      }),
    ),
  ];
}
