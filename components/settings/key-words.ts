import type { KeyView } from "#lib/keys/view";

type Line = { readonly id: string | null; readonly words: string; readonly at: string | null };

function lineOf({ id, state, createdAt, activatedAt, retiredAt, opensUntil }: KeyView): Line {
  switch (state) {
    case "active":
      return { id, words: "used now; took over", at: activatedAt ?? createdAt };
    case "next":
      return { id, words: "next; made", at: createdAt };
    case "leaked":
      return { id, words: "leaked: opens nothing any more; turned out", at: retiredAt };
    case "retired":
      return opensUntil === null
        ? { id, words: "opens what it made, for ever; retired", at: retiredAt }
        : { id, words: "opens what it made; ends", at: opensUntil };
  }
}

/** Of one purpose: the key in use first, then the next, then what still opens; what opens nothing more is counted. */
export function keyLines(keys: readonly KeyView[]): readonly Line[] {
  const shown = keys.filter(({ opens, state }) => opens || state === "leaked");
  const over = keys.length - shown.length;
  const rest = over === 1 ? "1 earlier one opens nothing any more" : `${over} earlier ones open nothing any more`;
  return [...shown.map(lineOf), ...(over === 0 ? [] : [{ id: null, words: rest, at: null }])];
}
