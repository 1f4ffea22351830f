/** One or two capital letters for a name or username: *Mara Lindqvist* and *mara.lindqvist* are ML. */
export function initialsOf(name: string): string {
  const words = name.split(/[\s._@-]+/).filter((word) => /[\p{L}\p{N}]/u.test(word));
  const letters = [words[0], words.length > 1 ? words[words.length - 1] : undefined].map((word) => firstOf(word));
  return letters.join("").toLocaleUpperCase("en") || "?";
}

const firstOf = (word: string | undefined): string => Array.from(word ?? "").find((c) => /[\p{L}\p{N}]/u.test(c)) ?? "";
