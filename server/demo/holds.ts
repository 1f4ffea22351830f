import { connect } from "#server/database/connect";

/** Everything that somebody may have put there: a database with nothing but views or functions is theirs too. */
const MADE_HERE = `
  WITH own AS (
    SELECT oid FROM pg_namespace WHERE nspname <> 'information_schema' AND nspname NOT LIKE 'pg\\_%'
  )
  SELECT relname AS name, relkind IN ('r', 'p') AS "isTable" FROM pg_class WHERE relnamespace IN (SELECT oid FROM own)
  UNION ALL
  SELECT proname, false FROM pg_proc WHERE pronamespace IN (SELECT oid FROM own)`;

/** Whose installation is in a database; null in an empty one, and an empty text for what is none of ours. */
export async function holds(ownerUrl: string): Promise<string | null> {
  const owner = await connect("DATABASE_OWNER_URL", ownerUrl);
  try {
    const made = await owner.query<{ name: string; isTable: boolean }>(MADE_HERE);
    if (made.rows.length === 0) return null;
    if (!made.rows.some(({ name, isTable }) => isTable && name === "settings")) return "";
    const { rows } = await owner.query<{ id: string }>("SELECT installation_id AS id FROM settings");
    return rows[0]?.id ?? "";
  } finally {
    await owner.end();
  }
}
