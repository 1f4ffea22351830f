import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const HOME = /^\/usr\/lib\/[^/]+\/faketime$/;

/** libfaketime (Debian's package `faketime`), which test/tools.mjs sees to for `npm run faults`. */
function library(): string {
  const folders = readdirSync("/usr/lib").map((each) => join("/usr/lib", each, "faketime"));
  for (const folder of folders.filter((each) => HOME.test(each))) {
    const found = filesIn(folder).find((name) => name.startsWith("libfaketimeMT.so"));
    if (found !== undefined) return join(folder, found);
  }
  throw new Error("There is no libfaketime: apt-get install faketime");
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** A wall clock that jumps when it is told to, for a process that is started with `env`; time itself goes on as it does. */
export class JumpingClock {
  readonly env: Readonly<Record<string, string>>;
  readonly #folder = mkdtempSync(join(tmpdir(), "latchkey-clock-"));
  readonly #file = join(this.#folder, "offset");

  constructor() {
    chmodSync(this.#folder, 0o755); // a database does not run as we do
    this.jump(0);
    this.env = {
      ...{ LD_PRELOAD: library(), FAKETIME_TIMESTAMP_FILE: this.#file, FAKETIME_NO_CACHE: "1" },
      ...{ DONT_FAKE_MONOTONIC: "1", FAKETIME_DONT_FAKE_MONOTONIC: "1" },
    };
  }

  /** @param seconds from the true time */
  jump(seconds: number): void {
    writeFileSync(this.#file, `${seconds < 0 ? "-" : "+"}${Math.abs(seconds)}\n`);
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
