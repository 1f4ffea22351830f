import type { Database, Transaction } from "#lib/db/client";
import { log } from "#lib/log";
import { redactPrefixes } from "#lib/redaction";
import { readInstallation } from "./installation";
import type { InstallationFacts, TokenFacts } from "./model";
import { Sharing } from "./sharing";
import { digestArray, LOAD_INSTALLATION, LOAD_TOKENS } from "./statements";
import { readTokenRow } from "./token-row";

/** Both statements bring timeline, head and one JSON document; the portal needs only the last. */
async function documentOf(db: Database | Transaction, text: string, ...values: readonly string[]): Promise<unknown> {
  const named = `SELECT loaded.document FROM (${text}) AS loaded (timeline, head, document)`;
  const [row] = await db.$queryRawUnsafe<{ document: string | null }[]>(named, ...values);
  return row === undefined || row.document === null ? null : JSON.parse(row.document);
}

/**
 * Reads the facts that are not about one token, uncached, by the verifier's own statement.
 * @throws where there is no installation yet
 */
export async function readInstallationFacts(db: Database | Transaction): Promise<InstallationFacts> {
  const complain = (record: string, where: string) => log.error("facts.unreadable", { record, where });
  const facts = readInstallation(await documentOf(db, LOAD_INSTALLATION.text), complain);
  if (facts === null) throw new Error("There is no installation in this database");
  redactPrefixes([facts.settings.tokenPrefix, ...facts.settings.retiredPrefixes]);
  return facts;
}

/**
 * Reads the facts of the token with this digest, uncached, by the verifier's own statement.
 * @param digest SHA-256 of the secret, lower-case hex
 * @returns null when no token has it
 */
export async function readTokenFacts(db: Database, digest: string): Promise<TokenFacts | null> {
  const rows = await documentOf(db, LOAD_TOKENS.text, digestArray([digest]));
  const [row] = Array.isArray(rows) ? rows : [];
  return row === undefined ? null : readTokenRow(row, new Sharing()).facts;
}
