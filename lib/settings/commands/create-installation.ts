import { randomUUID } from "node:crypto";
import { z } from "zod";
import { LATCHKEY } from "#lib/applications/application";
import { defineCommand, nothingToPrepare, whoeverCame } from "#lib/commands/command";
import type { Transaction } from "#lib/db/client";
import { env } from "#lib/env";
import { ok } from "#lib/errors/error";
import { FRESH_CEILINGS, FRESH_DELEGATIONS, FRESH_POLICIES } from "#lib/policies/fresh";
import { insertPolicy } from "#lib/policies/store-new";
import { foldName } from "#lib/users/name";

const GROUPS = ["admins", "api-users"] as const;

type GroupIds = ReadonlyMap<string, string>;

async function createGroups(tx: Transaction): Promise<GroupIds> {
  const groups = await Promise.all(
    GROUPS.map((name) => tx.group.create({ data: { name, externalId: name, source: "local" } })),
  );
  return new Map(groups.map((group) => [group.name, group.id]));
}

const idsOf = (ids: GroupIds, names: readonly string[]) => names.flatMap((name) => ids.get(name) ?? []);
const links = (ids: GroupIds, names: readonly string[]) => idsOf(ids, names).map((groupId) => ({ groupId }));

async function createRules(tx: Transaction, ids: GroupIds, now: number): Promise<void> {
  for (const policy of FRESH_POLICIES) {
    await insertPolicy(tx, policy, idsOf(ids, policy.members.groups), now);
  }
  for (const { delegates, powers, scope, issue, ...delegation } of FRESH_DELEGATIONS) {
    await tx.delegation.create({
      data: {
        ...delegation,
        issue,
        nameKey: foldName(delegation.name),
        powers: [...powers],
        scopeEveryone: scope.everyone,
        scopeServiceAccounts: scope.serviceAccounts,
        delegates: { create: links(ids, delegates) },
        scopeGroups: { create: links(ids, scope.groups) },
      },
    });
  }
}

const builtIn = {
  key: LATCHKEY,
  name: "Latchkey",
  kind: "generic",
  rules: { password: "block", foreignBearer: "block", oauth1: "block", otherScheme: "block", none: "block" },
  credentials: { basic: true, bearer: true, header: null, query: null },
  usernames: { aliases: false, empty: false },
} as const;

/** What a fresh installation has (docs/interfaces.md, end). One row of settings decides who of several processes makes it. */
export const createInstallation = defineCommand({
  input: z.strictObject({}),
  door: ["system"],
  stepUp: false,
  administration: "may change",
  prepare: nothingToPrepare,
  // Of several starts at once, `administration` lets one through at a time.
  subject: async ({ tx }) => ok(await tx.settings.findUnique({ where: { id: 1 } })),
  allows: whoeverCame,
  perform: async ({ tx, actor, now }, settings) => {
    if (settings !== null) return ok({ output: { installationId: settings.installationId }, repeated: true });
    const installationId = randomUUID();
    const ids = await createGroups(tx);
    await tx.roleMapping.createMany({
      data: links(ids, ["admins"]).map((link) => ({ ...link, role: "admin" as const, mappedBy: actor.name })),
    });
    await createRules(tx, ids, now);
    await tx.application.create({ data: builtIn });
    await tx.settings.create({
      data: { id: 1, installationId, boundUrl: env().url, ...FRESH_CEILINGS },
    });
    const detail = { before: null, after: { url: env().url } };
    return ok({
      output: { installationId },
      events: [{ action: "installation.created", subject: { id: installationId, name: env().url }, detail }],
    });
  },
  conflicts: {},
});
