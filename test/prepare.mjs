// What tests and checks need before anything else: packages and the generated database client.
import { existsSync, readFileSync } from "node:fs";
import { run } from "./processes.mjs";

export async function prepare(say) {
  if (!installed()) {
    say("Installing packages");
    await must(run("npm", ["install", "--include=dev", "--no-audit", "--no-fund"]), "npm install");
  }
  if (!existsSync("lib/db/generated/client.ts")) {
    say("Generating the database client");
    // `generate` never runs the engine, so any file will do, and nothing is downloaded.
    const env = { PRISMA_SCHEMA_ENGINE_BINARY: process.execPath };
    await must(run("node_modules/.bin/prisma", ["generate"], env), "prisma generate");
  }
}

/** npm's own note of what it installed last names the same versions as the lock. */
function installed() {
  const note = "node_modules/.package-lock.json";
  if (!existsSync(note)) return false;
  const has = JSON.parse(readFileSync(note, "utf8")).packages;
  const wants = JSON.parse(readFileSync("package-lock.json", "utf8")).packages;
  return Object.entries(wants).every(
    ([path, { version, optional }]) => path === "" || optional || has[path]?.version === version,
  );
}

async function must(status, what) {
  if ((await status) !== 0) throw new Error(`${what} failed: see above.`);
}
