import { StartFailure } from "#server/start-failure";

/**
 * The folder of a new migration: the next number, and the words as given.
 * @param words like `token labels`
 * @param names of the migrations that there are
 */
export function nextMigration(words: string | undefined, names: readonly string[]): string {
  const name = (words ?? "")
    .trim()
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/_+$/, "");
  if (!/^[a-z][a-z0-9_]{2,60}$/.test(name)) {
    throw new StartFailure("Say in a few words what the migration does: npm run db:migration -- token_labels.");
  }
  const last = Math.max(0, ...names.map((each) => Number.parseInt(each, 10) || 0));
  return `${String(last + 1).padStart(4, "0")}_${name}`;
}
