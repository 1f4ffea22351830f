/** Anything shaped like a secret of ours, wherever it stands: prefix, underscore, 38 letters and digits (RFC 8959 in spirit). */
const SECRET = /[A-Za-z][A-Za-z0-9]{1,15}_[0-9A-Za-z]{38}(?![0-9A-Za-z])/;

/**
 * The hint of a secret that somebody pasted into a search, or null if there is none. The secret itself must not be
 * searched for: it would stand in the address, the history and the log.
 */
export function hintOfPasted(text: string): string | null {
  const secret = SECRET.exec(text)?.[0];
  if (secret === undefined) return null;
  return `${secret.slice(0, -35)}…${secret.slice(-4)}`;
}

/** The secret itself, for who takes it to *Find by secret*; null if there is none. */
export const secretIn = (text: string): string | null => SECRET.exec(text)?.[0] ?? null;

const EVENT = "latchkey:pasted-secret";

/** Offers a pasted secret to the page. @returns whether somebody on it takes it */
export function offerSecret(secret: string): boolean {
  return !window.dispatchEvent(new CustomEvent(EVENT, { detail: secret, cancelable: true }));
}

/** Takes secrets that are pasted into a search. @returns what ends listening */
export function onPastedSecret(take: (secret: string) => void): () => void {
  const listener = (event: Event) => {
    if (!(event instanceof CustomEvent) || typeof event.detail !== "string") return;
    event.preventDefault();
    take(event.detail);
  };
  window.addEventListener(EVENT, listener);
  return () => window.removeEventListener(EVENT, listener);
}
