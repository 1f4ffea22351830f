import { randomBytes } from "node:crypto";
import { existsSync, linkSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { codeOf } from "./start-failure";

const placeOf = (dataFolder: string): string => join(dataFolder, "secret");

/** The secret that lies in the data folder; undefined where none was made there. */
export function secretThere(dataFolder: string): string | undefined {
  const path = placeOf(dataFolder);
  return existsSync(path) ? readFileSync(path, "utf8").trim() : undefined;
}

/**
 * The secret of an installation with the embedded database: made once, kept in the data folder, readable by nobody else.
 * Of several starts at once, one makes it and all read the same.
 */
export function generatedSecret(dataFolder: string): string {
  const path = placeOf(dataFolder);
  if (!existsSync(path)) {
    const draft = `${path}.${process.pid}`;
    writeFileSync(draft, `${randomBytes(32).toString("base64")}\n`, { mode: 0o600 });
    try {
      linkSync(draft, path); // whole or not at all, and only if there is none
    } catch (thrown) {
      if (codeOf(thrown) !== "EEXIST") throw thrown;
    } finally {
      rmSync(draft);
    }
  }
  return readFileSync(path, "utf8").trim();
}
