import { editApplication } from "#lib/applications/commands/edit";
import { operator } from "#lib/auth/actors";
import { execute } from "#lib/commands/execute";
import type { Database } from "#lib/db/client";
import type { Prisma } from "#lib/db/generated/client";
import { outputOf } from "./api";
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
};

export const basic = (name: string, secret: string): string =>
  `Basic ${Buffer.from(`${name}:${secret}`).toString("base64")}`;
export const withSecret = (secret: string) => ({ Authorization: `Bearer ${secret}` });

export function sceneOf(db: Database, userId: string, applicationId: string, now: () => number): Scene {
  return {
    ...{ db, userId, applicationId },
    token: async (some = {}) => (await seedToken(db, userId, some)).secret,
    application: async (changes) => {
      const { version } = await db.application.findUniqueOrThrow({ where: { id: applicationId } });
      await outputOf(execute(db, editApplication, operator(), { id: applicationId, version, ...changes }, now()));
    },
    user: async (data) => {
      await db.user.update({ where: { id: userId }, data });
    },
  };
}
