import type { ApplicationKind } from "#lib/applications/application";
import type { Database } from "#lib/db/client";
import type { Prisma } from "#lib/db/generated/client";
import { digestOf, hintOf, newSecret } from "#lib/tokens/secret";
import { foldName } from "#lib/users/name";

/** Rows as the commands write them, without the commands: for tests of what reads them. */

export type Issued = { readonly id: string; readonly secret: string; readonly digest: string };

/** A person, in these local groups. */
export async function seedPerson(
  db: Database,
  username: string,
  groups: readonly string[],
): Promise<{ id: string; username: string }> {
  const found = await db.group.findMany({ where: { source: "local", name: { in: [...groups] } } });
  if (found.length !== groups.length) throw new Error(`There is no group for each of ${groups.join(", ")}`);
  return db.user.create({
    data: {
      username,
      usernameKey: foldName(username),
      displayName: username,
      memberships: { create: found.map((group) => ({ groupId: group.id, addedBy: "test" })) },
    },
    select: { id: true, username: true },
  });
}

/** An own token for everything, read and write, that never ends; change what the test is about. */
export async function seedToken(
  db: Database,
  ownerId: string,
  some: Partial<Prisma.TokenUncheckedCreateInput> = {},
): Promise<Issued> {
  const secret = newSecret();
  const digest = digestOf(secret);
  const { id } = await db.token.create({
    data: {
      ownerId,
      name: "ci",
      digest: Buffer.from(digest, "hex"),
      hint: hintOf(secret),
      createdBy: "test",
      secretBornAt: new Date(),
      grantBy: "tier",
      allApplications: true,
      access: "write",
      ...some,
    },
    select: { id: true },
  });
  return { id, secret, digest };
}

/** Many of one owner at once, as `seedToken` makes them, though nobody knows a secret of theirs. */
export async function seedTokens(
  db: Database,
  ownerId: string,
  count: number,
  some: Partial<Prisma.TokenCreateManyInput> = {},
): Promise<void> {
  const data = Array.from({ length: count }, (_, n) => ({
    ...{ ownerId, name: `t${n}`, digest: Buffer.from(digestOf(newSecret()), "hex"), createdBy: "test" },
    ...{ secretBornAt: new Date(), grantBy: "tier" as const, allApplications: true, access: "write" as const },
    ...some,
  }));
  await db.token.createMany({ data });
}

const OBSERVE = {
  password: "observe",
  foreignBearer: "observe",
  oauth1: "observe",
  otherScheme: "observe",
  none: "observe",
};

/** An application at `KEY.corp`. */
export async function seedApplication(
  db: Database,
  key: string,
  kind: ApplicationKind = "jira",
  some: Partial<Prisma.ApplicationCreateInput> = {},
): Promise<string> {
  const { id } = await db.application.create({
    data: {
      key,
      name: key,
      kind,
      rules: OBSERVE,
      credentials: { basic: true, bearer: true, header: "X-Api-Token", query: null },
      usernames: { aliases: false, empty: false },
      routes: { create: [{ host: `${key}.corp`, context: "" }] },
      ...some,
    },
    select: { id: true },
  });
  return id;
}

/** A gateway on this machine. */
export async function seedGateway(
  db: Database,
  key: string,
  secret: string,
  applicationIds: readonly string[],
  some: Partial<Prisma.GatewayUncheckedCreateInput> = {},
): Promise<void> {
  await db.gateway.create({
    data: {
      key,
      adapter: "nginx",
      secretDigest: Buffer.from(digestOf(secret), "hex"),
      applications: { create: applicationIds.map((applicationId) => ({ applicationId })) },
      ...some,
    },
  });
}
