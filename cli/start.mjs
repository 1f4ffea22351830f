// `npm run latchkey -- …`: makes the program when it is missing or older than its sources (said on stderr, since stdout
// is JSON), and runs it.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { ensure } from "../server/build/ensure.mjs";

process.chdir(join(import.meta.dirname, ".."));
if (existsSync(".env")) process.loadEnvFile(".env");
process.env.NODE_ENV ??= "production";

try {
  await ensure(["packages", "client", "programs"]);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exit(1);
}
await import("../dist/latchkey.mjs");
