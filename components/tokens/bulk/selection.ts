"use client";
import { useCallback, useSyncExternalStore } from "react";

/** One by one no more than a request can name. */
export const MOST_SELECTED = 1_000;

/** The id of the bar that says what is chosen and what can be done to it. */
export const SELECTION_BAR = "selected-tokens";

const KEY = "latchkey.selected";
const CHANGED = "latchkey:selected";
const NOBODY: readonly string[] = [];

// Ids are no secrets. They stay in this tab: a selection survives paging, filtering and loading anew, and no longer.
let known: { readonly raw: string | null; readonly of: string; readonly ids: readonly string[] } | null = null;

/** Reads what was kept, by whomever. @returns the ids that this person chose; none where it is somebody else's or broken */
export function selectedIn(raw: string | null, username: string): readonly string[] {
  const [of, ...ids] = (raw ?? "").split("\n");
  return of === username ? ids.slice(0, MOST_SELECTED) : NOBODY;
}

function read(username: string): readonly string[] {
  const raw = window.sessionStorage.getItem(KEY);
  if (known === null || known.raw !== raw || known.of !== username) {
    known = { raw, of: username, ids: selectedIn(raw, username) };
  }
  return known.ids;
}

function write(username: string, ids: readonly string[]): void {
  if (ids.length === 0) window.sessionStorage.removeItem(KEY);
  else window.sessionStorage.setItem(KEY, [username, ...ids].join("\n"));
  window.dispatchEvent(new Event(CHANGED));
}

function subscribe(hear: () => void): () => void {
  window.addEventListener(CHANGED, hear);
  return () => window.removeEventListener(CHANGED, hear);
}

/** The selection with some ids put in or taken out, in the order in which they were chosen. */
export function changed(before: readonly string[], ids: readonly string[], chosen: boolean): readonly string[] {
  const touched = new Set(ids);
  const others = before.filter((id) => !touched.has(id));
  return chosen ? [...others, ...ids].slice(0, MOST_SELECTED) : others;
}

/** What somebody has chosen in the token manager, on whichever pages. */
export function useSelection(username: string) {
  const ids = useSyncExternalStore(
    subscribe,
    useCallback(() => read(username), [username]),
    () => NOBODY,
  );
  return {
    ids,
    choose: (some: readonly string[], chosen: boolean) => write(username, changed(read(username), some, chosen)),
    clear: () => write(username, NOBODY),
  };
}
