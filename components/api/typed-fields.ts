type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

const FIELDS = "input, select, textarea";
const TAKES_FOCUS = `${FIELDS}, button, summary, a[href], [tabindex]`;

/** Fields of a draft; those of a panel that asks about the draft are none. */
const fieldsIn = (root: Element): Field[] =>
  [...root.querySelectorAll<Field>(FIELDS)].filter((field) => field.closest("[data-confirms]") === null);

const isTicked = (field: Field): field is HTMLInputElement =>
  field instanceof HTMLInputElement && ["checkbox", "radio"].includes(field.type);

const now = (field: Field): string => (isTicked(field) ? String(field.checked) : field.value);

function preset(field: Field): string {
  if (isTicked(field)) return String(field.defaultChecked);
  if (!(field instanceof HTMLSelectElement)) return field.defaultValue;
  return [...field.options].find(({ defaultSelected }) => defaultSelected)?.value ?? field.value;
}

/** What stands in the fields, to be compared with what stood there before. */
export const standsIn = (root: Element): string => JSON.stringify(fieldsIn(root).map(now));

/** What stood in the fields when they were drawn, also where somebody typed before the page's script had come. */
export const drawnIn = (root: Element): string => JSON.stringify(fieldsIn(root).map(preset));

/** Remembers what is in the form now. @returns empties it, unless something else was typed since */
export function emptiesOnce(form: HTMLFormElement): () => void {
  const sent = standsIn(form);
  return () => {
    if (standsIn(form) === sent) form.reset();
  };
}

/**
 * Remembers where somebody is: what is unfolded, what has the focus, and the caret in it.
 * @returns takes them there again, once the same fields were drawn anew
 */
export function placeIn(root: Element): () => void {
  const unfolded = [...root.querySelectorAll("details")].map(({ open }) => open);
  const on = document.activeElement;
  const index = on === null ? -1 : [...root.querySelectorAll(TAKES_FOCUS)].indexOf(on);
  const caret = caretOf(on);
  return () => {
    for (const [at, fold] of root.querySelectorAll("details").entries()) if (unfolded[at]) fold.open = true;
    const there = root.querySelectorAll<HTMLElement>(TAKES_FOCUS)[index];
    if (there === undefined || there === document.activeElement || !isAlike(on, there)) return;
    there.focus({ preventScroll: true });
    if (caret !== null && "setSelectionRange" in there) (there as HTMLTextAreaElement).setSelectionRange(...caret);
  };
}

const isAlike = (before: Element | null, after: Element): boolean =>
  before?.tagName === after.tagName && before.getAttribute("name") === after.getAttribute("name");

function caretOf(element: Element | null): [start: number, end: number] | null {
  if (!(element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement)) return null;
  const { selectionStart: start, selectionEnd: end } = element;
  return start === null || end === null ? null : [start, end];
}
