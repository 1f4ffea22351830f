import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * A directory for one started program. `test/start.mjs` names the parent (LATCHKEY_TEST_DIR), so that it can end and
 * remove what a killed test left behind: every program started here leaves its pid in a `*.pid` in its directory.
 */
export function makeDirectory(name: string): { path: string; remove: () => void } {
  const path = mkdtempSync(join(process.env.LATCHKEY_TEST_DIR ?? tmpdir(), `latchkey-${name}-`));
  chmodSync(path, 0o755);
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
