import { now } from "#lib/clock";
import { database } from "#lib/db/client";

/** More names than anybody asks for: whoever makes tokens does not make a gateway's configuration endless. */
const MOST = 100;

/**
 * Which headers the header conditions of tokens ask for that are good for one of these applications and have not ended.
 * @param applications keys
 * @returns names in lower case, each once, in order; of more than a hundred those that most tokens ask for
 */
export async function conditionNames(applications: readonly string[]): Promise<string[]> {
  // A token whose conditions cannot be read has none here: it is refused anyway.
  const rows = await database().$queryRaw<{ name: string }[]>`
    SELECT lower(asked->>'name') AS name
    FROM tokens t
    CROSS JOIN LATERAL jsonb_array_elements(
      CASE jsonb_typeof(t.header_conditions) WHEN 'array' THEN t.header_conditions ELSE '[]' END
    ) AS asked
    WHERE 'header_conditions' = ANY (t.restrictions)
      AND t.revoked_at IS NULL AND t.denied_at IS NULL AND (t.expires_at IS NULL OR t.expires_at > ${new Date(now())})
      AND (t.all_applications OR t.applications && ${[...applications]})
      AND asked->>'name' IS NOT NULL
    GROUP BY 1
    ORDER BY count(*) DESC, 1
    LIMIT ${MOST}`;
  return rows.map(({ name }) => name).sort();
}
