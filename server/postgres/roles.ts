import type { Client } from "pg";
import type { Passwords } from "./create";

/** The database and the roles of an embedded installation: who owns and migrates, and those that only work. */
export const DATABASE = "latchkey";
export const ROLES = {
  owner: "latchkey_owner",
  portal: "latchkey_portal",
  verifier: "latchkey_verifier",
  retention: "latchkey_retention",
} as const;

/** Advisory lock: one process at a time makes them. */
const MAKING = 7_200_004;

/** Makes what is missing of the roles and the database. Costs one query when all is there. */
export async function ensureRoles(admin: Client, passwords: Passwords): Promise<void> {
  if ((await missing(admin)).size === 0) return;
  await admin.query("SELECT 1 FROM (SELECT pg_advisory_lock($1)) AS waited", [MAKING]);
  const wanted = await missing(admin); // another process may have been quicker
  for (const kind of ["owner", "portal", "verifier", "retention"] as const) {
    if (!wanted.has(ROLES[kind])) continue;
    await admin.query(`CREATE ROLE ${ROLES[kind]} LOGIN PASSWORD ${admin.escapeLiteral(passwords[kind])}`);
  }
  if (wanted.has(DATABASE)) await admin.query(`CREATE DATABASE ${DATABASE} OWNER ${ROLES.owner}`);
  await admin.query("SELECT pg_advisory_unlock($1)", [MAKING]);
}

async function missing(admin: Client): Promise<ReadonlySet<string>> {
  const { rows } = await admin.query<{ name: string }>(
    "SELECT rolname AS name FROM pg_roles UNION ALL SELECT datname FROM pg_database",
  );
  const there = new Set(rows.map((row) => row.name));
  return new Set([...Object.values(ROLES), DATABASE].filter((name) => !there.has(name)));
}
