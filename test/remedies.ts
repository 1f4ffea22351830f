import { createHash } from "node:crypto";
import { editApplication } from "#lib/applications/commands/edit";
import { operator } from "#lib/auth/actors";
import { execute } from "#lib/commands/execute";
import type { Database } from "#lib/db/client";
import type { Prisma } from "#lib/db/generated/client";
import { claimToken } from "#lib/tokens/commands/claim";
import { insertClaim } from "#lib/tokens/store-claims";
import { explainPast } from "#lib/verification/queries-past";
import { waitUntil } from "#test/upstreams/wait-until";
import { outputOf } from "./api";
import { asAdmin } from "./database-cluster";
import type { TestInstallation } from "./installation";
import { seedToken } from "./seeded";

/** A request as `POST /v1/verify` is asked about it. */
export type Ask = {
  readonly method: string;
  readonly uri: string;
  readonly host: string;
  readonly proto: string;
  readonly clientIp: string;
  readonly headers: Readonly<Record<string, string | string[]>>;
};

/** Where a refusal is provoked and mended: a person, an application of theirs, a token. */
export type Scene = {
  readonly db: Database;
  readonly userId: string;
  readonly applicationId: string;
  readonly token: (some?: Partial<Prisma.TokenUncheckedCreateInput>) => Promise<string>;
  /** Changes the application as an administrator does. */
  readonly application: (changes: object) => Promise<void>;
  readonly user: (data: Prisma.UserUpdateInput) => Promise<void>;
  /** What none of our roles may do. */
  readonly arrange: (...statements: readonly string[]) => Promise<void>;
  /** Opens the link of a pending token as its owner does. @returns its new secret */
  readonly claim: (secret: string) => Promise<string>;
};

/** What Explain says of a refusal. */
export type Told = { readonly reason: string; readonly remedy: string };

type Of = { readonly userId: string; readonly username: string; readonly applicationId: string };

export const basic = (name: string, secret: string): string =>
  `Basic ${Buffer.from(`${name}:${secret}`).toString("base64")}`;
export const withSecret = (secret: string) => ({ Authorization: `Bearer ${secret}` });

export function sceneOf(installation: TestInstallation, { userId, username, applicationId }: Of): Scene {
  const { db, database } = installation;
  return {
    ...{ db, userId, applicationId },
    token: async (some = {}) => (await seedToken(db, userId, some)).secret,
    application: async (changes) => {
      const { version } = await db.application.findUniqueOrThrow({ where: { id: applicationId } });
      await outputOf(execute(db, editApplication, operator(), { id: applicationId, version, ...changes }, Date.now()));
    },
    user: async (data) => {
      await db.user.update({ where: { id: userId }, data });
    },
    arrange: (...statements) => asAdmin(database.adminUrl, statements),
    claim: async (secret) => {
      const digest = createHash("sha256").update(secret).digest();
      const { id, name } = await db.token.findUniqueOrThrow({ where: { digest } });
      const of = { id, name, owner: username, expiresAt: null };
      const { link } = await db.$transaction((tx) => insertClaim(tx, operator(), of, Date.now()));
      const code = new URL(link.url).hash.slice(1);
      const viewer = await installation.viewer(username);
      return (await outputOf(execute(db, claimToken, viewer, { code }, Date.now()))).secret;
    },
  };
}

/** What Explain says of a request that was refused, by the id that its answer carried, once it is written down. */
export async function explainedById({ viewer }: TestInstallation, requestId: string): Promise<Told> {
  const root = await viewer("root");
  return waitUntil(`the refused request ${requestId}`, async () => {
    const told = await explainPast(root, { requestId });
    return told.ok ? told.value.judged : undefined;
  });
}
