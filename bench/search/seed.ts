import { system } from "#lib/auth/actors";
import { openDatabase } from "#lib/db/client";
import { ensureInstallation } from "#lib/settings/installation";
import { migrate } from "#server/database/migrate-and-grant";
import { rolesOf } from "#server/database/open";
import type { EmbeddedDatabase } from "#server/postgres/embedded";
import { type Crowd, seedTokens, withoutIndexes } from "#test/seeded-tokens";
import { asOwner } from "../database";

/** As the ids of the seeded tokens have it. */
const INTEGRATIONS = "00000004-0000-7000-8000-000000000001";
const PARTNERS = "00000004-0000-7000-8000-000000000002";

/** Tokens may live for a year, at any rate, so that most keep to their policy; service accounts have theirs issued. */
const RULES = `
  INSERT INTO networks (id, name, ranges) VALUES (gen_random_uuid(), 'office', '{192.0.2.0/24,10.0.0.0/8}');
  UPDATE policies SET own = own::jsonb || '{"maxLifetimeDays": 365, "maxRatePerMinute": null}' WHERE own IS NOT NULL;
  INSERT INTO delegations (id, name, name_key, powers, scope_everyone, scope_service_accounts, issue)
  SELECT id, name, lower(name), '{issue,end}', persons, NOT persons, own
  FROM (VALUES ('${INTEGRATIONS}'::uuid, 'Integrations of the seed', false), ('${PARTNERS}'::uuid, 'Partners', true)) AS d (id, name, persons),
    (SELECT own FROM policies WHERE own IS NOT NULL LIMIT 1) AS p;
  INSERT INTO policies (id, name, name_key, priority, service_accounts, use, "create")
  SELECT gen_random_uuid(), 'Services of the seed', 'services of the seed', 9001, true, true, 'no'
  WHERE NOT EXISTS (SELECT 1 FROM policies WHERE service_accounts);`;

/** Events as they are written, but for the chain: it is walked nowhere here, and its hashes would take an hour. */
const EVENTS = `
  INSERT INTO audit_events (seq, at, actor_kind, actor_id, actor_name, action, subject_kind, subject_id, subject_name, detail,
    address, previous_hash, hash, kid)
  SELECT n, $3::timestamptz - ($4::bigint - n) * interval '3 seconds', 'user', u.id, u.username, action, split_part(action, '.', 1),
    '00000003-0000-7000-8000-' || lpad(to_hex(subject), 12, '0'), 'Jenkins release train ' || subject,
    '{"before":null,"after":{"found":true,"owner":"ada","filter":"{}","address":"192.0.2.1","secondFactor":null}}',
    '192.0.2.1', '\\x00', '\\x00', 'seed'
  FROM (SELECT n, 1 + n * 7919 % $5::bigint AS subject, n * 104729 % 1000 AS busy,
    (ARRAY['token.created','token.created','user.signed-in','token.usage-seen','token.sought','token.exported'])[1 + (n % 97 % 6)::int] AS action
    FROM generate_series($1::bigint, $2::bigint) AS n) AS drawn
  JOIN users u ON u.id = ('00000002-0000-7000-8000-' || lpad(to_hex(1 + busy * busy % $6::bigint), 12, '0'))::uuid`;

const EVENTS_AT_ONCE = 250_000;

async function seedEvents(ownerUrl: string, count: number, crowd: Crowd, now: number): Promise<void> {
  await asOwner(ownerUrl, async (client) => {
    await client.query(RULES);
    const undisturbed = await withoutIndexes(client, ["audit_events"]);
    const { rows } = await client.query<{ last: string }>("SELECT coalesce(max(seq), 0) AS last FROM audit_events");
    const first = Number(rows[0]?.last) + 1;
    for (let from = first; from < first + count; from += EVENTS_AT_ONCE) {
      const to = Math.min(from + EVENTS_AT_ONCE, first + count) - 1;
      await client.query(EVENTS, [from, to, new Date(now), first + count, crowd.tokens, crowd.users]);
    }
    await undisturbed();
    await client.query("UPDATE change_head SET audit_seq = (SELECT max(seq) FROM audit_events)");
    await client.query("VACUUM ANALYZE");
  });
}

/**
 * Makes a fresh database an installation with a crowd in it, and a log of so many events.
 * @param now epoch milliseconds
 * @throws where there is an installation already
 */
export async function seedCrowd(database: EmbeddedDatabase, crowd: Crowd, events: number, now: number): Promise<void> {
  await migrate(
    database.ownerUrl,
    rolesOf(database),
    () => undefined,
    async () => undefined,
  );
  const db = openDatabase(database.portalUrl, 2);
  try {
    if ((await db.user.count()) > 0) throw new Error("There are users in this database: seed an empty one.");
    await ensureInstallation(db, system("start"), now);
  } finally {
    await db.$disconnect();
  }
  await seedTokens(database.ownerUrl, crowd, now);
  await seedEvents(database.ownerUrl, events, crowd, now);
}
