import type { Client } from "pg";
import type { Passwords } from "./create";

/** The database and the roles of an embedded installation: who owns and migrates, and the two that only work. */
export const DATABASE = "latchkey";
export const ROLES = { owner: "latchkey_owner", portal: "latchkey_portal", verifier: "latchkey_verifier" } as const;

/** Makes what is missing of the three roles and the database. Costs one query when all is there. */
export async function ensureRoles(admin: Client, passwords: Passwords): Promise<void> {
  const { rows } = await admin.query<{ name: string }>(
    "SELECT rolname AS name FROM pg_roles WHERE rolname LIKE 'latchkey\\_%' UNION ALL SELECT datname FROM pg_database WHERE datname = $1",
    [DATABASE],
  );
  const there = new Set(rows.map((row) => row.name));
  for (const kind of ["owner", "portal", "verifier"] as const) {
    if (there.has(ROLES[kind])) continue;
    await admin.query(`CREATE ROLE ${ROLES[kind]} LOGIN PASSWORD ${admin.escapeLiteral(passwords[kind])}`);
  }
  if (!there.has(DATABASE)) await admin.query(`CREATE DATABASE ${DATABASE} OWNER ${ROLES.owner}`);
}
