import { closeSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { Misuse } from "./misuse";

/** Where a secret is going to be written: made sure of before the secret exists, so that none is ever lost. */
export type SecretFile = { readonly write: (secret: string) => void; readonly discard: () => void };

/** Opens a file of mode 0600 beside the one wanted; it takes that place when the secret is in it. */
export function openSecretFile(path: string): SecretFile {
  const draft = `${path}.${process.pid}`;
  let file: number;
  try {
    file = openSync(draft, "wx", 0o600);
  } catch (thrown) {
    throw new Misuse(`${path} cannot be written: ${thrown instanceof Error ? thrown.message : thrown}`);
  }
  return {
    write: (secret) => {
      writeSync(file, secret);
      closeSync(file);
      renameSync(draft, path);
    },
    discard: () => {
      closeSync(file);
      rmSync(draft, { force: true });
    },
  };
}
