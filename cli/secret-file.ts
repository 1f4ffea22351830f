import { closeSync, fchmodSync, fsyncSync, ftruncateSync, openSync, rmSync, writeSync } from "node:fs";
import { ok, type Result, refuse } from "#lib/errors/error";
import { pathFrom } from "./path-from";

/** A new file for a secret, made before the secret is: none is made that cannot be kept. */
type SecretFile = {
  readonly write: (secret: string) => void;
  /** Nothing came of it. */
  readonly discard: () => void;
};

/** More than any secret takes: written at once, so that a full disk is noticed before a secret is made. */
const RESERVED = Buffer.alloc(256, " ");

const codeOf = (thrown: unknown): unknown => (thrown instanceof Error && "code" in thrown ? thrown.code : thrown);

function openFile(name: string): Result<SecretFile> {
  const path = pathFrom(name);
  let file: number;
  try {
    file = openSync(path, "wx", 0o600);
    fchmodSync(file, 0o600); // whatever the umask says
    writeSync(file, RESERVED);
  } catch (thrown) {
    return codeOf(thrown) === "EEXIST"
      ? refuse("already_exists", `The file ${name} exists already: name a new one, so that no secret is overwritten.`)
      : refuse("malformed", `The file ${name} cannot be made (${codeOf(thrown)}): name one where you may write.`);
  }
  return ok({
    write: (secret) => {
      ftruncateSync(file, writeSync(file, secret, 0));
      fsyncSync(file);
      closeSync(file);
    },
    discard: () => {
      closeSync(file);
      rmSync(path, { force: true });
    },
  });
}

const isMade = (answer: object): answer is { readonly secret: string } =>
  "secret" in answer && typeof answer.secret === "string";

/**
 * Does what makes a secret, and puts the secret into a new file (mode 0600, nothing else in it) instead of the answer.
 * @param name of the file
 * @returns the answer without the secret; `already_exists`, or `malformed` where the file cannot be made
 */
export async function keepingSecret(name: string, act: () => Promise<Result<object>>): Promise<Result<object>> {
  const file = openFile(name);
  if (!file.ok) return file;
  let made = false;
  try {
    const result = await act();
    if (!result.ok || !isMade(result.value)) return result;
    made = true;
    const { secret, ...rest } = result.value;
    file.value.write(secret);
    return ok(rest);
  } finally {
    if (!made) file.value.discard();
  }
}
