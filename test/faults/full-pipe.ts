import { execFileSync } from "node:child_process";
import { closeSync, constants, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A pipe that has a reader who never reads, and room for nothing more: a collector of logs that hangs. */
export function fullPipe(): { readonly path: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), "latchkey-pipe-"));
  const path = join(folder, "log");
  execFileSync("mkfifo", [path]);
  const reader = openSync(path, constants.O_RDWR | constants.O_NONBLOCK);
  for (const size of [4_096, 1]) while (isTaken(reader, size));
  return {
    path,
    remove() {
      closeSync(reader);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function isTaken(pipe: number, size: number): boolean {
  try {
    return writeSync(pipe, Buffer.alloc(size, ".")) > 0;
  } catch (thrown) {
    if (thrown instanceof Error && "code" in thrown && thrown.code === "EAGAIN") return false;
    throw thrown;
  }
}
