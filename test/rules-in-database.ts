import { type Database, Prisma } from "#lib/db/client";
import type { Rules } from "#lib/policies/rules";

/** The groups of the small world, by their names in it; networks of its rules are there too. */
export async function seedSmallWorld(db: Database, names: readonly string[]): Promise<ReadonlyMap<string, string>> {
  await db.network.create({ data: { name: "office", ranges: ["192.0.2.0/28", "2001:db8::/48"] } });
  const rows = await db.group.createManyAndReturn({ data: names.map((name) => ({ name, externalId: name })) });
  return new Map(rows.map(({ name, id }) => [name, id]));
}

const json = (value: object | null) => (value === null ? Prisma.DbNull : { ...value });

/**
 * Writes generated rules in place of whatever rules there are, without the commands.
 * @param idOf what is `g-0` or `d-1` in them, in the database
 */
export async function writeRules(db: Database, rules: Rules, idOf: (name: string) => string): Promise<void> {
  await db.policyGroup.deleteMany();
  await db.policy.deleteMany();
  await db.delegation.deleteMany();
  for (const { id: _id, members, name, own, ceiling, ...policy } of rules.policies) {
    const { everyone, serviceAccounts, groupIds } = members;
    const groups = { create: groupIds.map((each) => ({ groupId: idOf(each) })) };
    const limits = { own: json(own), ceiling: json(ceiling) };
    // Who may create has limits: the database holds to that.
    const create = own === null ? "no" : policy.create;
    await db.policy.create({
      data: { ...policy, create, name, nameKey: name, everyone, serviceAccounts, ...limits, groups },
    });
  }
  for (const { id, name, powers, scope, issue, showSecret, delegateGroupIds } of rules.delegations.values()) {
    const linked = (ids: readonly string[]) => ({ create: ids.map((each) => ({ groupId: idOf(each) })) });
    const over = { scopeEveryone: scope.everyone, scopeServiceAccounts: scope.serviceAccounts };
    const links = { delegates: linked(delegateGroupIds), scopeGroups: linked(scope.groupIds) };
    const plain = { id: idOf(id), name, nameKey: name, powers: [...powers], showSecret, issue: { ...issue } };
    await db.delegation.create({ data: { ...plain, ...over, ...links } });
  }
  const { persons, serviceAccounts } = rules.settings.ceilings;
  await db.settings.update({
    where: { id: 1 },
    data: { ceilingPersons: json(persons), ceilingServiceAccounts: json(serviceAccounts) },
  });
}
