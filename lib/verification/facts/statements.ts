import type { Statement } from "./connection";
import { TOKEN_ROW } from "./token-cells";

/**
 * What tells one history from another: the epoch of the database, when the server that answers began to run, and which
 * database of it and which table it is, which a restored backup does not keep.
 */
const TIMELINE = `h.epoch || '@' || extract(epoch FROM pg_postmaster_start_time()) || '/' ||
    (SELECT oid FROM pg_database WHERE datname = current_database()) || '/' || 'change_head'::regclass::oid`;

/** A timeline begins with the epoch of the database, which leases carry. */
export const epochOf = (timeline: string): string => timeline.slice(0, timeline.indexOf("@"));

/** Text for `bytea[]`: much quicker than what `pg` makes of an array of buffers. */
export const digestArray = (digests: readonly string[]): string =>
  digests.length === 0 ? "{}" : `{"\\\\x${digests.join('","\\\\x')}"}`;

/** $1 digests → timeline, head, tokens as JSON; all of one snapshot, because it is one statement. */
export const LOAD_TOKENS: Statement = {
  name: "latchkey_load_tokens",
  text: `SELECT ${TIMELINE}, h.seq::float8,
    (SELECT json_agg(${TOKEN_ROW}) FROM tokens t JOIN users u ON u.id = t.owner_id WHERE t.digest = ANY($1::bytea[]))::text
    FROM change_head h WHERE h.id = 1`,
};

/** More changes than this in one pull, and everything is flushed instead. */
export const MOST_CHANGES = 2_000;

const mark = (seq: string) =>
  `(SELECT c.seq || '@' || c.id || '@' || extract(epoch FROM c.at) FROM changes c WHERE c.seq <= ${seq}
    ORDER BY c.seq DESC, c.id DESC LIMIT 1)`;

/**
 * $1 the sequence applied so far, $2 the epoch then (null at first), $3 our run → timeline, head, mark of the head, mark
 * of $1, changes after $1 as JSON, whether this history goes on from $2, whether another run misses something, the
 * database's clock. A mark is the last row up to a sequence, so that one that was pruned is told from one that never was.
 */
export const PULL: Statement = {
  name: "latchkey_pull",
  text: `SELECT ${TIMELINE}, h.seq::float8, ${mark("h.seq")}, ${mark("$1::bigint")},
    (SELECT json_agg(json_build_array(c.seq, c.kind, c.key)) FROM
      (SELECT seq, kind, key FROM changes WHERE seq > $1::bigint ORDER BY seq, id LIMIT ${MOST_CHANGES}) c)::text,
    $2::uuid = ANY(h.succeeds), latchkey_is_missed($3::uuid), (extract(epoch FROM clock_timestamp()) * 1000)::float8
    FROM change_head h WHERE h.id = 1`,
};

const rows = (table: string, columns: string) =>
  `(SELECT coalesce(json_agg(r), '[]') FROM (SELECT ${columns} FROM ${table}) r)`;
const ids = (table: string, column: string, where: string) =>
  `ARRAY(SELECT ${column} FROM ${table} WHERE ${where} ORDER BY 1)`;

/** → timeline, head, everything that is not about one token, as JSON. */
export const LOAD_INSTALLATION: Statement = {
  name: "latchkey_load_installation",
  text: `SELECT ${TIMELINE}, h.seq::float8, json_build_object(
    'settings', ${rows(
      "settings",
      `bound_url AS "boundUrl", ranges, ceiling_persons AS persons, ceiling_service_accounts AS "serviceAccounts",
       token_prefix AS "tokenPrefix", retired_prefixes AS "retiredPrefixes",
       owner_rate AS "ownerRate", failure_rate AS "failureRate", quarantined_at IS NOT NULL AS quarantined`,
    )},
    'policies', ${rows(
      "policies p",
      `id, name, priority, everyone, service_accounts AS "serviceAccounts", use, "create", self_rotate AS "selfRotate",
       own, ceiling, ${ids("policy_groups", "group_id", "policy_id = p.id")} AS "groupIds"`,
    )},
    'delegations', ${rows(
      "delegations d",
      `id, name, powers, scope_everyone AS everyone, scope_service_accounts AS "serviceAccounts", issue,
       show_secret AS "showSecret", ${ids("delegation_delegates", "group_id", "delegation_id = d.id")} AS delegates,
       ${ids("delegation_scopes", "group_id", "delegation_id = d.id")} AS "groupIds"`,
    )},
    'networks', ${rows("networks", "name, ranges")},
    'applications', ${rows(
      "applications a",
      `id, key, name, kind, rules, exceptions, identity, credentials, usernames, paths, read_packs AS "readPacks",
       path_filter AS "pathFilter", web_socket AS "webSocket", preflight,
       introspect_restricted AS "introspectRestricted",
       (SELECT coalesce(json_agg(json_build_object('host', host, 'context', context)), '[]') FROM application_routes WHERE application_id = a.id) AS routes`,
    )},
    'gateways', ${rows(
      "gateways g",
      `id, key, adapter, peers, trusted_hops AS "trustedHops", trusted_ranges AS "trustedRanges",
       encode(secret_digest, 'hex') AS "secretDigest", encode(previous_secret_digest, 'hex') AS "previousSecretDigest",
       (extract(epoch FROM previous_until) * 1000)::float8 AS "previousUntil",
       ARRAY(SELECT a.key FROM gateway_applications ga JOIN applications a ON a.id = ga.application_id
       WHERE ga.gateway_id = g.id ORDER BY 1) AS applications`,
    )},
    'keys', ${rows(
      "assertion_keys",
      `kid, state, encode(wrapped, 'base64') AS wrapped, (extract(epoch FROM retired_at) * 1000)::float8 AS "retiredAt"`,
    )})::text
    FROM change_head h WHERE h.id = 1`,
};
