import type { Client } from "pg";

/** Names of the run-time roles in the database. */
export type RoleNames = { readonly portal: string; readonly verifier: string; readonly retention: string };

const KINDS = ["portal", "verifier", "retention"] as const;

type Rights = { readonly portal: string; readonly verifier: string; readonly retention?: string };

const ALL = "select insert update delete";
const UPSERT = "select insert update";

/** What the verifier reads of those tables of which it does not read all: nothing of what is only shown to people. */
const READ = {
  users: ["id", "username", "kind", "deactivated_at"],
  tokens: [
    ...["id", "owner_id", "name", "digest", "grant_by", "delegation_id", "all_applications", "applications", "access"],
    ...["ip_ranges", "restrictions", "header_conditions", "path_rules", "time_window", "rate_limit", "created_at"],
    ...["secret_born_at", "expires_at", "revoked_at", "denied_at", "suspended_at", "superseded_at", "overlap_ends_at"],
    ...["waiver_until", "waiver_access", "waiver_all_applications", "waiver_applications", "waiver_ip_ranges"],
  ],
} as const;

/** What is recorded and ages: nobody who records it may delete it, and who deletes it sees no more than how old it is. */
const aging = (portal: string, verifier: string, column: string) => ({
  ...{ portal, verifier },
  retention: `select(ctid,${column}) delete`,
});

/**
 * Who may do what with which table; what is not here, nobody but the owner may. A test holds that every table is here.
 * The portal cannot change or delete an audit event. The verifier reads the facts, writes what it saw and how far it
 * is, and can read neither passwords nor sessions, of the keys only those with which it signs, and of people and tokens
 * only what it judges by. Who no longer reads a column keeps it here for a version: older verifiers may still. Retention deletes
 * what has aged (docs/decisions/0029-what-ages.md), and may nothing else.
 */
export const GRANTS: Readonly<Record<string, Rights>> = {
  //                       portal                    verifier
  users: { portal: ALL, verifier: `select(${READ.users})` },
  user_activity: { portal: UPSERT, verifier: "" },
  user_aliases: { portal: ALL, verifier: "select" },
  user_names: { portal: ALL, verifier: "select" },
  password_credentials: { portal: ALL, verifier: "" },
  second_factors: { portal: ALL, verifier: "" },
  recovery_codes: { portal: ALL, verifier: "" },
  passkey_challenges: { portal: ALL, verifier: "" },
  maintainers: { portal: ALL, verifier: "" },
  groups: { portal: ALL, verifier: "select" },
  memberships: { portal: ALL, verifier: "select" },
  role_mappings: { portal: ALL, verifier: "" },
  policies: { portal: ALL, verifier: "select" },
  policy_groups: { portal: ALL, verifier: "select" },
  delegations: { portal: ALL, verifier: "select" },
  delegation_delegates: { portal: ALL, verifier: "select" },
  delegation_scopes: { portal: ALL, verifier: "select" },
  networks: { portal: ALL, verifier: "select" },
  applications: { portal: ALL, verifier: "select" },
  application_routes: { portal: ALL, verifier: "select" },
  gateways: { portal: ALL, verifier: "select" },
  gateway_applications: { portal: ALL, verifier: "select" },
  tokens: { portal: ALL, verifier: `select(${READ.tokens})` },
  token_claims: { portal: ALL, verifier: "" },
  leak_reports: { portal: "select insert delete", verifier: "" },
  operations: { portal: ALL, verifier: "" },
  operation_refusals: { portal: ALL, verifier: "" },
  saved_views: { portal: ALL, verifier: "" },
  token_breaches: { portal: ALL, verifier: "" },
  breach_state: { portal: "select update", verifier: "" },
  probe_runs: { portal: ALL, verifier: "" },
  settings: { portal: UPSERT, verifier: "select" },
  token_usage: { portal: UPSERT, verifier: UPSERT },
  token_usage_hours: aging(UPSERT, UPSERT, "hour"),
  token_sightings: aging(UPSERT, UPSERT, "last_seen_at"),
  credential_sightings: aging(UPSERT, UPSERT, "last_seen_at"),
  path_sightings: aging(UPSERT, UPSERT, "last_seen_at"),
  verification_counts: aging(UPSERT, UPSERT, "hour"),
  refusals: aging("select", "insert select(request_id)", "at"),
  gateway_contacts: { portal: UPSERT, verifier: UPSERT },
  sessions: { portal: ALL, verifier: "" },
  sign_in_throttles: { portal: ALL, verifier: "" },
  keys: { portal: UPSERT, verifier: "" },
  setup: { portal: "select update", verifier: "" },
  audit_events: { portal: "select insert", verifier: "" },
  // Only the audit chain: sequence and epoch are the triggers', or a change could be hidden from the verifiers.
  change_head: { portal: "select update(audit_seq,audit_hash)", verifier: "select" },
  changes: { portal: "select", verifier: "select" },
  // A verifier writes by functions that know only its own row.
  verifier_lease: { portal: "select delete", verifier: "" },
};

/** Parts of tables that both read: of the keys those with which a verifier signs, wrapped. */
export const VIEWS = ["assertion_keys"];

/**
 * Functions that run as their owner, and who may call them: a test holds that each is here. Nobody may call those of
 * triggers, or a role could hang one on a temporary table of its own; triggers that are there ask for no right.
 */
export const FUNCTIONS: Readonly<Record<string, readonly (typeof KINDS)[number][]>> = {
  latchkey_move_head: ["portal"],
  latchkey_begin_epoch: ["portal"],
  latchkey_is_missed: ["portal", "verifier"],
  latchkey_write_lease: ["verifier"],
  latchkey_remove_lease: ["verifier"],
  latchkey_facts_changed: [],
  latchkey_end_overlap: [],
  latchkey_usage_begins: [],
  latchkey_activity_begins: [],
};

const SHARED =
  "Warning: the database's roles protect nothing, because portal, verifier and owner are not three (DATABASE_URL, DATABASE_VERIFIER_URL, DATABASE_OWNER_URL).";
const NO_RETENTION =
  "Warning: what has aged is deleted by the role of portal, verifier or owner, which could delete the rest of it as well: name one of its own in DATABASE_RETENTION_URL.";

/**
 * Gives the run-time roles exactly what the table says, whatever they had. A role that owns the tables, or is a
 * superuser, is not held by it: that is said in a warning.
 * @param owner a connection as the owner of the tables
 * @returns warnings, in words
 */
export async function applyGrants(owner: Client, roles: RoleNames): Promise<string[]> {
  const names = KINDS.map((kind) => roles[kind]);
  const { rows } = await owner.query<{ name: string }>(
    "SELECT rolname AS name FROM pg_roles WHERE rolname = ANY($1) AND (rolsuper OR rolname = current_user)",
    [names],
  );
  const unheld = new Set(rows.map((row) => row.name));
  await owner.query(grantScript(owner, roles, unheld));
  if (unheld.has(roles.portal) || unheld.has(roles.verifier) || roles.portal === roles.verifier) return [SHARED];
  return unheld.size > 0 || new Set(names).size < names.length ? [NO_RETENTION] : [];
}

function grantScript(owner: Client, roles: RoleNames, unheld: ReadonlySet<string>): string {
  const statements = ["REVOKE CREATE ON SCHEMA public FROM PUBLIC"];
  for (const name of Object.keys(FUNCTIONS)) statements.push(`REVOKE ALL ON FUNCTION ${name} FROM PUBLIC`);
  const held = KINDS.filter((kind) => !unheld.has(roles[kind]));
  // First of all of them: one role may be several, and then has what each of these has.
  for (const role of new Set(held.map((kind) => owner.escapeIdentifier(roles[kind])))) {
    statements.push(
      `REVOKE ALL ON ALL TABLES IN SCHEMA public FROM ${role}`,
      `GRANT USAGE ON SCHEMA public TO ${role}`,
    );
    for (const name of Object.keys(FUNCTIONS)) statements.push(`REVOKE ALL ON FUNCTION ${name} FROM ${role}`);
  }
  for (const kind of held) {
    const role = owner.escapeIdentifier(roles[kind]);
    for (const [table, { [kind]: rights }] of Object.entries(GRANTS)) {
      if (rights)
        statements.push(`GRANT ${rights.replaceAll(" ", ", ")} ON ${owner.escapeIdentifier(table)} TO ${role}`);
    }
    if (kind !== "retention") for (const view of VIEWS) statements.push(`GRANT SELECT ON ${view} TO ${role}`);
    for (const [name, kinds] of Object.entries(FUNCTIONS)) {
      if (kinds.includes(kind)) statements.push(`GRANT EXECUTE ON FUNCTION ${name} TO ${role}`);
    }
  }
  return statements.join(";\n");
}
