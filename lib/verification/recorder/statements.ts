import type { Statement } from "../facts/connection";
import type { Table } from "./rows";

const time = (column: string) => `to_timestamp(r.${column} / 1000.0)`;

const upsert = (table: Table, record: string, columns: string, values: string, conflict: string): Statement => ({
  name: `latchkey_record_${table}`,
  text: `INSERT INTO ${table} AS known (${columns})
    SELECT ${values} FROM json_to_recordset($1::json) AS r(${record})
    ON CONFLICT ${conflict}`,
});

const SEEN = `DO UPDATE SET first_seen_at = least(known.first_seen_at, excluded.first_seen_at),
  last_seen_at = greatest(known.last_seen_at, excluded.last_seen_at), calls = known.calls + excluded.calls`;

const LAST_REQUEST = `last_request = CASE WHEN excluded.last_seen_at >= known.last_seen_at THEN excluded.last_request
  ELSE known.last_request END`;

/** `last used` moves at most once a minute, address and time together; everything else is exact. */
const MOVES = "known.last_used_at IS NULL OR excluded.last_used_at > known.last_used_at + interval '1 minute'";
const LATER = "known.last_refused_at IS NULL OR excluded.last_refused_at >= known.last_refused_at";

/** One statement a table, each a transaction of its own; $1 the rows as JSON. */
export const RECORD: Readonly<Record<Table, Statement>> = {
  token_usage: upsert(
    "token_usage",
    `token_id uuid, first_at float8, last_at float8, last_ip text, allowed bigint, refused bigint,
     refused_at float8, refused_reason text, refused_ip text`,
    `token_id, first_used_at, last_used_at, last_used_ip, allowed, refused, last_refused_at, last_refused_reason,
     last_refused_ip`,
    `r.token_id, ${time("first_at")}, ${time("last_at")}, r.last_ip, r.allowed, r.refused, ${time("refused_at")},
     r.refused_reason, r.refused_ip`,
    `(token_id) DO UPDATE SET
     first_used_at = least(known.first_used_at, excluded.first_used_at),
     last_used_at = CASE WHEN ${MOVES} THEN excluded.last_used_at ELSE known.last_used_at END,
     last_used_ip = CASE WHEN ${MOVES} THEN excluded.last_used_ip ELSE known.last_used_ip END,
     allowed = known.allowed + excluded.allowed, refused = known.refused + excluded.refused,
     last_refused_at = CASE WHEN ${LATER} THEN excluded.last_refused_at ELSE known.last_refused_at END,
     last_refused_reason = CASE WHEN ${LATER} THEN excluded.last_refused_reason ELSE known.last_refused_reason END,
     last_refused_ip = CASE WHEN ${LATER} THEN excluded.last_refused_ip ELSE known.last_refused_ip END`,
  ),
  token_usage_hours: upsert(
    "token_usage_hours",
    "token_id uuid, hour float8, allowed bigint, refused bigint",
    "token_id, hour, allowed, refused",
    `r.token_id, ${time("hour")}, r.allowed, r.refused`,
    `(token_id, hour) DO UPDATE SET allowed = known.allowed + excluded.allowed,
     refused = known.refused + excluded.refused`,
  ),
  verification_counts: upsert(
    "verification_counts",
    "hour float8, gateway_key text, application_key text, reason text, auth text, count bigint",
    "hour, gateway_key, application_key, reason, auth, count",
    `${time("hour")}, r.gateway_key, r.application_key, r.reason, r.auth, r.count`,
    "(hour, gateway_key, application_key, reason, auth) DO UPDATE SET count = known.count + excluded.count",
  ),
  gateway_contacts: upsert(
    "gateway_contacts",
    "gateway_key text, at float8, address text",
    "gateway_key, last_contact_at, last_address",
    `r.gateway_key, ${time("at")}, r.address`,
    `(gateway_key) DO UPDATE SET last_contact_at = excluded.last_contact_at, last_address = excluded.last_address
     WHERE excluded.last_contact_at > known.last_contact_at + interval '5 seconds'`,
  ),
  token_sightings: upsert(
    "token_sightings",
    "token_id uuid, address text, client text, first_at float8, last_at float8, calls bigint, last_request text",
    "token_id, address, client, first_seen_at, last_seen_at, calls, last_request",
    `r.token_id, r.address, r.client, ${time("first_at")}, ${time("last_at")}, r.calls, r.last_request`,
    `(token_id, address, client) ${SEEN}, ${LAST_REQUEST}`,
  ),
  credential_sightings: upsert(
    "credential_sightings",
    `application_key text, class text, outcome text, claimed_name text, address text, client text, first_at float8,
     last_at float8, calls bigint`,
    "application_key, class, outcome, claimed_name, address, client, first_seen_at, last_seen_at, calls",
    `r.application_key, r.class, r.outcome, r.claimed_name, r.address, r.client, ${time("first_at")},
     ${time("last_at")}, r.calls`,
    `(application_key, class, outcome, claimed_name, address, client) ${SEEN}`,
  ),
  path_sightings: upsert(
    "path_sightings",
    `application_key text, rule text, auth text, token_id text, first_at float8, last_at float8, calls bigint,
     last_request text`,
    "application_key, rule, auth, token_id, first_seen_at, last_seen_at, calls, last_request",
    `r.application_key, r.rule, r.auth, r.token_id, ${time("first_at")}, ${time("last_at")}, r.calls, r.last_request`,
    `(application_key, rule, auth, token_id) ${SEEN}, ${LAST_REQUEST}`,
  ),
  refusals: {
    name: "latchkey_record_refusals",
    text: `INSERT INTO refusals (request_id, at, reason, rule, rule_kinds, gateway_key, application_key, auth, token_id, claimed_name,
      method, path, address, client, host, place, unkept)
    SELECT r.request_id, ${time("at")}, r.reason, r.rule, r.rule_kinds, r.gateway_key, r.application_key, r.auth, r.token_id,
      r.claimed_name, r.method, r.path, r.address, r.client, r.host, r.place, r.unkept
    FROM json_to_recordset($1::json) AS r(request_id uuid, at float8, reason text, rule text, rule_kinds text, gateway_key text,
      application_key text, auth text, token_id uuid, claimed_name text, method text, path text, address text,
      client text, host text, place text, unkept text)
    ON CONFLICT (request_id) DO NOTHING`,
  },
};
