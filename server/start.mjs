// The first thing that a clean clone runs, with Node and nothing else: makes ready what is missing, says in words what
// it does, and hands over.
import { existsSync } from "node:fs";
import { join } from "node:path";

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Latchkey needs Node 20.19 or later, and this is ${process.versions.node}: install a newer Node.`);
  process.exit(1);
}

/** Parts of the benchmark that start a portal; undefined is all of them. */
const PORTAL_PARTS = new Set([undefined, "pages", "busy"]);

/** What can be asked for, with what it needs besides packages, client and programs. */
const COMMANDS = {
  up: { program: "up", pages: true },
  portal: { program: "up", pages: true },
  demo: { program: "demo", next: "up", pages: true },
  verifier: { program: "lone-verifier" },
  migrate: { program: "apply-migrations" },
  migration: { program: "write-migration" },
  bench: { program: "bench", pages: PORTAL_PARTS.has(process.argv[3]) },
  build: { program: null, pages: true },
};

const name = process.argv[2] ?? "up";
const command = COMMANDS[name];
if (!command) {
  console.error(`There is no ${name}: ask for one of ${Object.keys(COMMANDS).join(", ")}.`);
  process.exit(2);
}

process.chdir(join(import.meta.dirname, ".."));
if (existsSync(".env")) process.loadEnvFile(".env");
process.env.NODE_ENV ??= "production";
process.env.NEXT_TELEMETRY_DISABLED ??= "1";

try {
  const { ensure } = await import("./build/ensure.mjs");
  await ensure(["packages", "client", "programs", ...(command.pages ? ["pages"] : [])]);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
for (const program of [command.program, command.next]) {
  if (process.exitCode) break; // what came before said why
  if (program) await import(join("..", "dist", `${program}.mjs`));
}
