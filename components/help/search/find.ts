import type { Passage } from "./passages";

/** A page of the help and what stands on it. */
export type Searched = { readonly href: string; readonly page: string; readonly passages: readonly Passage[] };

/** Where it stands, and a piece of text in three: before, what was looked for, after. */
export type Found = {
  readonly href: string;
  readonly page: string;
  readonly title: string;
  readonly excerpt: readonly [before: string, match: string, after: string];
};

const MOST = 30;
const BEFORE = 60;
const AFTER = 140;

/** Without case and accents, so that `Zurich` finds *Zürich*. */
const plain = (text: string): string => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/** The same with every character at a place of its own. */
const folded = (text: string): string[] => [...text].map(plain);

/** Where a word stands, in characters; -1 for nowhere. */
function placeOf(characters: readonly string[], word: string): number {
  const joined = characters.join("");
  const at = joined.indexOf(word);
  if (at < 0) return -1;
  let [place, length] = [0, 0];
  while (length < at) length += (characters[place++] ?? " ").length;
  return place;
}

function excerptOf(text: string, words: readonly string[]): Found["excerpt"] {
  const characters = [...text];
  const places = folded(text);
  const hits = words
    .map((word) => ({ at: placeOf(places, word), length: [...word].length }))
    .filter(({ at }) => at >= 0);
  const [first = { at: 0, length: 0 }] = hits.sort((a, b) => a.at - b.at);
  const end = first.at + first.length;
  const before = characters.slice(Math.max(0, first.at - BEFORE), first.at).join("");
  const after = characters.slice(end, end + AFTER).join("");
  return [
    first.at > BEFORE ? `… ${before.replace(/^\S* /, "")}` : before,
    characters.slice(first.at, end).join(""),
    end + AFTER < characters.length ? `${after.replace(/ \S*$/, "")} …` : after,
  ];
}

/**
 * Finds what has all the words, in whatever order, case and accents; titles first.
 * @param asked as typed
 */
export function findInHelp(asked: string, pages: readonly Searched[]): Found[] {
  const words = plain(asked)
    .split(/\s+/)
    .filter((word) => word !== "");
  if (words.length === 0) return [];
  const judged = pages.flatMap(({ href, page, passages }) =>
    passages.flatMap(({ id, title, text }) => {
      const [inTitle, inAll] = [plain(title), plain(`${title} ${text}`)];
      if (!words.every((word) => inAll.includes(word))) return [];
      const rank = words.filter((word) => inTitle.includes(word)).length;
      return [{ rank, href: `${href}#${id}`, page, title: title || page, text }];
    }),
  );
  return judged
    .sort((a, b) => b.rank - a.rank)
    .slice(0, MOST)
    .map(({ href, page, title, text }) => ({ href, page, title, excerpt: excerptOf(text, words) }));
}
