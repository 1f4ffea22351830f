import type { Advice } from "./advice";
import type { Aim, Case } from "./case";
import { keeper } from "./checks/keeper";
import { accessNeeded } from "./checks/operation";
import { compilePaths, type Paths } from "./reads";
import { PACK_NAMES, READ_PACKS } from "./reads/packs";

/** The read packs that the application has not, and that would let the request pass where it was refused. */
function packsThat(c: Case, helps: (paths: Paths) => boolean): Advice | null {
  const { kind, paths, readPacks } = c.known.application;
  const [name] = PACK_NAMES.filter(
    (each) =>
      !readPacks.includes(each) &&
      READ_PACKS[each].kinds.includes(kind) &&
      helps(compilePaths({ kind, paths, readPacks: [...readPacks, each] })),
  );
  return name === undefined ? null : `The application's read pack ${name} would let it pass.`;
}

/** The read pack that would open a path to tokens: that of the request, or where it says that it goes to. */
export const packsThatOpen = (c: Case, aim: Aim = c): Advice | null =>
  packsThat(c, (paths) => keeper(c, paths, aim) === null);

/** The read pack by which the request would only read. */
export const packsThatRead = (c: Case): Advice | null => packsThat(c, (paths) => accessNeeded(c, paths) === "read");
