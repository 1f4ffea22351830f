/** One sentence, at most one action. `tone` decides the icon. */
export type Notice = { tone: "done" | "failed"; text: string; action?: { label: string; run: () => void } };

const EVENT = "latchkey:notice";

/** Says something in passing. Never the only place for an error of a form. */
export function notify(notice: Notice): void {
  window.dispatchEvent(new CustomEvent(EVENT, { detail: notice }));
}

/** @returns what ends listening */
export function onNotice(hear: (notice: Notice) => void): () => void {
  // the event's name is ours, and only `notify` sends it
  const listener = (event: Event) => event instanceof CustomEvent && hear(event.detail as Notice);
  window.addEventListener(EVENT, listener);
  return () => window.removeEventListener(EVENT, listener);
}
