import { Children, isValidElement, type ReactElement, type ReactNode } from "react";

/** A piece of the help with an anchor of its own. */
export type Passage = { readonly id: string; readonly title: string; readonly text: string };

type Draft = { readonly id: string; readonly inside: Draft | null; title: string; words: string[] };
type Props = { readonly id?: unknown; readonly children?: ReactNode };

const HEADS = new Set(["h2", "h3", "dt"]);
const BLOCKS = new Set(["p", "li", "dt", "dd", "h2", "h3", "h4", "div", "section", "article", "pre", "tr", "span"]);

/** What draws itself on the server. Of a part that runs in the browser only what is put into it can be read. */
type Drawing = (props: Props) => ReactNode;
const isDrawing = (type: unknown): type is Drawing => typeof type === "function" && !("$$typeof" in type);

const propsOf = (element: ReactElement): Props => Object(element.props);

const oneLine = (words: readonly string[]): string =>
  words
    .join("")
    .replace(/\s+/g, " ")
    .replace(/ ([,.;:!?])/g, "$1")
    .trim();

const wordsOf = (node: ReactNode): string => {
  const found: Draft = { id: "", inside: null, title: "", words: [] };
  walk(node, [found], found);
  return oneLine(found.words);
};

function walk(node: ReactNode, drafts: Draft[], here: Draft): void {
  if (typeof node === "string" || typeof node === "number") here.words.push(String(node));
  if (Array.isArray(node)) for (const each of Children.toArray(node)) walk(each, drafts, here);
  if (!isValidElement(node)) return;
  const { type } = node;
  const props = propsOf(node);
  if (isDrawing(type)) {
    walk(type(props), drafts, here);
    return;
  }
  const id = typeof props.id === "string" && !props.id.endsWith("-title") ? props.id : null;
  const inside = id === null ? here : { id, inside: here, title: "", words: [] };
  if (inside !== here) drafts.push(inside);
  if (typeof type === "string" && HEADS.has(type) && inside.title === "") inside.title = wordsOf(props.children);
  else walk(props.children, drafts, inside);
  if (typeof type === "string" && BLOCKS.has(type)) inside.words.push(" ");
}

/** A paragraph has no title of its own: it is found under that of its section. */
const titleOf = (draft: Draft | null): string => (draft === null ? "" : draft.title || titleOf(draft.inside));

/**
 * What stands in the help, anchor by anchor, read from the very parts that draw it: there is no second text that could
 * say something else.
 */
export function passagesOf(help: ReactNode): Passage[] {
  const drafts: Draft[] = [];
  walk(help, drafts, { id: "", inside: null, title: "", words: [] });
  return drafts.map(({ id, title, inside, words }) => ({ id, title: title || titleOf(inside), text: oneLine(words) }));
}
