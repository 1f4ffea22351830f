import { mkdir, open, readdir, readFile, rename, stat } from "node:fs/promises";
import { join } from "node:path";
import { type Found, inOrder, type Line, type Lines, linesIn, written } from "./line";
import { nameOf, type SealKey, sealKeys } from "./seal";

/** A file that has grown to this is set aside for a new one, and the one set aside before is forgotten. */
const MOST_BYTES = 32 * 1024 * 1024;
const SUFFIX = ".ndjson";
const ASIDE = ".before.ndjson";

const isMissing = (thrown: unknown): boolean =>
  thrown instanceof Error && "code" in thrown && (thrown.code === "ENOENT" || thrown.code === "ENOTDIR");

/** Where journals are, outside the database, and what seals them: LATCHKEY_SECRET, then the one before while it changes. */
export type JournalPlace = { readonly dataFolder: string; readonly secrets: readonly string[] };

/**
 * Every line about an installation, in order, and how many more cannot be read. `lost` names these where there is nothing
 * else: what somebody has accepted once is not what becomes unreadable later.
 */
export type Journals = { readonly lines: readonly Found[]; readonly unreadable: number; readonly lost: string | null };

/** The journals in a data folder: for each installation a folder, in it a file for each portal that writes. */
export class JournalFiles {
  readonly #folder: string;
  readonly #secrets: readonly string[];
  readonly #writer: string;
  readonly #mostBytes: number;
  /** The seal of the line that this process has written last, by installation. */
  readonly #last = new Map<string, string>();
  /** How the file was when this process looked last, or had written. */
  readonly #left = new Map<string, string>();

  /** @param writer names the file of whoever writes: of the portals with this data folder each has its own */
  constructor({ dataFolder, secrets }: JournalPlace, writer: string, mostBytes = MOST_BYTES) {
    this.#folder = join(dataFolder, "journal");
    this.#secrets = secrets;
    this.#writer = writer;
    this.#mostBytes = mostBytes;
  }

  /** What is written about an installation; nothing where nothing was. Throws where it cannot be read. */
  async read(installationId: string): Promise<Journals> {
    const names = await readdir(join(this.#folder, installationId)).catch((thrown: unknown) => {
      if (isMissing(thrown)) return [];
      throw thrown;
    });
    const files = names.filter((name) => name.endsWith(SUFFIX));
    const writers = new Set(files.map((name) => name.slice(0, -(name.endsWith(ASIDE) ? ASIDE : SUFFIX).length)));
    const read: Lines[] = [];
    for (const writer of writers) read.push(await this.#linesOf(installationId, writer));
    const lines = read.flatMap((each) => each.lines).sort(inOrder);
    const unreadable = read.flatMap((each) => each.unreadable);
    const lost = lines.length === 0 && unreadable.length > 0 ? nameOf(unreadable) : null;
    return { lines, unreadable: unreadable.length, lost };
  }

  /** Writes a line. It is on the disk when this resolves. */
  async append(installationId: string, line: Line): Promise<void> {
    const folder = join(this.#folder, installationId);
    const path = join(folder, `${this.#writer}${SUFFIX}`);
    const [key] = this.#keys(installationId);
    if (key === undefined) throw new Error("There is no LATCHKEY_SECRET to seal the journal with");
    const after = this.#last.get(installationId) ?? (await this.#linesOf(installationId, this.#writer)).last;
    const { text, seal } = written(line, after, key);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const isNew = !(await this.#makeRoom(folder, path));
    const file = await open(path, "a", 0o600);
    try {
      await file.writeFile(text);
      await file.datasync();
    } finally {
      await file.close();
    }
    this.#last.set(installationId, seal);
    if (isNew) await this.#keepNames(folder);
    await this.see(installationId);
  }

  /** Whether somebody else has changed, replaced or removed the file since this process wrote it, or saw it first. */
  async isTouched(installationId: string): Promise<boolean> {
    const before = this.#left.get(installationId);
    if (before === undefined) await this.see(installationId);
    return before !== undefined && before !== (await this.#trace(installationId));
  }

  /** From now on the file counts as this process had left it as it is now. */
  async see(installationId: string): Promise<void> {
    this.#left.set(installationId, await this.#trace(installationId));
  }

  async #trace(installationId: string): Promise<string> {
    try {
      const { ino, size, mtimeMs } = await stat(join(this.#folder, installationId, `${this.#writer}${SUFFIX}`));
      return [ino, size, mtimeMs].join(" ");
    } catch (thrown) {
      if (isMissing(thrown)) return "none";
      throw thrown;
    }
  }

  #keys(installationId: string): readonly SealKey[] {
    return sealKeys(this.#secrets, installationId);
  }

  /** What one portal has written: what it set aside, then what came after. */
  async #linesOf(installationId: string, writer: string): Promise<Lines> {
    const texts = [ASIDE, SUFFIX].map((suffix) =>
      readFile(join(this.#folder, installationId, `${writer}${suffix}`), "utf8").catch((thrown: unknown) => {
        if (isMissing(thrown)) return "";
        throw thrown;
      }),
    );
    return linesIn((await Promise.all(texts)).join("\n"), this.#keys(installationId));
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
