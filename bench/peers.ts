import { execFile } from "node:child_process";
import { cpSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { digestOf } from "#lib/tokens/secret";
import { freePort } from "#server/free-port";
import { projectFolder } from "#server/project";
import { ourProgram } from "./command";
import { asOwner } from "./database";
import { type Subject, startSubject } from "./subject";

const run = promisify(execFile);
const source = (...path: string[]) => join(projectFolder(), "bench", "peers", ...path);

export const startBare = (name: string, answerHeaders: string): Promise<Subject> =>
  startSubject(name, ourProgram("bench", "bare.mjs"), { ANSWER_HEADERS: answerHeaders });

/** A table of so many rows as we have tokens, found by a unique index on the digest. */
export async function startQuery(
  databaseUrl: string,
  answerHeaders: string,
  secrets: readonly string[],
): Promise<Subject> {
  await asOwner(databaseUrl, async (client) => {
    await client.query(
      "CREATE TABLE peer_tokens (digest bytea PRIMARY KEY, owner text NOT NULL, access text NOT NULL)",
    );
    for (let at = 0; at < secrets.length; at += 10_000) {
      const digests = secrets.slice(at, at + 10_000).map((secret) => `\\x${digestOf(secret)}`);
      await client.query("INSERT INTO peer_tokens SELECT unnest($1::bytea[]), 'ada', 'read'", [digests]);
    }
    await client.query("VACUUM ANALYZE peer_tokens");
  });
  return startSubject("node:http + pg query", ourProgram("bench", "query.mjs"), {
    ANSWER_HEADERS: answerHeaders,
    PEER_DATABASE_URL: databaseUrl,
    PEER_CONNECTIONS: "4", // measured: 1 gives fewer, 8 and more give no more
  });
}

/** Built beside the bundle, so that `next` is found as it is for the portal. */
export async function startNext(folder: string, answerHeaders: string): Promise<Subject> {
  const app = join(projectFolder(), "dist", "bench", "next");
  cpSync(source("next"), app, { recursive: true });
  const next = join(projectFolder(), "node_modules", "next", "dist", "bin", "next");
  await run(process.execPath, [next, "build", app], { env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1" } });
  const port = await freePort();
  return startSubject(
    "Next route handler",
    [process.execPath, next, "start", app, "--port", String(port), "--hostname", "127.0.0.1"],
    { ANSWER_HEADERS: answerHeaders, NEXT_TELEMETRY_DISABLED: "1", HOME: folder },
    (printed) => (printed.includes("Ready in") ? `http://127.0.0.1:${port}` : undefined),
  );
}

/** Installed into a folder of its own: its versions are nobody else's business. */
export async function startBetterAuth(
  folder: string,
  databaseUrl: string,
  answerHeaders: string,
): Promise<{ subject: Subject; keys: readonly string[] }> {
  const home = join(folder, "better-auth");
  mkdirSync(home);
  cpSync(source("better-auth"), home, { recursive: true });
  await run("npm", ["install", "--no-audit", "--no-fund", "--loglevel=error"], { cwd: home });
  let keys: readonly string[] = [];
  const subject = await startSubject(
    "better-auth API key",
    [process.execPath, join(home, "server.mjs")],
    { ANSWER_HEADERS: answerHeaders, PEER_DATABASE_URL: databaseUrl, NODE_ENV: "production" },
    (printed) => {
      keys = /^keys (.+)$/m.exec(printed)?.[1]?.split(" ") ?? [];
      return /^listening (http\S+)$/m.exec(printed)?.[1];
    },
  );
  return { subject, keys };
}
