import { closeSync, fchmodSync, openSync, rmSync, writeSync } from "node:fs";
import { ok, type Result, refuse } from "#lib/errors/error";
import { pathFrom } from "./path-from";

/** A file for a secret that does not exist yet: made before, so that no secret is made that cannot be kept. */
export type SecretFile = {
  readonly write: (secret: string) => void;
  /** Nothing came of it. */
  readonly discard: () => void;
};

/**
 * Makes the file, readable by its owner alone.
 * @returns `already_exists`, or `malformed` where it cannot be made
 */
export function openSecretFile(name: string): Result<SecretFile> {
  const path = pathFrom(name);
  let file: number;
  try {
    file = openSync(path, "wx", 0o600);
  } catch (thrown) {
    const code = thrown instanceof Error && "code" in thrown ? thrown.code : "";
    return code === "EEXIST"
      ? refuse("already_exists", `The file ${name} exists already: name a new one, so that no secret is overwritten.`)
      : refuse("malformed", `The file ${name} cannot be made (${code}): name one in a folder that you may write.`);
  }
  fchmodSync(file, 0o600); // whatever the umask says
  return ok({
    write: (secret) => {
      writeSync(file, `${secret}\n`);
      closeSync(file);
    },
    discard: () => {
      closeSync(file);
      rmSync(path, { force: true });
    },
  });
}
