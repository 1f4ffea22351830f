import { inject } from "vitest";
import { asAdmin, uniqueName } from "./database-cluster";
import { databaseUrl } from "./database-setup";

export type TestDatabase = {
  readonly name: string;
  /** The role that owns and migrates. */
  readonly ownerUrl: string;
  readonly portalUrl: string;
  readonly verifierUrl: string;
  readonly retentionUrl: string;
  /** A superuser in this database: to arrange what no role of ours may do. */
  readonly adminUrl: string;
  /** Ends every connection and removes it. Without, it goes with the server at the end of the run. */
  readonly drop: () => Promise<void>;
};

/**
 * A database of its own with today's schema, the rows that migrations make, and nothing else. About 0.1 s.
 * Call it in `beforeAll`, and `drop` in `afterAll`.
 */
export const createDatabase = (): Promise<TestDatabase> => clone(inject("databases").template);

/** The same without any table of ours. */
export const createEmptyDatabase = (): Promise<TestDatabase> => clone("template1");

/** A database as it is now, as a backup would bring it back. Whoever is connected to it loses their connection. */
export async function copyOf({ name }: TestDatabase): Promise<TestDatabase> {
  const others = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}'`;
  await asAdmin(inject("databases").adminUrl, [others]);
  return clone(name);
}

async function clone(template: string): Promise<TestDatabase> {
  const { adminUrl, password, roles } = inject("databases");
  const name = uniqueName("test");
  await asAdmin(adminUrl, [`CREATE DATABASE ${name} TEMPLATE ${template} OWNER ${roles.owner}`]);
  const admin = new URL(adminUrl);
  admin.pathname = `/${name}`;
  return {
    name,
    ownerUrl: databaseUrl(adminUrl, roles.owner, password, name),
    portalUrl: databaseUrl(adminUrl, roles.portal, password, name),
    verifierUrl: databaseUrl(adminUrl, roles.verifier, password, name),
    retentionUrl: databaseUrl(adminUrl, roles.retention, password, name),
    adminUrl: admin.href,
    drop: () => asAdmin(adminUrl, [`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`]),
  };
}
