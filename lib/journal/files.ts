import { mkdir, open, readdir, readFile, rename, stat } from "node:fs/promises";
import { join } from "node:path";
import { inOrder, type Line, linesIn, written } from "./line";

/** A file that has grown to this is set aside for a new one, and the one set aside before is forgotten. */
const MOST_BYTES = 32 * 1024 * 1024;
const SUFFIX = ".ndjson";
const ASIDE = ".before.ndjson";

const isMissing = (thrown: unknown): boolean =>
  thrown instanceof Error && "code" in thrown && (thrown.code === "ENOENT" || thrown.code === "ENOTDIR");

/** The journals in a data folder: for each installation a folder, in it a file for each portal that writes. */
export class JournalFiles {
  readonly #folder: string;
  readonly #writer: string;
  readonly #mostBytes: number;

  /**
   * @param dataFolder where they are, outside the database
   * @param writer names the file of whoever writes: of the portals with this data folder each has its own
   */
  constructor(dataFolder: string, writer: string, mostBytes = MOST_BYTES) {
    this.#folder = join(dataFolder, "journal");
    this.#writer = writer;
    this.#mostBytes = mostBytes;
  }

  /** Every line about an installation, in order; none where nothing was written. Throws where it cannot be read. */
  async read(installationId: string): Promise<{ readonly lines: Line[]; readonly unreadable: number }> {
    const folder = join(this.#folder, installationId);
    const names = await readdir(folder).catch((thrown: unknown) => {
      if (isMissing(thrown)) return [];
      throw thrown;
    });
    const texts = await Promise.all(
      names.filter((name) => name.endsWith(SUFFIX)).map((name) => readFile(join(folder, name), "utf8")),
    );
    const read = texts.map(linesIn);
    return {
      lines: read.flatMap(({ lines }) => lines).sort(inOrder),
      unreadable: read.reduce((sum, { unreadable }) => sum + unreadable, 0),
    };
  }

  /** Writes a line. It is on the disk when this resolves. */
  async append(installationId: string, line: Line): Promise<void> {
    const folder = join(this.#folder, installationId);
    const path = join(folder, `${this.#writer}${SUFFIX}`);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const isNew = !(await this.#makeRoom(folder, path));
    const file = await open(path, "a", 0o600);
    try {
      await file.writeFile(written(line));
      await file.datasync();
    } finally {
      await file.close();
    }
    if (isNew) await this.#keepNames(folder);
  }

  /** @returns whether the file is there */
  async #makeRoom(folder: string, path: string): Promise<boolean> {
    try {
      if ((await stat(path)).size < this.#mostBytes) return true;
    } catch (thrown) {
      if (isMissing(thrown)) return false;
      throw thrown;
    }
    await rename(path, join(folder, `${this.#writer}${ASIDE}`));
    return false;
  }

  /** What a folder holds is on the disk only when the folder is. */
  async #keepNames(folder: string): Promise<void> {
    for (const each of [folder, this.#folder]) {
      const handle = await open(each, "r");
      try {
        await handle.sync();
      } finally {
        await handle.close();
      }
    }
  }
}
