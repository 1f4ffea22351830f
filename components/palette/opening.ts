/** Somebody pressed a button that opens the palette; it has one place in the frame and several buttons. */
const EVENT = "latchkey:palette";

export const askForPalette = (): boolean => window.dispatchEvent(new Event(EVENT));

/** Whether these keys open it: Ctrl-K, on a Mac ⌘-K. */
export const opens = ({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): boolean =>
  key.toLowerCase() === "k" && (ctrlKey || metaKey) && !altKey && !shiftKey;

/** A dialog that is open may show what exists nowhere else: nothing opens above it. */
const isBusy = (): boolean => document.querySelector("[role=dialog], [role=alertdialog]") !== null;

/** Calls `open` for keys and buttons alike. @returns what ends listening */
export function onPaletteAsked(open: () => void): () => void {
  const onKey = (event: KeyboardEvent) => {
    if (!opens(event)) return;
    event.preventDefault(); // the browser's own search
    if (!isBusy()) open();
  };
  window.addEventListener("keydown", onKey);
  window.addEventListener(EVENT, open);
  return () => {
    window.removeEventListener("keydown", onKey);
    window.removeEventListener(EVENT, open);
  };
}
