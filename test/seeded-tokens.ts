import { Client } from "pg";

/** How much there is to be. */
export type Crowd = { readonly users: number; readonly tokens: number; readonly groups: number };

const CHUNK = 50_000;

/**
 * Fills an installation with people, service accounts, groups and tokens in every status, as rows: making them one by
 * one would take days. The same crowd every time: chance is a hash of the number. Some two minutes for a million tokens.
 * @param ownerUrl a connection as the owner of an installation that is set up
 * @param now epoch milliseconds: what has ended has ended before
 */
export async function seedTokens(ownerUrl: string, crowd: Crowd, now: number): Promise<void> {
  const client = new Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query(`
      CREATE OR REPLACE FUNCTION pg_temp.chance(n bigint, salt text) RETURNS float8 LANGUAGE sql IMMUTABLE AS
        $$ SELECT (hashtextextended(salt, n) & 1073741823)::float8 / 1073741824 $$;
      CREATE OR REPLACE FUNCTION pg_temp.one(n bigint, salt text, VARIADIC words text[]) RETURNS text LANGUAGE sql IMMUTABLE AS
        $$ SELECT words[1 + floor(pg_temp.chance(n, salt) * cardinality(words))::int] $$;
      CREATE OR REPLACE FUNCTION pg_temp.id_of(kind int, n bigint) RETURNS uuid LANGUAGE sql IMMUTABLE AS
        $$ SELECT (lpad(to_hex(kind), 8, '0') || '-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid $$;`);
    await client.query(GROUPS, [crowd.groups]);
    const undisturbed = crowd.tokens >= 100_000 ? await withoutIndexes(client, TABLES) : async () => undefined;
    for (let from = 1; from <= crowd.users; from += CHUNK) {
      const to = Math.min(from + CHUNK - 1, crowd.users);
      await client.query(USERS, [from, to, new Date(now)]);
      await client.query(MEMBERSHIPS, [from, to, crowd.groups]);
    }
    for (let from = 1; from <= crowd.tokens; from += CHUNK) {
      const to = Math.min(from + CHUNK - 1, crowd.tokens);
      await client.query(TOKENS, [from, to, crowd.users, new Date(now)]);
      await client.query(USAGE, [from, to, new Date(now)]);
    }
    await client.query("INSERT INTO user_activity (user_id) SELECT id FROM users ON CONFLICT DO NOTHING");
    await undisturbed();
    await client.query("ANALYZE");
  } finally {
    await client.end();
  }
}

const TABLES = ["users", "user_activity", "memberships", "tokens", "token_usage"];

/**
 * Takes away, for a while, what would look at each row by itself: secondary indexes and triggers.
 * @returns what puts them back, and says that everything has changed
 */
export async function withoutIndexes(client: Client, tables: readonly string[]): Promise<() => Promise<void>> {
  const { rows } = await client.query<{ name: string; definition: string }>(
    `SELECT quote_ident(c.relname) AS name, pg_get_indexdef(i.indexrelid) AS definition FROM pg_index i
     JOIN pg_class c ON c.oid = i.indexrelid WHERE i.indrelid = ANY ($1::text[]::regclass[])
       AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = i.indexrelid)`,
    [tables],
  );
  await client.query("SET maintenance_work_mem = '256MB'; SET synchronous_commit = off");
  for (const table of tables) await client.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
  for (const { name } of rows) await client.query(`DROP INDEX ${name}`);
  return async () => {
    for (const { definition } of rows) await client.query(definition);
    for (const table of tables) await client.query(`ALTER TABLE ${table} ENABLE TRIGGER USER`);
    await client.query("UPDATE groups SET name = name");
  };
}

const GROUPS = `
  INSERT INTO groups (id, source, external_id, name)
  SELECT pg_temp.id_of(1, n), 'local', 'team-' || n, 'team-' || n FROM generate_series(1, $1::int) AS n`;

/** One of fifty is a service account, one of forty has left. */
const USERS = `
  INSERT INTO users (id, kind, username, username_key, display_name, email, created_at, deactivated_at)
  SELECT pg_temp.id_of(2, n), (CASE WHEN n % 50 = 0 THEN 'service' ELSE 'person' END)::user_kind, name, name,
    initcap(replace(name, '.', ' ')), name || '@example.com', $3::timestamptz - interval '3 years',
    CASE WHEN pg_temp.chance(n, 'left') < 0.025 THEN $3::timestamptz - interval '20 days' END
  FROM (SELECT n, pg_temp.one(n, 'first', 'mara', 'tomasz', 'priya', 'lukas', 'fatima', 'ines', 'sam', 'joon', 'chidi', 'øyvind', 'élodie', '美咲')
    || '.' || pg_temp.one(n, 'last', 'lindqvist', 'wojcik', 'oberhofer', 'carvalho', 'park', 'okonkwo', 'demir', 'weiss', 'haddad')
    || n AS name FROM generate_series($1::int, $2::int) AS n) AS named`;

const MEMBERSHIPS = `
  INSERT INTO memberships (group_id, user_id, added_by)
  SELECT DISTINCT pg_temp.id_of(1, 1 + floor(pg_temp.chance(n, 'group' || nth) ^ 2 * $3::int)::bigint), pg_temp.id_of(2, n), 'seed'
  FROM generate_series($1::int, $2::int) AS n, generate_series(1, 2) AS nth
  UNION SELECT id, pg_temp.id_of(2, n), 'seed' FROM groups, generate_series($1::int, $2::int) AS n WHERE name = 'api-users' AND n % 200 <> 0`;

/**
 * Few people have many tokens. Two of five have ended, one of thirty never ends. Issued are those of service accounts, and
 * one of twenty besides; few issuers issue most.
 */
const TOKENS = `
  INSERT INTO tokens (id, owner_id, name, description, contact, labels, digest, hint, created_at, created_by, secret_born_at,
    grant_by, delegation_id, delegation_name, all_applications, applications, access, ip_ranges, expires_at,
    revoked_at, revoked_by, revocation_reason, suspended_at, suspended_by, superseded_at, overlap_ends_at)
  SELECT pg_temp.id_of(3, n), owner.id, drawn.name || ' ' || n, drawn.name || ' of ' || owner.display_name,
    owner.email, ARRAY[pg_temp.one(n, 'label', 'ci', 'bi', 'zapier', 'script')], sha256(n::text::bytea),
    'lk_' || substr(md5(n::text), 1, 3) || '…' || substr(md5(n::text), 7, 4), born, CASE WHEN issued THEN issuer ELSE owner.username END, born,
    (CASE WHEN issued THEN 'delegation' ELSE 'tier' END)::grant_by, CASE WHEN issued THEN pg_temp.id_of(4, 1 + (owner_number % 50 > 0)::int) END, CASE WHEN issued THEN CASE WHEN owner_number % 50 = 0 THEN 'Integrations' ELSE 'Partners' END END,
    drawn.kind < 0.05, CASE WHEN drawn.kind < 0.05 THEN '{}'::text[] ELSE ARRAY[pg_temp.one(n, 'app', 'jira', 'jira', 'confluence', 'bitbucket')] END,
    (CASE WHEN pg_temp.chance(n, 'write') < 0.4 THEN 'write' ELSE 'read' END)::access,
    CASE WHEN pg_temp.chance(n, 'ranges') < 0.3 THEN ARRAY[CASE n % 7 WHEN 0 THEN 'office' WHEN 1 THEN '10.' || n % 200 || '.0.0/16' ELSE '10.0.0.0/8' END] ELSE '{}'::text[] END,
    ends,
    CASE WHEN revoked THEN born + ($4::timestamptz - born) / 2 END, CASE WHEN revoked THEN owner.username END,
    (CASE WHEN revoked THEN 'no_longer_needed' END)::revocation_reason,
    CASE WHEN held THEN $4::timestamptz - interval '1 day' END, CASE WHEN held THEN owner.username END,
    CASE WHEN old THEN $4::timestamptz - interval '1 hour' END, CASE WHEN old THEN least(ends, $4::timestamptz + interval '1 day') END
  FROM (SELECT *, chance_of_old < 0.01 AND (ends IS NULL OR ends > $4::timestamptz) AS old FROM (SELECT *,
      CASE WHEN pg_temp.chance(n, 'endless') >= 0.033 THEN born + (pg_temp.chance(n, 'life') * 360 + 5) * interval '1 day' END AS ends
    FROM (SELECT *, owner_number % 50 = 0 OR chance_of_issue < 0.05 AS issued,
      'aino.saarinen' || CASE WHEN pg_temp.chance(n, 'issuer') < 0.7 THEN '' ELSE floor(pg_temp.chance(n, 'issuer') * 60)::text END AS issuer
    FROM (SELECT n, pg_temp.chance(n, 'issued') AS chance_of_issue, pg_temp.chance(n, 'kind') AS kind,
      pg_temp.chance(n, 'revoked') < 0.07 AS revoked, pg_temp.chance(n, 'held') < 0.005 AS held, pg_temp.chance(n, 'old') AS chance_of_old,
      $4::timestamptz - pg_temp.chance(n, 'born') * interval '300 days' AS born,
      pg_temp.one(n, 'what', 'Nightly release notes', 'Jenkins release train', 'Sprint dashboard', 'Power BI capacity', 'Zapier bug form', 'Time-sheet import', 'Page exporter') AS name,
      1 + floor(pg_temp.chance(n, 'owner') ^ 3 * $3::int)::bigint AS owner_number FROM generate_series($1::int, $2::int) AS n) AS numbers) AS born) AS ending) AS drawn
  JOIN users AS owner ON owner.id = pg_temp.id_of(2, owner_number)`;

/** One of five was never used; the others up to half a year ago, most of them lately. What has ended knocks now and then. */
const USAGE = `
  INSERT INTO token_usage (token_id, first_used_at, last_used_at, last_used_ip, allowed, last_refused_at)
  SELECT pg_temp.id_of(3, n), used - interval '1 day', used, CASE WHEN used IS NOT NULL THEN '10.20.' || n % 250 || '.' || n % 240 END,
    CASE WHEN used IS NULL THEN 0 ELSE n % 5000 END, CASE WHEN pg_temp.chance(n, 'refused') < 0.02 THEN at END
  FROM (SELECT n, at, CASE WHEN pg_temp.chance(n, 'never') >= 0.2 THEN at END AS used
    FROM (SELECT n, $3::timestamptz - pg_temp.chance(n, 'used') ^ 6 * interval '180 days' AS at FROM generate_series($1::int, $2::int) AS n) AS times) AS drawn
  ON CONFLICT (token_id) DO UPDATE SET first_used_at = excluded.first_used_at, last_used_at = excluded.last_used_at,
    last_used_ip = excluded.last_used_ip, allowed = excluded.allowed, last_refused_at = excluded.last_refused_at`;
