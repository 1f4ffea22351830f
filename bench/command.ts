import { availableParallelism } from "node:os";
import { join } from "node:path";
import { projectFolder } from "#server/project";

/** One of our programs, by its file in dist. */
export const ourProgram = (...file: readonly string[]): string[] => [
  process.execPath,
  join(projectFolder(), "dist", ...file),
];

/** Where a server runs: on cores of its own, or wherever there is room. */
export type Cores = "first" | "first two" | "any";

/** The server has the first core (or the first two), the load generator the next one that there is. */
const PINNED = availableParallelism() > 1 && process.platform === "linux";
const pinnedTo = (cores: string, command: readonly string[]): string[] =>
  PINNED ? ["taskset", "-c", cores, ...command] : [...command];

export const placed = (cores: Cores, command: readonly string[]): string[] =>
  cores === "any" ? [...command] : pinnedTo(cores === "first" ? "0" : "0,1", command);

/** A command on the server's core. */
export const asServer = (command: readonly string[]): string[] => placed("first", command);

/** A command of the load generator, on its core. */
export const asLoad = (command: readonly string[]): string[] =>
  pinnedTo(availableParallelism() > 2 ? "2" : "1", command);
