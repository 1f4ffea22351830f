import { randomBytes } from "node:crypto";
import type { TestProject } from "vitest/node";
import { migrate } from "#server/database/migrate-and-grant";
import { asAdmin, openTestServer, uniqueName } from "./database-cluster";

/** What the files of integration tests are told: `{name}`, `{user}` and so on are filled in by test/database.ts. */
export type TestDatabases = {
  readonly adminUrl: string;
  readonly template: string;
  readonly password: string;
  readonly roles: {
    readonly owner: string;
    readonly portal: string;
    readonly verifier: string;
    readonly retention: string;
  };
};

declare module "vitest" {
  interface ProvidedContext {
    databases: TestDatabases;
  }
}

/** Once for a run: one PostgreSQL, the roles, and a migrated template that every file clones. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const server = await openTestServer();
  const { adminUrl } = server;
  const password = randomBytes(18).toString("base64url");
  const roles = {
    ...{ owner: uniqueName("owner"), portal: uniqueName("portal") },
    ...{ verifier: uniqueName("verifier"), retention: uniqueName("retention") },
  };
  const template = uniqueName("template");
  const tearDown = async () => {
    try {
      await asAdmin(adminUrl, [
        `DROP DATABASE IF EXISTS ${template} WITH (FORCE)`,
        ...Object.values(roles).map((role) => `DROP ROLE IF EXISTS ${role}`),
      ]);
    } finally {
      await server.close();
    }
  };
  try {
    await asAdmin(adminUrl, [
      ...Object.values(roles).map((role) => `CREATE ROLE ${role} LOGIN PASSWORD '${password}'`),
      `CREATE DATABASE ${template} OWNER ${roles.owner}`,
    ]);
    await migrate(
      databaseUrl(adminUrl, roles.owner, password, template),
      roles,
      () => undefined,
      async () => undefined,
    );
  } catch (thrown) {
    await tearDown();
    throw thrown;
  }
  project.provide("databases", { adminUrl, template, password, roles });
  return tearDown;
}

/** The URL of another database of the same server, as another role. */
export function databaseUrl(adminUrl: string, user: string, password: string, database: string): string {
  const url = new URL(adminUrl);
  url.username = user;
  url.password = password;
  url.pathname = `/${database}`;
  return url.href;
}
