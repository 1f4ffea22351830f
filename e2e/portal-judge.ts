import { Client } from "pg";
import { JournalFiles } from "#lib/journal/files";
import type { Installation } from "./installation";
import type { Writers } from "./portal-writes";

type Row = {
  readonly id: string;
  readonly name: string;
  readonly revoked: boolean;
  readonly made: number;
  readonly ended: number;
};
type Batch = { readonly name: string; readonly state: boolean; readonly events: number };

const TOKENS = `
  SELECT t.id::text, t.name, t.revoked_at IS NOT NULL AS revoked,
    (SELECT count(*)::int FROM audit_events e WHERE e.action = 'token.created' AND e.subject_id = t.id::text) AS made,
    (SELECT count(*)::int FROM audit_events e WHERE e.action = 'token.revoked' AND e.subject_id = t.id::text) AS ended
  FROM tokens t WHERE t.name LIKE $1`;
const ORPHANS = `
  SELECT e.seq::text, e.action FROM audit_events e
  WHERE e.subject_kind = 'token' AND e.subject_name LIKE $1 AND NOT EXISTS (SELECT FROM tokens t WHERE t.id::text = e.subject_id)`;
const BATCH = `
  SELECT t.name, (t.suspended_at IS NOT NULL) AS state,
    (SELECT count(*)::int FROM audit_events e WHERE e.action = $1 AND e.subject_id = t.id::text AND e.seq > $2::bigint) AS events
  FROM tokens t WHERE t.name LIKE 'Batch %'`;

/** What an installation's database, and what lies beside it, say in the end. */
export class Judge {
  readonly #ownerUrl: string;

  constructor(ownerUrl: string) {
    this.#ownerUrl = ownerUrl;
  }

  /** By a connection of its own: the server may have been another one a moment ago. */
  async ask<Row extends object>(sql: string, values: readonly string[] = []): Promise<Row[]> {
    const client = new Client({ connectionString: this.#ownerUrl });
    await client.connect();
    try {
      return (await client.query<Row>(sql, [...values])).rows;
    } finally {
      await client.end();
    }
  }

  async lastEvent(): Promise<string> {
    const [head] = await this.ask<{ seq: string }>("SELECT audit_seq::text AS seq FROM change_head");
    return String(head?.seq);
  }

  /** @returns what is half, lost or done twice of what these asked for, one sentence each */
  async wrongWith({ creations, revocations }: Writers, name: string): Promise<string[]> {
    const rows = await this.ask<Row>(TOKENS, [`${name} %`]);
    const orphans = await this.ask<{ seq: string; action: string }>(ORPHANS, [`${name} %`]);
    const byId = new Map(rows.map((row) => [row.id, row]));
    const asked = new Set(revocations.map(({ id }) => id));
    return [
      ...creations.flatMap((made) =>
        made.told !== null && byId.get(made.told.id)?.name !== made.name
          ? [`${made.name} was answered, and is not there`]
          : [],
      ),
      ...revocations.flatMap(({ id, told }) =>
        told && byId.get(id)?.revoked !== true ? [`${id} was said to be revoked`] : [],
      ),
      ...rows.flatMap((row) => [
        ...(row.made === 1 ? [] : [`${row.name} is there, and was made ${row.made} times`]),
        ...(row.ended === Number(row.revoked) ? [] : [`${row.name} was ended ${row.ended} times`]),
        ...(row.revoked && !asked.has(row.id) ? [`${row.name} was ended by nobody`] : []),
      ]),
      ...(new Set(rows.map((row) => row.name)).size === rows.length ? [] : ["something was made twice"]),
      ...orphans.map(({ seq, action }) => `event ${seq}, ${action}, is about nothing`),
    ];
  }

  /** @returns what was not done, or not once, of an operation over all tokens of the batch since an event */
  async wrongWithBatch(action: "suspend" | "resume", since: string): Promise<string[]> {
    const event = action === "suspend" ? "token.suspended" : "token.resumed";
    const rows = await this.ask<Batch>(BATCH, [event, since]);
    const wrong = rows.filter(({ state, events }) => state !== (action === "suspend") || events !== 1);
    return wrong.map((row) => `${row.name}: ${JSON.stringify(row)} after ${action}`);
  }

  /**
   * What the journal beside an installation holds, of which tokens it says that they ended, and whether it knows the
   * history that the database has now.
   */
  async journalOf({ env }: Installation) {
    const [settings] = await this.ask<{ id: string; epoch: string }>(
      "SELECT installation_id::text AS id, epoch::text FROM settings, change_head",
    );
    const place = { dataFolder: env.LATCHKEY_DATA_DIR ?? "", secrets: [env.LATCHKEY_SECRET ?? ""] };
    const { lines, unreadable } = await new JournalFiles(place, "reader").read(String(settings?.id));
    const ended = new Set(lines.flatMap(({ ends }) => ends).flatMap(({ what, id }) => (what === "end" ? [id] : [])));
    return { lines, unreadable, ended, isToday: lines.some(({ epoch }) => epoch === settings?.epoch) };
  }

  /** @returns what is wrong with the journal: a line that is not sound, or an end that it does not tell */
  async wrongWithJournal(installation: Installation, { revocations }: Writers): Promise<string[]> {
    const { lines, unreadable, ended } = await this.journalOf(installation);
    return [
      ...lines.flatMap(({ audit, proof }) => (proof === "sound" ? [] : [`the line at ${audit} is ${proof}`])),
      ...(unreadable === 0 ? [] : [`${unreadable} lines cannot be read`]),
      ...revocations.flatMap(({ id, told }) => (told && !ended.has(id) ? [`the journal does not tell of ${id}`] : [])),
    ];
  }
}
