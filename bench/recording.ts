import { against } from "./against";
import { asOwner } from "./database";
import type { Ground } from "./ground";
import { measure } from "./load";
import { SECONDS } from "./pairs";
import { pause } from "./pause";
import { say } from "./report";
import type { Row } from "./table";
import { CACHED } from "./verification";

/** Who does nothing any more tells PostgreSQL what it has done only after ten seconds (pgstat.c, PGSTAT_IDLE_INTERVAL). */
const SETTLE_SECONDS = 12;

/**
 * A row for each request would be 1,000 for 1,000. Uses are written once a second and token, so it is next to none for
 * one token, and for a thousand in turn the fewer the faster the machine: half a row for each is too much anywhere.
 */
const MOST = { one: 10, many: 500 } as const;

/** How many rows 1,000 requests came to, beside the most that is no row for each. */
export const writtenFor = (words: string, of: keyof typeof MOST, written: number, requests: number): Row => ({
  what: `rows written for 1,000 requests, ${words}`,
  value: (written * 1_000) / requests,
  ...{ bar: MOST[of], unit: "", better: "less" },
});

/** What writing down each use costs a verifier, and how much of it reaches the database. */
export async function measureRecording(ground: Ground): Promise<Row[]> {
  const { database, installed } = ground;
  const [recorded, unrecorded] = [
    await ground.verifier({ name: "recording" }),
    await ground.verifier({ name: "not recording", program: "unrecorded" }),
  ];
  const [many, one] = [CACHED, 1].map((count) =>
    ground.traffic(`recorded-${count}`, installed.secrets.slice(0, count)),
  );
  if (many === undefined || one === undefined) throw new Error("nothing to ask");
  const rows: Row[] = [
    await against(
      "usage recorded ÷ not recorded, 1,000 tokens in turn",
      { subject: recorded.subject, traffic: many },
      { subject: unrecorded.subject, traffic: many },
      0.95,
    ),
  ];
  let before = await rowsWritten(database.ownerUrl);
  for (const [traffic, words, of] of [
    [one, "one token", "one"],
    [many, "1,000 tokens in turn", "many"],
  ] as const) {
    say(`Counting: rows written for ${words}`);
    const { requestsPerSecond } = await measure(recorded.subject, traffic, SECONDS);
    const after = await rowsWritten(database.ownerUrl);
    rows.push(writtenFor(words, of, after - before, requestsPerSecond * SECONDS));
    before = after;
  }
  return rows;
}

/** Rows of all tables that were inserted, changed or deleted so far. */
const rowsWritten = (url: string): Promise<number> =>
  asOwner(url, async (client) => {
    await pause(SETTLE_SECONDS * 1_000);
    const { rows } = await client.query<{ count: string }>(
      "SELECT sum(n_tup_ins + n_tup_upd + n_tup_del) AS count FROM pg_stat_user_tables",
    );
    return Number(rows[0]?.count);
  });
