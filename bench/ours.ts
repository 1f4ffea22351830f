import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { Client } from "pg";
import { digestOf, newSecret } from "#lib/tokens/secret";
import { freePort } from "#server/free-port";
import type { EmbeddedDatabase } from "#server/postgres/embedded";
import { projectFolder } from "#server/project";
import { type Subject, startSubject } from "./subject";

const run = promisify(execFile);
const HOST = "jira.example.com";

/** Our verifier with its gateway, as nginx asks it, and tokens of one user. */
export type Ours = {
  readonly subject: Subject;
  /** What nginx sends beside the credential. */
  readonly headers: Readonly<Record<string, string>>;
  readonly path: string;
  readonly secrets: readonly string[];
};

export async function startOurs(folder: string, database: EmbeddedDatabase, count: number): Promise<Ours> {
  const [port, management] = [await freePort(), await freePort()];
  const env = {
    DATABASE_URL: database.portalUrl,
    DATABASE_OWNER_URL: database.ownerUrl,
    DATABASE_VERIFIER_URL: database.verifierUrl,
    LATCHKEY_SECRET: "a secret for this measurement only, 0123456789abcdef",
    LATCHKEY_DATA_DIR: join(folder, "data"),
    VERIFIER_PORT: String(port),
    MANAGEMENT_PORT: String(management),
    GRPC_PORT: "0",
    LOG_LEVEL: "warn",
    NODE_ENV: "production" as const,
  };
  const node = (file: string, ...args: string[]) =>
    run(process.execPath, [join(projectFolder(), "dist", file), ...args], { env: { ...process.env, ...env } });
  await node("apply-migrations.mjs");
  const cli = async (...args: string[]) => JSON.parse((await node("latchkey.mjs", ...args)).stdout);
  await cli(
    "application",
    "create",
    "--key",
    "jira",
    "--name",
    "Jira",
    "--kind",
    "jira",
    "--route",
    HOST,
    "--identity",
    "header",
  );
  const gateway = await cli("gateway", "create", "--key", "gw1", "--adapter", "nginx", "--application", "jira");
  await cli("user", "create", "--username", "ada", "--group", "api-users");
  const made = await cli(
    "token",
    "create",
    "--owner",
    "ada",
    "--name",
    "Bench",
    "--application",
    "jira",
    "--access",
    "read",
  );
  await quicken(database.ownerUrl, String(made.token.id));
  const secrets = await multiply(database.ownerUrl, String(made.token.id), count);
  const readiness = `http://127.0.0.1:${management}/readyz`;
  const subject = await startSubject(
    "Latchkey",
    [process.execPath, join(projectFolder(), "dist", "verifier.mjs")],
    env,
    async () => ((await isUp(readiness)) ? `http://127.0.0.1:${port}` : undefined),
  );
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
  return { subject, headers, path: "/v1/authz/nginx/gw1", secrets };
}

/** The headers of a real allow, for the peers to send as well. */
export async function answerHeaders({ subject, headers, path, secrets }: Ours): Promise<string> {
  const answer = await fetch(`${subject.url}${path}`, { headers: { ...headers, "X-Api-Token": secrets[0] ?? "" } });
  if (answer.status !== 200) throw new Error(`Our verifier refuses: ${answer.status} ${await answer.text()}`);
  const own = new Set(["date", "connection", "keep-alive", "content-length", "transfer-encoding"]);
  return JSON.stringify(Object.fromEntries([...answer.headers].filter(([name]) => !own.has(name))));
}

/** Gives a token a rate as every token of a fresh installation has one, and so high that no load reaches it. */
async function quicken(ownerUrl: string, tokenId: string): Promise<void> {
  const client = new Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    const rate = JSON.stringify({ perMinute: 1_000_000, burst: 1_000_000 });
    await client.query("UPDATE tokens SET rate_limit = $2::jsonb WHERE id = $1", [tokenId, rate]);
  } finally {
    await client.end();
  }
}

/** Copies a token so many times with secrets of their own, as rows: making them one by one would take hours. */
async function multiply(ownerUrl: string, tokenId: string, count: number): Promise<string[]> {
  const client = new Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    // What the database makes by itself cannot be given.
    const { rows } = await client.query<{ name: string }>(
      "SELECT column_name AS name FROM information_schema.columns WHERE table_name = 'tokens' AND is_generated = 'NEVER'",
    );
    const columns = rows.map(({ name }) => client.escapeIdentifier(name));
    const secrets = Array.from({ length: count }, () => newSecret());
    for (let at = 0; at < count; at += 5_000) {
      const digests = secrets.slice(at, at + 5_000).map((secret) => `\\x${digestOf(secret)}`);
      await client.query(
        `INSERT INTO tokens (${columns}) SELECT ${columns.map((column) => `copy.${column}`)} FROM tokens AS token, unnest($2::bytea[]) AS given (digest),
           jsonb_populate_record(token, jsonb_build_object('id', gen_random_uuid(), 'digest', given.digest)) AS copy
         WHERE token.id = $1`,
        [tokenId, digests],
      );
    }
    await client.query("ANALYZE tokens");
    return secrets;
  } finally {
    await client.end();
  }
}

async function isUp(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}
