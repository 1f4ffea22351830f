/** A leaf of stored detail as text; empty for what is no text. */
export const text = (leaf: unknown): string => (typeof leaf === "string" || typeof leaf === "number" ? `${leaf}` : "");

/** The texts of a list in stored detail; none for what is no list. */
export const texts = (leaf: unknown): string[] =>
  Array.isArray(leaf) ? leaf.filter((each): each is string => typeof each === "string") : [];

/** A name in quotes, for what people call as they like. */
export const quoted = (name: string): string => `“${name}”`;

/** Words around a text, and nothing around nothing. */
export const when = (found: string, words: (found: string) => string): string => (found === "" ? "" : words(found));

const MOST = 5;

/** A list as far as a sentence bears it: `ada, bob and 12 more`. */
export function few(all: readonly string[], most = MOST): string {
  const rest = all.length - most;
  return rest > 0 ? `${all.slice(0, most).join(", ")} and ${rest} more` : all.join(", ");
}

/** The entry of a table of words, or what stands in for it. */
export const wordFor = (words: Readonly<Record<string, string>>, key: string, otherwise = ""): string =>
  Object.hasOwn(words, key) ? (words[key] ?? otherwise) : otherwise;
