/** What closed dialogs give the focus back to, the innermost last; an entry stays until its dialog is gone for good. */
const openers: Element[] = [];

const nowhere = (element: Element | null): boolean => element === null || element === document.body;

/** Remembers what has the focus now. Where one dialog takes the place of another, that is what opened the first. */
export function takeOver(): Element | null {
  const now = document.activeElement;
  const opener = nowhere(now) ? (openers.at(-1) ?? null) : now;
  if (opener !== null) openers.push(opener);
  return opener;
}

function toMain(): void {
  document.getElementById("main")?.focus();
}

/** Until somebody goes on: whoever stands on what is drawn no more is taken to the page itself. */
function whileThere(opener: Element): void {
  const watch = new MutationObserver(() => {
    if (opener.isConnected) return;
    stop();
    if (nowhere(document.activeElement)) toMain();
  });
  const stop = () => {
    watch.disconnect();
    document.removeEventListener("focusin", stop);
  };
  document.addEventListener("focusin", stop);
  watch.observe(document.body, { childList: true, subtree: true });
}

/**
 * Gives the focus back to what opened something that is closed now. It stays where it is if it has gone on already (to
 * the heading of what was made, say). What opened it may be gone, or go a moment later, when the page is drawn anew:
 * then the page itself is the next best place.
 */
export function giveBack(opener: Element | null): void {
  const entry = opener === null ? -1 : openers.lastIndexOf(opener);
  if (entry >= 0) openers.splice(entry, 1);
  const now = document.activeElement;
  if (!nowhere(now) && !now?.matches("[role=dialog], [role=alertdialog]")) return;
  if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
  if (document.activeElement === opener && opener !== null) whileThere(opener);
  else toMain();
}
