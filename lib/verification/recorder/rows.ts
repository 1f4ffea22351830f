import { Buffer } from "node:buffer";
import { redact } from "#lib/redaction";
import { type Kept, UNKEPT } from "../kept";
import { keptKinds, ruleWords } from "../rule";
import type { Batch } from "./batch";
import type { RefusalNote } from "./refusal-note";
import { NEVER, type Sighting, type TokenSighting } from "./tally";

/** One row as JSON for `json_to_recordset`; `n` names what is only counted and may be left out of a repetition. */
export type Row = Readonly<Record<string, string | number | null>>;

/** Rows for one table, in the order in which every verifier locks them. */
export type Write = { readonly table: Table; readonly rows: readonly Row[] };

/** Tables that the recorder writes, in the order in which it does. */
export const TABLES = [
  "token_usage",
  "token_usage_hours",
  "verification_counts",
  "gateway_contacts",
  "token_sightings",
  "credential_sightings",
  "path_sightings",
  "refusals",
] as const;
export type Table = (typeof TABLES)[number];

/** Rows of one statement. */
const MOST_ROWS = 1_000;

/** Longer than any secret: what is cut through must be seen whole to be known for one. */
const BEYOND = 256;

/** What came over the wire, fit to be stored and shown: no secrets, nothing that PostgreSQL refuses, nothing endless. */
export function storable(text: string, most: number): string {
  const kept = redact(text.slice(0, most + BEYOND)).slice(0, most);
  // A column takes neither NUL nor half of a surrogate pair; other control characters only confuse who reads them.
  const clean = kept.replace(/\p{Cc}/gu, " ");
  return Buffer.from(clean, "utf8").toString("utf8");
}

const CLIENT = 200;
const NAME = 100;
const RULE = 200;
const PATH = 1_000;
const REQUEST = 200;

/** Clients and requests are few and rows many: each is cleaned once a batch. */
type Clean = { readonly client: (text: string) => string; readonly request: (text: string) => string };

function cleaner(most: number): (text: string) => string {
  const known = new Map<string, string>();
  return (text) => {
    let clean = known.get(text);
    if (clean === undefined) {
      clean = storable(text, most);
      known.set(text, clean);
    }
    return clean;
  };
}

const seen = ({ address, client, firstAt, lastAt, calls }: Sighting, clean: Clean): Row => ({
  address,
  client: clean.client(client),
  first_at: firstAt,
  last_at: lastAt,
  calls,
});

/** *GET /rest/api/2/search*; null where that could not be read. */
const requestOf = (
  { lastMethod, lastPath }: Pick<TokenSighting, "lastMethod" | "lastPath">,
  clean: Clean,
): string | null => (lastMethod === null || lastPath === null ? null : clean.request(`${lastMethod} ${lastPath}`));

const timeOf = (at: number): number | null => (at === NEVER ? null : at);

function rowsOf(batch: Batch, table: Table, clean: Clean): Row[] {
  const tokens = [...batch.tokens.values()];
  switch (table) {
    case "token_usage":
      return tokens.map((token) => ({
        token_id: token.tokenId,
        first_at: timeOf(token.firstAllowedAt),
        last_at: timeOf(token.lastAllowedAt),
        last_ip: token.lastAllowedIp,
        allowed: token.allowed,
        refused: token.refused,
        refused_at: timeOf(token.lastRefusedAt),
        refused_reason: token.lastRefusedReason,
        refused_ip: token.lastRefusedIp,
      }));
    case "token_usage_hours":
      return tokens.flatMap(({ tokenId, hours }) => hours.map((each) => ({ token_id: tokenId, ...each })));
    case "verification_counts":
      return [...batch.counts.values()].map(({ hour, gatewayKey, applicationKey, reason, auth, count }) => ({
        ...{ hour, gateway_key: gatewayKey, application_key: applicationKey, reason, auth, count },
      }));
    case "gateway_contacts":
      return [...batch.contacts].map(([key, { at, address }]) => ({ gateway_key: key, at, address }));
    case "token_sightings":
      return tokens.flatMap(({ tokenId, sightings }) =>
        sightings.map((sighting) => ({
          ...{ token_id: tokenId, ...seen(sighting, clean), last_request: requestOf(sighting, clean) },
        })),
      );
    case "credential_sightings":
      return [...batch.credentials.values()].map((tally) => ({
        application_key: tally.applicationKey,
        class: tally.class,
        outcome: tally.outcome,
        claimed_name: storable(tally.claimedName, NAME),
        ...seen(tally, clean),
      }));
    case "path_sightings":
      return [...batch.paths.all.values()].map((tally) => ({
        ...{ application_key: tally.applicationKey, rule: tally.rule, auth: tally.auth, token_id: tally.tokenId },
        ...{
          first_at: tally.firstAt,
          last_at: tally.lastAt,
          calls: tally.calls,
          last_request: requestOf(tally, clean),
        },
      }));
    case "refusals":
      return batch.refusals.map((note) => refusalRow(note, clean));
  }
}

const kept = (text: string | null, most: number) => (text === null ? null : storable(text, most));

/** What decides and is not kept, with spaces; a path that could not be stored as it was is not kept either. */
function unkeptIn({ unkept }: Kept, isWhole: boolean): string {
  return UNKEPT.filter((each) => unkept.includes(each) || (each === "path" && !isWhole)).join(" ");
}

function refusalRow({ requestId, at, reason, rule, subject, client, kept: more }: RefusalNote, clean: Clean): Row {
  const path = kept(subject.path, PATH);
  return {
    ...{ request_id: requestId, at, reason, client: clean.client(client) },
    ...{ rule: kept(ruleWords(rule), RULE), rule_kinds: keptKinds(rule) },
    ...{ gateway_key: subject.gatewayKey, application_key: subject.applicationKey, auth: subject.auth },
    ...{ token_id: subject.tokenId, claimed_name: kept(subject.claimedName, NAME) },
    ...{ method: kept(subject.method, NAME), path, address: subject.clientAddress },
    ...{ host: more?.host ?? null, place: more?.place ?? null },
    unkept: more === null ? null : unkeptIn(more, path === subject.path),
  };
}

/** What identifies a row in its table; two rows of one statement must differ in it. */
const KEYS: Readonly<Record<Table, readonly string[]>> = {
  token_usage: ["token_id"],
  token_usage_hours: ["token_id", "hour"],
  verification_counts: ["hour", "gateway_key", "application_key", "reason", "auth"],
  gateway_contacts: ["gateway_key"],
  token_sightings: ["token_id", "address", "client"],
  credential_sightings: ["application_key", "class", "outcome", "claimed_name", "address", "client"],
  path_sightings: ["application_key", "rule", "auth", "token_id"],
  refusals: ["request_id"],
};

/**
 * The batch as rows, table by table, at most a thousand in one statement. Sorted by key, so that two verifiers never
 * wait for each other's rows crosswise; keys that became equal by cleaning are one row.
 */
export function writesOf(batch: Batch): Write[] {
  const clean: Clean = { client: cleaner(CLIENT), request: cleaner(REQUEST) };
  return TABLES.flatMap((table) => {
    const byKey = new Map<string, Row>();
    for (const row of rowsOf(batch, table, clean)) {
      const key = KEYS[table].map((column) => String(row[column])).join("\u0000");
      const same = byKey.get(key);
      byKey.set(key, same === undefined ? row : merge(same, row));
    }
    const rows = [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
    const writes: Write[] = [];
    for (let at = 0; at < rows.length; at += MOST_ROWS) writes.push({ table, rows: rows.slice(at, at + MOST_ROWS) });
    return writes;
  });
}

const merge = (one: Row, other: Row): Row => ({
  ...(Number(other.last_at) > Number(one.last_at) ? other : one),
  first_at: Math.min(Number(one.first_at), Number(other.first_at)),
  last_at: Math.max(Number(one.last_at), Number(other.last_at)),
  calls: Number(one.calls) + Number(other.calls),
});

const COUNTED = ["allowed", "refused", "count", "calls"];

/** How many verifications the rows count. */
export function countedIn({ table, rows }: Write): number {
  if (table !== "verification_counts") return 0;
  return rows.reduce((sum, row) => sum + Number(row.count), 0);
}

/** The same evidence without its numbers: for writing again what may have been written already. */
export function withoutNumbers({ table, rows }: Write): Write {
  const zero = (row: Row) =>
    Object.fromEntries(Object.entries(row).map(([name, value]) => [name, COUNTED.includes(name) ? 0 : value]));
  return { table, rows: rows.map(zero) };
}
