import { execFile } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { digestOf, newSecret } from "#lib/tokens/secret";
import type { EmbeddedDatabase } from "#server/postgres/embedded";
import { ourProgram } from "./command";
import { asOwner } from "./database";

const run = promisify(execFile);
const HOST = "jira.example.com";

/** An installation with a gateway, as nginx asks of it, and tokens whose secrets are known. */
export type Installed = {
  /** What every program of it is told. */
  readonly env: Readonly<Record<string, string>>;
  /** What nginx sends beside the credential. */
  readonly headers: Readonly<Record<string, string>>;
  readonly path: string;
  readonly secrets: readonly string[];
};

/** What every program of an installation is told. */
const environmentOf = (folder: string, database: EmbeddedDatabase) => ({
  DATABASE_URL: database.portalUrl,
  DATABASE_OWNER_URL: database.ownerUrl,
  DATABASE_VERIFIER_URL: database.verifierUrl,
  DATABASE_RETENTION_URL: database.retentionUrl,
  LATCHKEY_SECRET: "a secret for this measurement only, 0123456789abcdef",
  LATCHKEY_DATA_DIR: join(folder, "data"),
  GRPC_PORT: "0",
  LOG_LEVEL: "warn",
  NODE_ENV: "production" as const,
});

/**
 * Installs into a database, empty or with a crowd in it, and makes so many tokens of which secrets are known.
 * @param spread over the crowd; otherwise all are of one user
 */
export async function install(
  folder: string,
  database: EmbeddedDatabase,
  count: number,
  spread = false,
): Promise<Installed> {
  const env = environmentOf(folder, database);
  const node = (file: string, ...args: string[]) => {
    const [program = "", ...words] = [...ourProgram(file), ...args];
    return run(program, words, { env: { ...process.env, ...env } });
  };
  const cli = async (words: string) => JSON.parse((await node("latchkey.mjs", ...words.split(" "))).stdout);
  await node("apply-migrations.mjs");
  await cli(`application create --key jira --name Jira --kind jira --route ${HOST} --identity header`);
  const gateway = await cli("gateway create --key gw1 --adapter nginx --application jira");
  await cli("user create --username ada --group api-users");
  const made = await cli("token create --owner ada --name Bench --application jira --access read");
  const tokenId = String(made.token.id);
  await quicken(database.ownerUrl, tokenId);
  const secrets = await multiply(database.ownerUrl, tokenId, count, spread);
  const headers = {
    "X-Original-Method": "GET",
    "X-Original-URI": "/rest/api/2/search?jql=project%3DDEMO",
    "X-Original-Host": HOST,
    "X-Original-Proto": "https",
    "X-Real-IP": "127.0.0.1",
    "X-Latchkey-Gateway-Key": String(gateway.secret),
    "User-Agent": "python-requests/2.32",
    Accept: "*/*",
  };
  return { env, headers, path: "/v1/authz/nginx/gw1", secrets };
}

/** The same in a crowd that is kept: what was made there once is found again. */
export async function installOnce(folder: string, database: EmbeddedDatabase, count: number): Promise<Installed> {
  const file = join(folder, "installed.json");
  if (existsSync(file)) return { ...JSON.parse(readFileSync(file, "utf8")), env: environmentOf(folder, database) };
  const installed = await install(folder, database, count, true);
  writeFileSync(file, JSON.stringify(installed));
  return installed;
}

/** Those whose requests are allowed: a name that no header can carry would be refused. */
const OWNERS = `
  SELECT u.id FROM users u WHERE u.kind = 'person' AND u.deactivated_at IS NULL AND u.username <> 'ada'
    AND u.username ~ '^[!-$&-~]+$' AND EXISTS (
    SELECT 1 FROM memberships m JOIN groups g ON g.id = m.group_id WHERE m.user_id = u.id AND g.name = 'api-users'
  ) ORDER BY md5(u.id::text) LIMIT $1`;

/** Gives a token a rate as every token of a fresh installation has one, and so high that no load reaches it. */
async function quicken(ownerUrl: string, tokenId: string): Promise<void> {
  const rate = JSON.stringify({ perMinute: 1_000_000, burst: 1_000_000 });
  const change = "UPDATE tokens SET rate_limit = $2::jsonb WHERE id = $1";
  await asOwner(ownerUrl, (client) => client.query(change, [tokenId, rate]));
}

/**
 * Copies a token so many times with secrets of their own, as rows: making them one by one would take hours.
 * @param spread over those who may use tokens, in no order; otherwise all are their maker's
 */
async function multiply(ownerUrl: string, tokenId: string, count: number, spread: boolean): Promise<string[]> {
  return asOwner(ownerUrl, async (client) => {
    // What the database makes by itself cannot be given.
    const { rows } = await client.query<{ name: string }>(
      "SELECT column_name AS name FROM information_schema.columns WHERE table_name = 'tokens' AND is_generated = 'NEVER'",
    );
    const columns = rows.map(({ name }) => client.escapeIdentifier(name));
    const secrets = Array.from({ length: count }, () => newSecret());
    const owners = spread ? (await client.query<{ id: string }>(OWNERS, [count])).rows : [];
    for (let at = 0; at < count; at += 5_000) {
      const digests = secrets.slice(at, at + 5_000).map((secret) => `\\x${digestOf(secret)}`);
      const holders = digests.map((_, nth) => owners[(at + nth) % owners.length]?.id ?? null);
      await client.query(
        `INSERT INTO tokens (${columns}) SELECT ${columns.map((column) => `copy.${column}`)}
         FROM tokens AS token, unnest($2::bytea[], $3::uuid[]) AS given (digest, owner_id), jsonb_populate_record(token,
           jsonb_build_object('id', gen_random_uuid(), 'digest', given.digest, 'owner_id', coalesce(given.owner_id, token.owner_id))) AS copy
         WHERE token.id = $1`,
        [tokenId, digests, holders],
      );
    }
    await client.query("ANALYZE tokens");
    return secrets;
  });
}
